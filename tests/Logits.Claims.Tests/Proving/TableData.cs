namespace Logits.Claims.Tests.Proving;

/// <summary>The rows of <see cref="ClaimsTable"/> as data of tests.</summary>
public static class TableData
{
    /// <summary>Every row.</summary>
    public static TheoryData<int, string, bool> All => new(ClaimsTable.Rows.Select(row => (row.Row, row.Claim, row.IsTrue)));

    /// <summary>The claims that are proved for every n at once.</summary>
    public static TheoryData<string> ForEveryN => new(ClaimsTable.Rows.Where(row => row.ForEveryN).Select(row => row.Claim));

    /// <summary>The claims that are true.</summary>
    public static TheoryData<string> True => new(ClaimsTable.Rows.Where(row => row.IsTrue).Select(row => row.Claim));
}

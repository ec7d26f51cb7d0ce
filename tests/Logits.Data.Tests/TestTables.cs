using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Logits.Data.Tests;

/// <summary>Small tables and short ways to read them.</summary>
internal static class TestTables
{
    public static string Samples { get; } = Path.Combine(Repository.Root, "samples");

    /// <summary>A CSV with a header and one line for each i below <paramref name="rows"/>.</summary>
    public static string Csv(string header, int rows, FormattableRow row)
    {
        StringBuilder text = new(header + "\n");
        for (int i = 0; i < rows; i++)
            text.Append(row(i).ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    public delegate FormattableString FormattableRow(int i);

    public static TrainingTable<double> Read(string path, TrainingOptions options)
    {
        using TableSource source = TableSource.Open(path);
        return TrainingTable<double>.Read(source, options);
    }

    /// <summary>Trains on all rows, unstandardised unless asked for.</summary>
    public static TrainingTable<double> ReadAll(string path, string label = "y", MissingValues missing = MissingValues.Refuse, bool standardize = false) =>
        Read(path, new TrainingOptions { Label = label, Missing = missing, Standardize = standardize, TestFraction = 0 });

    public static string Refusal(string path, TrainingOptions options) => Assert.Throws<TableException>(() => Read(path, options)).Message;

    public static string Refusal(string path) => Refusal(path, new TrainingOptions { Label = "y" });

    public static double[] Column(TrainingTable<double> table, string feature)
    {
        int index = table.Encoding.FeatureNames.ToList().IndexOf(feature);
        Assert.True(index >= 0, $"no feature {feature} among {string.Join(", ", table.Encoding.FeatureNames)}");
        return [.. Enumerable.Range(0, (int)table.Rows.Count).Select(i => table.Rows[i][index])];
    }

    public static void DuckDb(string database, params string[] statements)
    {
        using DuckDBConnection connection = new($"DataSource={database}");
        connection.Open();
        foreach (string statement in statements)
        {
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}

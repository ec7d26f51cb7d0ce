using System.Diagnostics;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Logits.Cli.Tests;

/// <summary>Predicting ten times the rows takes no more memory, whatever the table is: the peak of the process, as Linux counts it, in kB.</summary>
[Trait("Category", "Nightly")]
public sealed class MemoryTests : IDisposable
{
    private const int BlockRows = 100_000;

    /// <summary>Less than half of the bytes of ten million rows.</summary>
    private const long Margin = 100_000;

    /// <summary>What DuckDB may use to copy the result of a query, and the margin above.</summary>
    private const long QueryMargin = 360_000;

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("csv", Margin)]
    [InlineData("glob", Margin)]
    [InlineData("gzip", Margin)]
    [InlineData("parquet", Margin)]
    [InlineData("query", QueryMargin)]
    [InlineData("standard input", Margin)]
    public void Prediction_takes_the_memory_of_a_tenth_of_the_rows(string kind, long margin)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The peak is read from /proc.");
        string train = _workspace.WriteOverlapping("train.csv", 300, ["a", "b", "c"], features: 4);
        Cli.Run("fit", train, "--label", "label", "--out", _workspace.Path("m.logits.json")).Succeeded();
        long few = Peak(Write(kind, 10)), many = Peak(Write(kind, 100));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {few:N0} kB for 1 million rows, {many:N0} kB for 10 million");
        Assert.InRange(many, 0, few + margin);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Writes so many blocks of rows in a form; what the command is to read.</summary>
    private string Write(string kind, int blocks)
    {
        Random random = new(1);
        StringBuilder rows = new();
        for (int i = 0; i < BlockRows; i++)
            rows.Append(CultureInfo.InvariantCulture,
                $"{random.NextDouble():0.####},{random.NextDouble():0.####},{random.NextDouble():0.####},{random.NextDouble():0.####}\n");
        string block = rows.ToString(), csv = _workspace.Path($"t{blocks}-0.csv");
        using (StreamWriter writer = new(csv))
        {
            writer.Write("x0,x1,x2,x3\n");
            for (int i = 0; i < blocks; i++)
                writer.Write(block);
        }
        switch (kind)
        {
            case "glob":
                _workspace.Write($"t{blocks}-1.csv", "x0,x1,x2,x3\n1,1,1,1\n");
                return $"'t{blocks}-*.csv'";
            case "gzip":
                Cli.Shell(_workspace.Folder, $"gzip -1 {csv}").Succeeded();
                return csv + ".gz";
            case "parquet":
                DuckDb(":memory:", $"COPY (FROM read_csv('{csv}')) TO '{_workspace.Path($"t{blocks}.parquet")}'");
                return $"t{blocks}.parquet";
            case "query":
                DuckDb(_workspace.Path($"t{blocks}.duckdb"), $"CREATE TABLE t AS FROM read_csv('{csv}')");
                return $"t{blocks}.duckdb --query 'select * from t'";
            case "standard input":
                return $"- < {csv}";
            default:
                return csv;
        }
    }

    private static void DuckDb(string database, string sql)
    {
        using DuckDBConnection connection = new($"DataSource={database}");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Peak(string table)
    {
        using Process process = Cli.StartShell(_workspace.Folder, $"exec $LOGITS predict m.logits.json {table} --out predicted.csv");
        process.StandardInput.Close();
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)))
            peak = Math.Max(peak, PeakSoFar(process.Id));
        Cli.Finish(process).Succeeded();
        return peak;
    }

    private static long PeakSoFar(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

using System.Globalization;
using System.Text;

namespace Logits.Cli.Tests;

/// <summary>No number in a table is a defect: what cannot be computed with is refused in a sentence before anything is written.</summary>
public sealed class NumberRangeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string, string, string, string[]> Extremes => new()
    {
        // what line 8 holds, or nothing of its own; a unit that every value is multiplied by; options; what the sentence must say
        { "1e39", "", "--no-standardize", ["line 8", "'x' is 1E+39", "too large for float32", "larger unit", "--float64"] },
        { "1e19", "", "--no-standardize", ["line 8", "'x' is 1E+19", "too large for float32"] },
        { "-1e300", "", "", ["'x'", "1E+300", "larger unit"] },
        { "1e300", "", "--no-standardize --float64", ["'x'", "1E+300", "larger unit"] },
        { "1.5e308", "", "--float64", ["'x'", "larger unit"] },
        { "", "e200", "", ["'x'", "larger unit"] },
        { "", "e-320", "", ["'x'", "smaller unit"] },
        { "", "e-200", "--float64", ["'x'", "smaller unit"] },
        { "", "e-40", "--no-standardize", ["'x'", "too small for float32", "smaller unit", "--float64"] },
        { "", "e-320", "--no-standardize --float64", ["'x'", "smaller unit"] },
    };

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Numbers_out_of_range_in_training_rows(string value, string unit, string options, string[] parts) =>
        Refused(Table("t.csv", i => i == 6 && value.Length > 0 ? value : Number(i) + unit), ["--test", "0", .. Split(options)], parts);

    [Fact]
    public void Two_columns_near_1e200()
    {
        string table = _workspace.Write("t.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{Number(i)}e200,{Number(i * 7)}e200,{"pq"[i % 2]}\n")));
        foreach (string options in (string[])["", "--no-standardize", "--float64", "--no-standardize --float64"])
            Refused(table, Split(options), ["'a'", "larger unit"]);
    }

    [Theory]
    [InlineData("1e39", "", "too large for float32", "or use --float64")]
    [InlineData("1e39", "--no-standardize", "too large for float32", "or use --float64")]
    [InlineData("1e300", "--no-standardize", "too large for float32", "1E+300")]
    [InlineData("1.7e308", "--float64", "too large for float64", "'x'")]
    [InlineData("1.7e308", "--float64 --no-standardize --strength 0", "overflow", "'x'")]
    public void Numbers_out_of_range_in_rows_held_out(string value, string options, params string[] parts)
    {
        string[] more = ["--seed", "3", "--label", "y", .. Split(options)];
        string model = _workspace.Path("m.logits.json");
        int heldOut = Enumerable.Range(0, 60).First(i =>
            Cli.Run(["fit", Table("probe.csv", row => row == i ? "" : Number(row)), "--missing", "indicator", "--out", model, .. more]).Output.Contains("features   2"));
        File.Delete(model);
        // In a small unit coefficients are large, so that even a number leads to logits that are none.
        string unit = value == "1.7e308" ? "e-6" : "";
        Refused(Table("t.csv", i => i == heldOut ? value : Number(i) + unit), ["--seed", "3", .. Split(options)], [$"line {heldOut + 2}", .. parts]);
        Cli.Run(["fit", Table("u.csv", i => Number(i) + unit), "--out", model, .. more]).Succeeded();
    }

    [Fact]
    public void Numbers_out_of_range_in_rows_to_predict_or_judge()
    {
        string model = _workspace.Path("m.logits.json");
        Cli.Run("fit", Table("t.csv", i => Number(i) + "e-6"), "--label", "y", "--out", model).Succeeded();
        string huge = _workspace.Write("huge.csv", "x,z,y\n1,0,p\n2,0,q\n-1e308,0,p\n");
        string fine = _workspace.Write("fine.csv", "x,z,y\n1e39,0,p\n-1e200,0,q\n1e-320,0,q\n");
        foreach (string[] call in (string[][])[["predict", model, huge, "--out", _workspace.Path("p.csv")], ["evaluate", model, huge]])
        {
            Outcome outcome = Cli.Run(call);
            Assert.Equal(ExitCode.BadInput, outcome.Code);
            Assert.Contains("huge.csv, line 4: 'x' is -1E+308, so large that the row's logits overflow", outcome.Error);
        }
        Cli.Run("predict", model, fine, "--probabilities").Succeeded();
        Assert.DoesNotContain("NaN", Cli.Run("evaluate", model, fine).Succeeded().Output);
    }

    [Fact]
    public void A_large_column_in_a_small_unit_is_fitted()
    {
        foreach (string unit in (string[])["e17", "e-28", "e100", "e-100"])
            Cli.Run("fit", Table("t.csv", i => Number(i) + unit), "--label", "y", "--out", _workspace.Path("m.logits.json"), unit.Length > 4 ? "--float64" : "--test=0.2").Succeeded();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nasty_tables_end_in_a_result_or_a_sentence(int part)
    {
        for (int seed = part * 50; seed < part * 50 + 50; seed++)
        {
            Random random = new(seed);
            string table = _workspace.Write("nasty.csv", Nasty(random)), model = _workspace.Path("nasty.logits.json");
            string[] options = [.. Options(random)];
            Outcome fit = Cli.Run(["fit", table, "--label", "y", "--out", model, "--max-iterations", "40", .. options]);
            string told = $"seed {seed}, {string.Join(' ', options)}: exit code {fit.Code}: {fit.Error}";
            Assert.True(fit.Code is ExitCode.Done or ExitCode.BadInput or ExitCode.Unfinished or ExitCode.NoFiniteOptimum, told);
            Assert.True(fit.Code == ExitCode.BadInput != File.Exists(model), told);
            if (fit.Code == ExitCode.BadInput)
            {
                Assert.True(fit.Error.StartsWith("error: ", StringComparison.Ordinal) && fit.Error.Count(c => c == '\n') == 1, told);
                continue;
            }
            Assert.DoesNotContain("NaN", fit.Output);
            string[] weights = options.Contains("--weights") ? ["--weights", "w"] : [];
            foreach (string[] call in (string[][])[["show", model], ["predict", model, table, "--probabilities"], ["evaluate", model, table, .. weights]])
            {
                Outcome outcome = Cli.Run(call);
                Assert.True(outcome.Code is ExitCode.Done or ExitCode.BadInput, $"seed {seed}, {call[0]}: exit code {outcome.Code}: {outcome.Error}");
                Assert.DoesNotContain("NaN", outcome.Output);
            }
            File.Delete(model);
        }
    }

    public void Dispose() => _workspace.Dispose();

    private static readonly string[] Hard =
        ["1e39", "-1e39", "1e300", "-1.7e308", "1e-320", "5e-324", "1e-45", "1e200", "-1e200", "1e18", "3.4e38", "1e154", "1e-160", "0", "-0.0", "1e16", "9007199254740993"];

    private static string Nasty(Random random)
    {
        int rows = random.Next(2, 45), columns = random.Next(1, 5), classes = random.Next(1, 5), hard = random.Next(0, 4);
        string[] units = [.. Enumerable.Range(0, columns).Select(_ => random.Next(4) > 0 ? "" : $"e{random.Next(-310, 300)}")];
        int[] kinds = [.. Enumerable.Range(0, columns).Select(_ => random.Next(7))];
        string weightUnit = random.Next(3) > 0 ? "" : $"e{random.Next(-310, 300)}";
        StringBuilder text = new();
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(j => $"x{j}")).Append(",w,y\n");
        for (int i = 0; i < rows; i++)
        {
            double common = random.NextDouble() * 4 - 2;
            for (int j = 0; j < columns; j++)
                text.Append(kinds[j] switch
                {
                    _ when hard > 0 && random.Next(25 * hard) == 0 => Hard[random.Next(Hard.Length)],
                    0 => $"{random.Next(3)}{units[j]}",
                    1 => "7",
                    2 => "abc"[random.Next(3)].ToString(),
                    3 => string.Create(CultureInfo.InvariantCulture, $"{common:0.###}{units[j]}"),
                    4 => string.Create(CultureInfo.InvariantCulture, $"{1e9 + common:R}"),
                    5 => random.Next(6) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{common * common:0.##}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"{random.NextDouble():0.####}{units[j]}"),
                }).Append(',');
            string weight = random.Next(8) == 0 ? "0" : random.Next(40) == 0 ? Hard[random.Next(Hard.Length)].TrimStart('-') : $"{random.Next(1, 4)}{weightUnit}";
            text.Append(CultureInfo.InvariantCulture, $"{weight},k{Math.Min(classes - 1, Math.Max(0, (int)(common + 2 + random.Next(2))))}\n");
        }
        return text.ToString();
    }

    private static IEnumerable<string> Options(Random random)
    {
        string[][] choices =
        [
            random.Next(2) == 0 ? [] : ["--no-standardize"],
            random.Next(2) == 0 ? [] : ["--float64"],
            random.Next(3) == 0 ? ["--weights", "w"] : ["--exclude", "w"],
            random.Next(3) switch { 0 => ["--strength", "0"], 1 => ["--strength", "1e-12"], _ => [] },
            random.Next(2) == 0 ? ["--test", "0"] : ["--test", "0.3"],
            ["--missing", random.Next(3) switch { 0 => "drop", 1 => "mean", _ => "indicator" }],
        ];
        return choices.SelectMany(c => c);
    }

    private string Table(string name, Func<int, string> number) =>
        _workspace.Write(name, "x,z,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{number(i)},{i * 5 % 3},{"pq"[(i + i / 7) % 2]}\n")));

    private static string Number(int i) => (1 + i * 13 % 29 * 0.25).ToString(CultureInfo.InvariantCulture);

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Refused(string table, string[] options, string[] parts)
    {
        string model = _workspace.Path("never.logits.json");
        Outcome outcome = Cli.Run(["fit", table, "--label", "y", "--out", model, .. options]);
        Assert.True(outcome.Code == ExitCode.BadInput, $"exit code {outcome.Code}: {outcome.Error}{outcome.Output}");
        Assert.Equal("", outcome.Output);
        Assert.Equal(1, outcome.Error.Count(c => c == '\n'));
        Assert.All(parts, part => Assert.Contains(part, outcome.Error));
        Assert.False(File.Exists(model));
    }
}

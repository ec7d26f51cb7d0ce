using System.Globalization;

namespace Logits.Data.Tests.Reference;

/// <summary>Centers and scales against numpy's (standardize.py beside this file).</summary>
public class StandardizeReference
{
    [Theory]
    [InlineData("iris", "species")]
    [InlineData("digits", "digit")]
    public void Centers_and_scales_are_numpys(string sample, string label)
    {
        TableEncoding encoding = TestTables.ReadAll(Path.Combine(TestTables.Samples, $"{sample}.csv"), label, standardize: true).Encoding;
        string[][] expected = [.. File.ReadLines(Path.Combine(TestTables.Samples, "../tests/Logits.Data.Tests/Reference/standardize.csv")).Select(l =>
            l.Split(',')).Where(l => l[0] == sample)];
        Assert.Equal(expected.Select(l => l[1]), encoding.FeatureNames);
        for (int j = 0; j < expected.Length; j++)
        {
            AssertClose(expected[j][2], encoding.Centers[j]);
            AssertClose(expected[j][3], encoding.Scales[j]);
        }
    }

    private static void AssertClose(string expected, double actual)
    {
        double value = double.Parse(expected, CultureInfo.InvariantCulture);
        Assert.InRange(actual, value * (1 - 1e-12), value * (1 + 1e-12));
    }
}

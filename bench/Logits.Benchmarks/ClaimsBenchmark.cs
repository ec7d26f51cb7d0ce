using BenchmarkDotNet.Attributes;
using Logits.Claims;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Benchmarks;

/// <summary>
/// Deciding the facts of the subject at one size, warm. Run it by
/// <c>dotnet run -c Release --project bench/Logits.Benchmarks -- --filter '*Claims*' --job short</c>.
/// </summary>
[MemoryDiagnoser]
public class ClaimsBenchmark
{
    private Claim _claim = null!;
    private DecideOptions _options = null!;

    [ParamsSource(nameof(Claims))]
    public string Text { get; set; } = "";

    [Params(4, 8)]
    public int Size { get; set; }

    public static IEnumerable<string> Claims => ClaimsTable.Rows.Select(row => row.Claim);

    [GlobalSetup]
    public void Read()
    {
        _claim = Claim.Parse(Text);
        _options = new() { Repair = false, Sizes = _claim.Sizes is null ? null : new SizeRange(Size, Size) };
    }

    [Benchmark]
    public Verdict Decide() => Decider.Decide(_claim, _options);
}

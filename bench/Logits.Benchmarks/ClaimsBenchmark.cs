using System.Diagnostics;
using Logits.Claims;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Benchmarks;

/// <summary>
/// Deciding the facts of the subject at one size, warm: proofs, their re-checking and the search for counterexamples, without repairs. A claim takes
/// from a tenth of a millisecond to seconds, so that each is run as often as half a second allows, and its median is told. Run it by
/// <c>dotnet run -c Release --project bench/Logits.Benchmarks -- claims 4 8</c>.
/// </summary>
public static class ClaimsBenchmark
{
    private const int MostRuns = 25;

    private static readonly TimeSpan TimeEach = TimeSpan.FromSeconds(0.5);

    public static void Run(IReadOnlyList<int> sizes)
    {
        (string Text, Claim Claim)[] table = [.. ClaimsTable.Rows.Select(row => (row.Claim, Claim.Parse(row.Claim)))];
        // Compiled and optimised before anything is measured.
        for (int round = 0; round < 3; round++)
        {
            foreach ((_, Claim claim) in table)
            {
                Measure(claim, 3);
            }
        }
        Console.WriteLine("  median ms   fastest       MB  n  verdict    claim");
        var worst = new List<string>();
        foreach (int size in sizes.DefaultIfEmpty(4))
        {
            (double Slowest, double Total, string Claim) summary = (0, 0, "");
            foreach ((string text, Claim claim) in table)
            {
                Timing timing = Measure(claim, size);
                Console.WriteLine($"{timing.Median,11:F1} {timing.Fastest,9:F1} {timing.Megabytes,8:F2} {size,2}  {timing.Verdict,-9}  {text}");
                summary = (Math.Max(summary.Slowest, timing.Median), summary.Total + timing.Median, timing.Median > summary.Slowest ? text : summary.Claim);
            }
            worst.Add($"n = {size}: {summary.Total:F0} ms for {table.Length} claims, at most {summary.Slowest:F1} ms, for {summary.Claim}");
        }
        worst.ForEach(Console.WriteLine);
    }

    private static Timing Measure(Claim claim, int size)
    {
        var options = new DecideOptions { Repair = false, Sizes = claim.Sizes is null ? null : new SizeRange(size, size) };
        Verdict verdict = Decider.Decide(claim, options);
        var times = new List<double>();
        var whole = Stopwatch.StartNew();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        do
        {
            long start = Stopwatch.GetTimestamp();
            _ = Decider.Decide(claim, options);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (whole.Elapsed < TimeEach && times.Count < MostRuns);
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times.Count;
        times.Sort();
        return new(times[times.Count / 2], times[0], allocated / 1e6, verdict.GetType().Name);
    }

    private sealed record Timing(double Median, double Fastest, double Megabytes, string Verdict);
}

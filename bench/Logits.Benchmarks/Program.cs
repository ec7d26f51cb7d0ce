using BenchmarkDotNet.Running;
using Logits.Benchmarks;

if (args is ["claims", .. var sizes])
{
    ClaimsBenchmark.Run([.. sizes.Select(int.Parse)]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

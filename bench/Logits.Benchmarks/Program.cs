using BenchmarkDotNet.Running;
using Logits.Benchmarks;

switch (args)
{
    case ["claims", .. var sizes]:
        ClaimsBenchmark.Run([.. sizes.Select(int.Parse)]);
        break;
    case ["predict"]:
        PredictBenchmark.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

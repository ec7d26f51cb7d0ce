using System.Runtime.Intrinsics;
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
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"In vectors of {width} bits; DOTNET_EnableAVX512=0 holds them to 256.");
        break;
}

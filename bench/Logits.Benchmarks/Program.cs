using System.Runtime.Intrinsics;
using BenchmarkDotNet.Running;
using Logits.Benchmarks;

if (args is ["claims", .. var sizes])
{
    ClaimsBenchmark.Run([.. sizes.Select(int.Parse)]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
    Console.WriteLine($"In vectors of {width} bits; DOTNET_EnableAVX512=0 holds them to 256.");
}

using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Logits.Benchmarks;

/// <summary>
/// Softmax of the rows of a matrix of 32 million floats on one thread, beside System.Numerics.Tensors. Run it by <c>dotnet run -c Release --project
/// bench/Logits.Benchmarks -- --filter '*SoftmaxBenchmark*'</c>.
/// </summary>
[Config(typeof(Configuration))]
public unsafe class SoftmaxBenchmark
{
    private const int Count = 32_000_000;

    private float* _logits;
    private float* _results;

    [Params(10, 100, 1_000, 32_000)]
    public int Classes { get; set; }

    private ReadOnlySpan<float> Logits => new(_logits, Count);

    private Span<float> Results => new(_results, Count);

    [GlobalSetup]
    public void Fill()
    {
        _logits = (float*)NativeMemory.AlignedAlloc(Count * sizeof(float), 64);
        _results = (float*)NativeMemory.AlignedAlloc(Count * sizeof(float), 64);
        Random random = new(1);
        for (int i = 0; i < Count; i++)
            _logits[i] = 8 * random.NextSingle() - 4;
        Results.Clear();
    }

    [GlobalCleanup]
    public void Free()
    {
        NativeMemory.AlignedFree(_logits);
        NativeMemory.AlignedFree(_results);
    }

    [Benchmark(Baseline = true)]
    public void TensorPrimitivesSoftMax()
    {
        for (int i = 0; i < Count; i += Classes)
#pragma warning disable RS0030 // The peer that is measured against.
            TensorPrimitives.SoftMax(Logits.Slice(i, Classes), Results.Slice(i, Classes));
#pragma warning restore RS0030
    }

    [Benchmark]
    public void Copy() => Logits.CopyTo(Results);

    [Benchmark]
    public void Softmax() => LogPartition.SoftmaxRows(Logits, Classes, Results);

    [Benchmark]
    public void LogSoftmax() => LogPartition.LogSoftmaxRows(Logits, Classes, Results);

    [Benchmark]
    public void Value() => LogPartition.ValueRows(Logits, Classes, Results[..(Count / Classes)]);

    private sealed class Configuration : ManualConfig
    {
        public Configuration()
        {
            AddJob(Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(5).WithIterationCount(41).WithInvocationCount(1).WithUnrollFactor(1)
                .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false)));
            AddColumn(
                new Figure("median ns", "Median nanoseconds per logit", (times, _) => times.Median / Count),
                new Figure("least ns", "Least nanoseconds per logit", (times, _) => times.Min / Count),
                new Figure("median x", "How many times as fast as TensorPrimitives.SoftMax, by the medians", (times, baseline) =>
                    baseline.Median / times.Median),
                new Figure("least x", "How many times as fast as TensorPrimitives.SoftMax, by the least times", (times, baseline) => baseline.Min / times.Min));
            AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default);
        }
    }

    /// <summary>A number made of the times of a benchmark and of the peer at the same number of classes.</summary>
    private sealed class Figure(string name, string legend, Func<Statistics, Statistics, double> value) : IColumn
    {
        public string Id => name;
        public string ColumnName => name;
        public string Legend => legend;
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public bool IsAvailable(Summary summary) => true;
        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            BenchmarkCase peer = summary.BenchmarksCases.Single(other =>
                other.Descriptor.Baseline && other.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo);
            return summary[benchmarkCase]?.ResultStatistics is { } times && summary[peer]?.ResultStatistics is { } baseline
                ? value(times, baseline).ToString("F3") : "?";
        }
    }
}

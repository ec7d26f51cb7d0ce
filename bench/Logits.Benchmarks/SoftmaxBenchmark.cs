using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Logits.Benchmarks;

/// <summary>
/// Softmax of the rows of a matrix of 32 million floats on one thread, beside System.Numerics.Tensors. Run it by
/// <c>dotnet run -c Release --project bench/Logits.Benchmarks -- --filter '*Softmax*'</c>.
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
            AddJob(Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(3).WithIterationCount(7).WithInvocationCount(1).WithUnrollFactor(1)
                .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false)));
            AddColumn(new PerElement(), BaselineRatioColumn.RatioMean);
            AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default);
        }
    }

    /// <summary>The median time divided by the number of logits.</summary>
    private sealed class PerElement : IColumn
    {
        public string Id => nameof(PerElement);
        public string ColumnName => "ns/logit";
        public string Legend => "Median nanoseconds per logit";
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public bool IsAvailable(Summary summary) => true;
        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase]?.ResultStatistics is { } times ? (times.Median / Count).ToString("F3") : "?";
    }
}

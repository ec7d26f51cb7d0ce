using System.Numerics;
using Logits.Regression;

namespace Logits.Data;

/// <summary>A table made ready for fitting: training rows, held-out test rows, and the encoding that was learnt from the training rows.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingTable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private TrainingTable() { }

    /// <summary>The training rows, standardised if so asked.</summary>
    public DenseRows<T> Rows { get; private init; } = null!;

    /// <summary>The classes of the training rows.</summary>
    public Labels Labels { get; private init; } = null!;

    /// <summary>The weights of the training rows; empty without a weights column.</summary>
    public ReadOnlyMemory<double> RowWeights { get; private init; }

    /// <summary>The test rows, transformed as the training rows are; null when none are held out.</summary>
    public DenseRows<T>? TestRows { get; private init; }

    /// <summary>The classes of the test rows; null when none are held out.</summary>
    public Labels? TestLabels { get; private init; }

    /// <summary>The weights of the test rows; empty without a weights column.</summary>
    public ReadOnlyMemory<double> TestRowWeights { get; private init; }

    /// <summary>How rows were encoded.</summary>
    public TableEncoding Encoding { get; private init; } = null!;

    /// <summary>What was read and done.</summary>
    public TrainingSummary Summary { get; private init; } = null!;

    /// <summary>The number, in the table and from 1, of a training row (from 0).</summary>
    public long TableRow(int trainingRow) => throw new NotImplementedException();

    /// <summary>Reads a table twice: once to learn its encoding and once to encode it.</summary>
    /// <param name="source">The table; stays the caller's to dispose.</param>
    /// <param name="options">What to train on and how to prepare it.</param>
    /// <param name="rowsRead">Told the number of rows read so far, over both passes.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TableException">The table cannot be trained on as asked; the message says what, where and what to do.</exception>
    public static TrainingTable<T> Read(
        TableSource source, TrainingOptions options, IProgress<long>? rowsRead = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}

namespace Logits.Regression;

/// <summary>Rows of features as doubles that are exactly what was given: floats are widened, nothing is rounded.</summary>
internal interface IExactRows
{
    /// <summary>n, the number of rows.</summary>
    long Count { get; }

    /// <summary>d, the number of features.</summary>
    int Features { get; }

    /// <summary>Copies the d features of one row.</summary>
    void CopyRow(long row, Span<double> destination);
}

namespace Logits.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric positive semidefinite matrix, by one-sided Jacobi rotations of its rows.</summary>
/// <remarks>Source: J. Demmel and K. Veselić, "Jacobi's method is more accurate than QR", SIAM J. Matrix Anal. Appl. 13 (1992).</remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Returns the eigenvalues, descending, and the eigenvectors as the rows of an order × order matrix.</summary>
    /// <param name="matrix">order × order, row-major.</param>
    /// <param name="order">The order.</param>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int order)
    {
        // Rotations V with V A = rows that are orthogonal: then V A Aᵀ Vᵀ is diagonal, and V holds the eigenvectors.
        double[] rows = matrix.ToArray(), vectors = new double[order * order];
        for (int i = 0; i < order; i++)
            vectors[i * order + i] = 1;
        for (int sweep = 0, rotations = 1; sweep < MostSweeps && rotations > 0; sweep++)
        {
            rotations = 0;
            for (int i = 0; i < order; i++)
                for (int j = i + 1; j < order; j++)
                    rotations += Orthogonalise(rows.AsSpan(i * order, order), rows.AsSpan(j * order, order), vectors.AsSpan(i * order, order),
                        vectors.AsSpan(j * order, order));
        }
        double[] values = new double[order];
        int[] ranks = new int[order];
        for (int i = 0; i < order; i++)
        {
            values[i] = -Math.Sqrt(Dot(rows.AsSpan(i * order, order), rows.AsSpan(i * order, order)));
            ranks[i] = i;
        }
        Array.Sort(values, ranks);
        double[] sorted = new double[order * order];
        for (int i = 0; i < order; i++)
        {
            values[i] = -values[i];
            vectors.AsSpan(ranks[i] * order, order).CopyTo(sorted.AsSpan(i * order));
        }
        return (values, sorted);
    }

    private static int Orthogonalise(Span<double> a, Span<double> b, Span<double> u, Span<double> v)
    {
        double aa = Dot(a, a), bb = Dot(b, b), ab = Dot(a, b);
        if (Math.Abs(ab) <= 1e-15 * Math.Sqrt(aa * bb) || Math.Abs(ab) < 1e-300)
            return 0;
        double tau = (bb - aa) / (2 * ab);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent), sine = cosine * tangent;
        Rotate(a, b, cosine, sine);
        Rotate(u, v, cosine, sine);
        return 1;
    }

    private static void Rotate(Span<double> a, Span<double> b, double cosine, double sine)
    {
        for (int j = 0; j < a.Length; j++)
            (a[j], b[j]) = (cosine * a[j] - sine * b[j], sine * a[j] + cosine * b[j]);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
            sum += a[j] * b[j];
        return sum;
    }
}

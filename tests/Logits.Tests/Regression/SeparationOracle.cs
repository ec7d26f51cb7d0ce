using System.Numerics;

namespace Logits.Tests.Regression;

/// <summary>
/// Which constraints can gain, by another way than the library's: maximise Σ t_r subject to ⟨a_r, δ⟩ ≥ t_r, 0 ≤ t_r ≤ 1, in rational arithmetic, by the
/// simplex method with Bland's rule. At the optimum each t_r is 0 or 1, because a cone's directions can be lengthened.
/// </summary>
internal static class SeparationOracle
{
    public static bool[] Gains(int[][] constraints)
    {
        int m = constraints.Length, p = constraints[0].Length;
        // Variables δ⁺, δ⁻, t and slacks of t − ⟨a, δ⟩ ≤ 0 and t ≤ 1; the slacks are a feasible basis.
        int variables = 2 * p + m, rows = 2 * m, columns = variables + rows + 1;
        Rational[,] table = new Rational[rows + 1, columns];
        for (int i = 0; i <= rows; i++)
            for (int j = 0; j < columns; j++)
                table[i, j] = Rational.Zero;
        for (int r = 0; r < m; r++)
        {
            for (int j = 0; j < p; j++)
                (table[r, j], table[r, p + j]) = (new(-constraints[r][j]), new(constraints[r][j]));
            table[r, 2 * p + r] = table[m + r, 2 * p + r] = table[m + r, columns - 1] = new(1);
            table[rows, 2 * p + r] = new(-1);
        }
        int[] basis = [.. Enumerable.Range(0, rows).Select(i => variables + i)];
        for (int i = 0; i < rows; i++)
            table[i, variables + i] = new(1);
        while (true)
        {
            int entering = Enumerable.Range(0, columns - 1).FirstOrDefault(j => table[rows, j].Sign < 0, -1);
            if (entering < 0)
                break;
            int leaving = -1;
            for (int i = 0; i < rows; i++)
                if (table[i, entering].Sign > 0)
                {
                    int order = leaving < 0 ? -1 : (table[i, columns - 1] * table[leaving, entering] - table[leaving, columns - 1] * table[i, entering]).Sign;
                    if (order < 0 || order == 0 && basis[i] < basis[leaving])
                        leaving = i;
                }
            Pivot(table, leaving, entering);
            basis[leaving] = entering;
        }
        bool[] gains = new bool[m];
        for (int i = 0; i < rows; i++)
            if (basis[i] >= 2 * p && basis[i] < variables)
                gains[basis[i] - 2 * p] = table[i, columns - 1].Sign > 0;
        return gains;
    }

    private static void Pivot(Rational[,] table, int row, int column)
    {
        Rational pivot = table[row, column];
        for (int j = 0; j < table.GetLength(1); j++)
            table[row, j] /= pivot;
        for (int i = 0; i < table.GetLength(0); i++)
        {
            Rational factor = table[i, column];
            if (i == row || factor.Sign == 0)
                continue;
            for (int j = 0; j < table.GetLength(1); j++)
                if (table[row, j].Sign != 0)
                    table[i, j] -= factor * table[row, j];
        }
    }

    private readonly struct Rational
    {
        private readonly BigInteger _numerator;
        private readonly BigInteger _denominator;

        public Rational(BigInteger numerator, BigInteger? denominator = null)
        {
            BigInteger below = denominator ?? 1, divisor = BigInteger.GreatestCommonDivisor(numerator, below) * below.Sign;
            (_numerator, _denominator) = (numerator / divisor, below / divisor);
        }

        public static Rational Zero => new(0);

        public int Sign => _numerator.Sign;

        public static Rational operator *(Rational a, Rational b) => new(a._numerator * b._numerator, a._denominator * b._denominator);

        public static Rational operator /(Rational a, Rational b) => new(a._numerator * b._denominator, a._denominator * b._numerator);

        public static Rational operator -(Rational a, Rational b) =>
            new(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator);
    }
}

using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// Whether whole-numbered vectors span the space, by elimination modulo the prime 2⁶¹ − 1: a determinant that is not 0 modulo a prime is not 0. A proof, and
/// far cheaper than elimination in whole numbers, which grow; only where it fails, as chance lets it once in 10¹⁸, is there nothing said.
/// </summary>
internal static class ModularRank
{
    private const ulong Prime = (1UL << 61) - 1;

    /// <summary>Whether as many vectors as entries are linearly independent.</summary>
    /// <param name="vectors">The vectors, each of the same number of entries.</param>
    /// <param name="budget">What the work is taken from.</param>
    public static bool IsFull(IReadOnlyList<BigInteger[]> vectors, WorkBudget budget)
    {
        int order = vectors.Count;
        if (order == 0 || vectors[0].Length != order)
            return false;
        ulong[][] rows = [.. vectors.Select(vector => Array.ConvertAll(vector, Residue))];
        for (int column = 0; column < order; column++)
        {
            int pivot = Array.FindIndex(rows, column, row => row[column] != 0);
            if (pivot < 0)
                return false;
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            budget.Spend((long)(order - column) * (order - column));
            ulong inverse = Power(rows[column][column], Prime - 2);
            for (int i = column + 1; i < order; i++)
            {
                ulong factor = Product(rows[i][column], inverse);
                for (int j = column; factor != 0 && j < order; j++)
                    rows[i][j] = Difference(rows[i][j], Product(factor, rows[column][j]));
            }
        }
        return true;
    }

    private static ulong Residue(BigInteger value) => (ulong)((value % Prime + Prime) % Prime);

    private static ulong Product(ulong a, ulong b)
    {
        // 2⁶¹ is 1 modulo the prime: what lies above the low 61 bits is added to them.
        ulong high = Math.BigMul(a, b, out ulong low), sum = (low & Prime) + (low >> 61 | high << 3);
        return sum >= Prime ? sum - Prime : sum;
    }

    private static ulong Difference(ulong a, ulong b) => a >= b ? a - b : a + Prime - b;

    private static ulong Power(ulong value, ulong exponent)
    {
        ulong power = 1;
        for (; exponent > 0; exponent >>= 1, value = Product(value, value))
            if ((exponent & 1) != 0)
                power = Product(power, value);
        return power;
    }
}

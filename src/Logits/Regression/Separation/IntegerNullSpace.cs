using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// The exact solutions of a growing list of homogeneous equations with whole coefficients, by fraction-free Gauss–Jordan elimination: after every step
/// the pivot columns hold one common number, the determinant of the equations kept, and all divisions come out even.
/// </summary>
/// <remarks>Source: E. H. Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", Mathematics of Computation 22
/// (1968).</remarks>
internal sealed class IntegerNullSpace(int dimension, WorkBudget budget)
{
    private readonly List<BigInteger[]> _rows = [];
    private readonly List<int> _pivots = [];
    private BigInteger _determinant = 1;

    /// <summary>How many dimensions the solutions have.</summary>
    public int Freedom => dimension - _rows.Count;

    /// <summary>Adds an equation; false if it follows from those that are there.</summary>
    /// <param name="equation">The coefficients.</param>
    /// <param name="preferredPivot">The place that is to be solved for, where it can be; −1 for the one with the shortest number.</param>
    public bool Add(BigInteger[] equation, int preferredPivot = -1)
    {
        // With the pivot columns at D·I, D·equation − Σ equation[pivot]·row is 0 in all of them.
        BigInteger[] reduced = [.. equation.Select(entry => entry * _determinant)];
        for (int r = 0; r < _rows.Count; r++)
            Subtract(equation[_pivots[r]], _rows[r], reduced);
        int pivot = preferredPivot >= 0 && !reduced[preferredPivot].IsZero ? preferredPivot : Shortest(reduced);
        if (pivot < 0)
            return false;
        BigInteger value = reduced[pivot];
        for (int r = 0; r < _rows.Count; r++)
        {
            BigInteger factor = _rows[r][pivot];
            BigInteger[] row = _rows[r];
            budget.Spend(Cost(value) * dimension);
            for (int j = 0; j < dimension; j++)
                row[j] = (row[j] * value - factor * reduced[j]) / _determinant;
        }
        _rows.Add(reduced);
        _pivots.Add(pivot);
        _determinant = value;
        return true;
    }

    /// <summary>The solution with given numbers at the free places, times the least whole number that makes it whole.</summary>
    public BigInteger[] Solution(ReadOnlySpan<BigInteger> free)
    {
        BigInteger[] solution = new BigInteger[dimension];
        bool[] isPivot = new bool[dimension];
        foreach (int pivot in _pivots)
            isPivot[pivot] = true;
        for (int j = 0; j < dimension; j++)
            solution[j] = isPivot[j] ? 0 : free[j] * _determinant;
        for (int r = 0; r < _rows.Count; r++)
        {
            budget.Spend(Cost(_determinant) * dimension);
            BigInteger sum = 0;
            for (int j = 0; j < dimension; j++)
                if (!isPivot[j] && !free[j].IsZero)
                    sum -= _rows[r][j] * free[j];
            solution[_pivots[r]] = sum;
        }
        if (_determinant < 0)
            for (int j = 0; j < dimension; j++)
                solution[j] = -solution[j];
        return solution;
    }

    /// <summary>The places that a solution may have anything at.</summary>
    public IEnumerable<int> FreeColumns() => Enumerable.Range(0, dimension).Except(_pivots);

    /// <summary>A basis of the solutions.</summary>
    public IEnumerable<BigInteger[]> Basis()
    {
        foreach (int j in FreeColumns())
        {
            BigInteger[] free = new BigInteger[dimension];
            free[j] = 1;
            yield return Solution(free);
        }
    }

    private void Subtract(BigInteger factor, BigInteger[] row, BigInteger[] from)
    {
        if (factor.IsZero)
            return;
        budget.Spend(Cost(_determinant) * dimension);
        for (int j = 0; j < dimension; j++)
            if (!row[j].IsZero)
                from[j] -= factor * row[j];
    }

    private static int Shortest(BigInteger[] row)
    {
        int shortest = -1;
        for (int j = 0; j < row.Length; j++)
            if (!row[j].IsZero && (shortest < 0 || BigInteger.Abs(row[j]) < BigInteger.Abs(row[shortest])))
                shortest = j;
        return shortest;
    }

    /// <summary>About what a product of numbers as long as this one costs, in multiply-adds.</summary>
    private static long Cost(BigInteger number)
    {
        long words = number.GetBitLength() / 32 + 1;
        return 20 + words * words;
    }
}

using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>Solves A y = b, y ≥ 0 over exact rationals by the simplex method with Bland's rule, which cannot cycle.</summary>
internal sealed class LinearProgram(int rows, int columns)
{
    // Columns 0..columns−1 are the unknowns, then one artificial unknown a row, then the right side.
    private readonly Rational[,] _tableau = new Rational[rows, columns + rows + 1];
    private readonly int[] _basis = new int[rows];
    private int? _stepped;

    public Rational this[int row, int column]
    {
        set => _tableau[row, column] = value;
    }

    public void SetRight(int row, Rational value) => _tableau[row, columns + rows] = value;

    /// <summary>A solution, one with a positive entry in a wanted column where any column is wanted; null where there is none.</summary>
    public Rational[]? Solve(Func<int, bool> isWanted)
    {
        int right = columns + rows;
        for (int row = 0; row < rows; row++)
        {
            if (_tableau[row, right].Sign < 0)
            {
                for (int column = 0; column <= right; column++)
                {
                    _tableau[row, column] = -_tableau[row, column];
                }
            }
            _tableau[row, columns + row] = 1;
            _basis[row] = columns + row;
        }
        // First drive the artificial unknowns to zero.
        Rational infeasibility = Optimise(column => column >= columns ? -Rational.One : Rational.Zero, columns, static _ => false);
        if (!infeasibility.IsZero)
        {
            return null;
        }
        RemoveArtificials();
        bool[] wanted = [.. Enumerable.Range(0, columns).Select(isWanted)];
        if (wanted.Any(flag => flag))
        {
            Rational reached = Optimise(column => column < columns && wanted[column] ? Rational.One : Rational.Zero, columns, static value => value.Sign > 0);
            if (reached.Sign <= 0)
            {
                return null;
            }
        }
        var solution = new Rational[columns];
        for (int row = 0; row < rows; row++)
        {
            if (_basis[row] < columns)
            {
                solution[_basis[row]] = _tableau[row, right];
            }
        }
        if (_stepped is { } free)
        {
            solution[free] = 1;
        }
        return solution;
    }

    /// <summary>Brings unknowns into the rows that an artificial one still holds, at zero, so that it stays there.</summary>
    private void RemoveArtificials()
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns && _basis[row] >= columns; column++)
            {
                if (!_tableau[row, column].IsZero)
                {
                    Pivot(row, column);
                }
            }
        }
    }

    /// <summary>Maximises the sum of the basis' costs over entering columns below a bound; stops early where the value is good enough.</summary>
    private Rational Optimise(Func<int, Rational> cost, int enteringBelow, Func<Rational, bool> isEnough)
    {
        int right = columns + rows;
        while (true)
        {
            Budget.CheckNow();
            Rational value = Rational.Zero;
            for (int row = 0; row < rows; row++)
            {
                value += cost(_basis[row]) * _tableau[row, right];
            }
            if (isEnough(value))
            {
                return value;
            }
            int entering = -1;
            for (int column = 0; column < enteringBelow && entering < 0; column++)
            {
                Budget.Charge(rows);
                Rational gain = cost(column);
                for (int row = 0; row < rows; row++)
                {
                    Rational weight = cost(_basis[row]);
                    if (!weight.IsZero && !_tableau[row, column].IsZero)
                    {
                        gain -= weight * _tableau[row, column];
                    }
                }
                if (gain.Sign > 0)
                {
                    entering = column;
                }
            }
            if (entering < 0)
            {
                return value;
            }
            int leaving = -1;
            Rational least = Rational.Zero;
            for (int row = 0; row < rows; row++)
            {
                if (_tableau[row, entering].Sign > 0)
                {
                    Rational ratio = _tableau[row, right] / _tableau[row, entering];
                    if (leaving < 0 || ratio < least || (ratio == least && _basis[row] < _basis[leaving]))
                    {
                        leaving = row;
                        least = ratio;
                    }
                }
            }
            if (leaving < 0)
            {
                // Unbounded: a step of one along the ray is as good as any.
                return Step(entering);
            }
            Pivot(leaving, entering);
        }
    }

    /// <summary>Gives an unbounded entering column the value 1 and moves the basis with it.</summary>
    private Rational Step(int entering)
    {
        int right = columns + rows;
        for (int row = 0; row < rows; row++)
        {
            _tableau[row, right] -= _tableau[row, entering];
        }
        _stepped = entering;
        return Rational.One;
    }

    private void Pivot(int pivotRow, int pivotColumn)
    {
        int right = columns + rows;
        Rational inverse = _tableau[pivotRow, pivotColumn].Reciprocal();
        for (int column = 0; column <= right; column++)
        {
            if (!_tableau[pivotRow, column].IsZero)
            {
                _tableau[pivotRow, column] *= inverse;
            }
        }
        for (int row = 0; row < rows; row++)
        {
            Budget.Charge(right);
            Rational factor = _tableau[row, pivotColumn];
            if (row == pivotRow || factor.IsZero)
            {
                continue;
            }
            for (int column = 0; column <= right; column++)
            {
                if (!_tableau[pivotRow, column].IsZero)
                {
                    _tableau[row, column] -= factor * _tableau[pivotRow, column];
                }
            }
        }
        _basis[pivotRow] = pivotColumn;
    }
}

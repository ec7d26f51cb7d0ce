using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// A proof that no direction separates: by Stiemke's theorem it is enough that Σ μ_r a_r = 0 for some μ_r > 0, one for every constraint. Weights from
/// floating point leave e = Σ μ_r a_r ≠ 0. With G = Σ μ_r a_r a_rᵀ and G w = −e the weights μ_r (1 + ⟨a_r, w⟩) leave exactly 0, and they are
/// positive as soon as max ‖a_r‖ ‖e‖ is less than the least eigenvalue of G. That is what is checked, with bounds on all rounding: e is summed to 100 bits,
/// and the eigenvalue is above θ because G − θ I has a Cholesky factor. Nothing is asked of where the weights come from; the last iterate's probabilities
/// will do, and then w is a Newton step and the condition says that it moves no row by as much as 1.
/// </summary>
/// <remarks>
/// S. M. Rump, "Verification of positive definiteness", BIT Numerical Mathematics 46 (2006), for the eigenvalue.
/// </remarks>
internal sealed class OverlapProof
{
    /// <summary>Up to so many unknowns G is built.</summary>
    public const int MostUnknowns = 4000;

    /// <summary>A multiplication of the blocked factorisation takes this share of the time of any other that is counted.</summary>
    private const int FactorShare = 8;

    private readonly SeparationTable _table;
    private readonly ScaledColumns _scaled;
    private readonly WorkBudget _budget;
    private readonly int _width;
    private readonly Dictionary<(int Label, int Pair), ConstraintMoments> _moments = [];
    private readonly DoubleDouble[] _excess;
    private readonly double[] _excessSize;
    private double _longest;
    private double _roundingOfRows;

    private OverlapProof(SeparationTable table, ScaledColumns scaled, WorkBudget budget)
    {
        (_table, _scaled, _budget, _width) = (table, scaled, budget, table.Width);
        (_excess, _excessSize) = (new DoubleDouble[table.Classes * _width], new double[table.Classes * _width]);
    }

    /// <summary>Whether weights 1 + λ_r prove it.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="scaled">Their columns in coordinates that suit floating point.</param>
    /// <param name="constraints">The constraints in question.</param>
    /// <param name="multipliers">λ_r ≥ 0 for some of them.</param>
    /// <param name="lineality">What moves none of them, exactly.</param>
    /// <param name="budget">What the work is taken from.</param>
    public static bool Holds(
        SeparationTable table, ScaledColumns scaled, ConstraintSet constraints, IEnumerable<(Constraint Constraint, double Multiplier)> multipliers,
        Lineality lineality, WorkBudget budget)
    {
        OverlapProof proof = new(table, scaled, budget);
        double[] buffer = new double[table.Width], scaledRow = new double[table.Width];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            int pairs = table.Own(cell).Pairs.Length;
            int open = Enumerable.Range(0, pairs).Count(p => constraints.Contains(cell, p));
            if (open == 0)
                continue;
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            scaled.Scale(row, scaledRow);
            // Cells all of whose pairs are open share one matrix.
            for (int p = open == pairs ? -1 : 0; p < (open == pairs ? 0 : pairs); p++)
                if (p < 0 || constraints.Contains(cell, p))
                    proof.Add(cell, p, 1, row, scaledRow);
        }
        foreach ((Constraint constraint, double multiplier) in multipliers)
        {
            if (!(multiplier >= 0))
                return false;
            (int own, int other) = table.Own(constraint.Cell).Pairs[constraint.Pair];
            proof.AddExcess(own, multiplier, table.Row(constraint.Cell, buffer));
            proof.AddExcess(other, -multiplier, table.Row(constraint.Cell, buffer));
        }
        return proof.IsAbsorbed(lineality);
    }

    /// <summary>Whether the probabilities at a point prove it, for labels that are single classes.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="scaled">Their columns in coordinates that suit floating point.</param>
    /// <param name="point">Weights, K × width in the table's columns.</param>
    /// <param name="lineality">What moves no row.</param>
    /// <param name="budget">What the work is taken from.</param>
    public static bool HoldsAt(SeparationTable table, ScaledColumns scaled, double[] point, Lineality lineality, WorkBudget budget)
    {
        if (table.Labels.Any(label => label.Own.Length > 1))
            return false;
        OverlapProof proof = new(table, scaled, budget);
        double[] buffer = new double[table.Width], scaledRow = new double[table.Width], logits = new double[table.Classes];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            scaled.Scale(row, scaledRow);
            for (int k = 0; k < logits.Length; k++)
                logits[k] = VectorArithmetic.Dot(point.AsSpan(k * table.Width, table.Width), row);
            double largest = logits.Max(), sum = logits.Sum(o => Math.Exp(o - largest));
            (int Own, int Other)[] pairs = table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
            {
                double weight = table.Weight(cell) * Math.Exp(logits[pairs[p].Other] - largest) / sum;
                if (!(weight > 0))
                    return false;
                proof.Add(cell, p, weight, row, scaledRow);
            }
        }
        return proof.IsAbsorbed(lineality);
    }

    /// <summary>Adds a constraint, or with pair −1 all of a cell's.</summary>
    private void Add(int cell, int pair, double weight, ReadOnlySpan<double> row, ReadOnlySpan<double> scaledRow)
    {
        _budget.Spend((long)_width * (_width + 8) / 2);
        (int, int) key = (_table.Label(cell), pair);
        if (!_moments.TryGetValue(key, out ConstraintMoments? moments))
            _moments[key] = moments = new ConstraintMoments(_width);
        moments.Add(weight, row, scaledRow);
        double length = VectorArithmetic.Norm(scaledRow);
        _longest = Math.Max(_longest, length);
        // ‖a aᵀ − b bᵀ‖ ≤ (‖a‖ + ‖b‖) ‖a − b‖, with ‖a‖² twice that of the row.
        double error = RowError();
        _roundingOfRows += weight * 4 * (length + error) * error * (pair < 0 ? _table.Own(cell).Pairs.Length : 1);
    }

    private void AddExcess(int k, double weight, ReadOnlySpan<double> row) =>
        ConstraintMoments.AddTo(_excess.AsSpan(k * _width, _width), _excessSize.AsSpan(k * _width, _width), weight, row);

    private double RowError()
    {
        double squares = 0;
        for (int j = 0; j < _width; j++)
            squares += _scaled.Error(j) * _scaled.Error(j);
        return Math.Sqrt(squares);
    }

    private bool IsAbsorbed(Lineality lineality)
    {
        // Fixing the last class at 0 takes the gauge out; columns that others determine add nothing.
        int[] columns = lineality.IndependentColumns;
        int order = (_table.Classes - 1) * columns.Length;
        _budget.Spend((long)order * order * order / 3 / FactorShare);
        double[] matrix = Matrix(columns, order);
        lineality.AddSquares(matrix, order, _scaled);
        double trace = 0;
        for (int i = 0; i < order; i++)
            trace += matrix[i * order + i];
        double length = Math.Sqrt(2) * (_longest + RowError()) * 1.0001;
        double rounding = (order + 1200 + _table.Cells / 512) * Math.ScaleB(1, -51) * trace + _roundingOfRows;
        double least = 1.01 * (length * Excess(columns) + rounding);
        double[] shift = new double[order];
        Array.Fill(shift, -least);
        return double.IsFinite(least) && Cholesky.TryFactor(matrix, 1, shift) is not null;
    }

    /// <summary>G without the last class.</summary>
    private double[] Matrix(int[] columns, int order)
    {
        double[] matrix = new double[order * order];
        foreach (((int label, int pair), ConstraintMoments moments) in _moments)
        {
            moments.Flush();
            (int Own, int Other)[] pairs = _table.Labels[label].Pairs;
            foreach ((int own, int other) in pair < 0 ? pairs : [pairs[pair]])
            {
                AddBlock(own, own, 1);
                AddBlock(other, other, 1);
                AddBlock(Math.Max(own, other), Math.Min(own, other), -1);
                Collect(own, moments, false);
                Collect(other, moments, true);
            }

            void AddBlock(int k, int l, double sign)
            {
                if (k == _table.Classes - 1)
                    return;
                for (int i = 0; i < columns.Length; i++)
                    for (int j = 0; j < columns.Length; j++)
                        matrix[(k * columns.Length + i) * order + l * columns.Length + j] +=
                            sign * moments.Squares[Math.Max(columns[i], columns[j]) * _width + Math.Min(columns[i], columns[j])];
            }
        }
        return matrix;
    }

    private void Collect(int k, ConstraintMoments moments, bool negated)
    {
        for (int j = 0; j < _width; j++)
        {
            DoubleDouble sum = moments.Sum[j];
            _excess[k * _width + j] += negated ? new DoubleDouble(-sum.High, -sum.Low) : sum;
            _excessSize[k * _width + j] += moments.Size[j];
        }
    }

    /// <summary>A bound on ‖e‖ in scaled coordinates.</summary>
    private double Excess(int[] columns)
    {
        double squares = 0;
        int last = _width - 1;
        for (int k = 0; k < _table.Classes - 1; k++)
            foreach (int j in columns)
            {
                double centre = j == last ? 0 : _scaled.Centres[j];
                DoubleDouble moved = _excess[k * _width + j] + new DoubleDouble(-centre, 0) * _excess[k * _width + last];
                double rounding = Math.ScaleB(1, -70) * (_excessSize[k * _width + j] + Math.Abs(centre) * _excessSize[k * _width + last]);
                double bound = 1.0001 * (Math.Abs(moved.High) + rounding) / _scaled.Scales[j];
                squares += bound * bound;
            }
        return 1.0001 * Math.Sqrt(squares);
    }
}

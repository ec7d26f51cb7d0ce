using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// Decides whether some direction separates, whatever an optimiser made of the data: by counting, by directions and a point that an optimiser proposes,
/// and by a projection on the cone of receding directions. What is found is verified exactly, and that nothing (more) is to be found is proved; see
/// docs/mathematics.md, section 13.
/// </summary>
internal sealed class SeparationDecision
{
    private const long WorthSimplifying = 100_000_000;

    /// <summary>Up to so many unknowns directions are searched for.</summary>
    private const int MostSearchedUnknowns = 1500;

    private readonly SeparationTable _table;
    private readonly WorkBudget _budget;
    private readonly ConstraintSet _open;
    private readonly ScaledColumns _scaled;
    private readonly Lineality _lineality;
    private ExactDirection? _direction;
    private bool _maximal;

    private SeparationDecision(SeparationTable table, WorkBudget budget)
    {
        (_table, _budget) = (table, budget);
        _open = ConstraintSet.All(table);
        _scaled = new ScaledColumns(table, budget);
        _lineality = Lineality.OfColumns(table, budget);
    }

    /// <summary>Decides, within a budget.</summary>
    /// <param name="rows">n rows of d features.</param>
    /// <param name="labels">n labels; each class with a positive share is the row's own.</param>
    /// <param name="weights">n weights, or none for equal ones. Rows of weight 0 count for nothing.</param>
    /// <param name="proposals">Directions from an optimiser, K×d weights and then K intercepts each.</param>
    /// <param name="point">The last iterate, in the same order, or nothing.</param>
    /// <param name="searches">Whether to search for directions beyond those that are counted or proposed, and for a proof beyond the point's.</param>
    /// <param name="work">What it may cost, in multiply-adds.</param>
    /// <param name="cancellationToken">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A feature of a row of positive weight is not finite.</exception>
    public static SeparationVerdict Decide(
        IExactRows rows, Labels labels, ReadOnlySpan<double> weights, IReadOnlyList<ReadOnlyMemory<double>> proposals, ReadOnlySpan<double> point,
        bool searches, long work, CancellationToken cancellationToken)
    {
        WorkBudget budget = new(work, cancellationToken);
        SeparationTable table;
        SeparationDecision decision;
        ColumnSplits splits;
        try
        {
            table = new SeparationTable(rows, labels, weights, budget);
            splits = new ColumnSplits(table, budget);
            decision = new SeparationDecision(table, budget);
        }
        catch (WorkExhaustedException)
        {
            return new SeparationVerdict.Undecided();
        }
        bool overlapping = false;
        try
        {
            overlapping = decision.Search(splits, proposals, point, searches);
        }
        catch (WorkExhaustedException)
        {
            // What was found until then stands.
        }
        if (overlapping)
            return new SeparationVerdict.Overlapping();
        return decision._direction is null
            ? new SeparationVerdict.Undecided()
            : new SeparationVerdict.Separated(
                new SeparationAccount(decision._direction, table, new WorkBudget(long.MaxValue, cancellationToken)).Separation(splits, decision._maximal));
    }

    private long Unknowns => (_table.Classes - 1L) * _table.Width;

    private bool IsSearched => Unknowns <= MostSearchedUnknowns;

    /// <summary>Finds as many gaining constraints as it can; true if it is proved that there are none.</summary>
    private bool Search(ColumnSplits splits, IReadOnlyList<ReadOnlyMemory<double>> proposals, ReadOnlySpan<double> point, bool searches)
    {
        Count(splits);
        foreach (ReadOnlyMemory<double> proposal in proposals)
            Try(_scaled.Scale(_table.Mapped(proposal.Span)));
        if (_direction is null && !point.IsEmpty && Unknowns <= OverlapProof.MostUnknowns)
        {
            double[] mapped = _table.Mapped(point);
            if (_budget.Try(IsSearched ? 3 : 1, part => OverlapProof.HoldsAt(_table, _scaled, mapped, _lineality, part)))
                return true;
        }
        while (searches && !_open.IsEmpty && IsSearched)
        {
            ConeSearch search = new(_table, _scaled, _lineality, _open, _budget);
            if (search.Run())
                Accept(WithFewerFeatures(search.Found!));
            else
            {
                _maximal = search.Overlaps && _direction is not null;
                return search.Overlaps && _direction is null;
            }
        }
        _maximal = _open.IsEmpty;
        return false;
    }

    /// <summary>Takes in, of what counting finds, a direction at a time as long as it adds a gain, those with most gains first.</summary>
    private void Count(ColumnSplits splits)
    {
        List<(ExactDirection Direction, ConstraintSet Gains)> found = [];
        foreach (ExactDirection direction in splits.Directions())
            if (Verification.Of(direction, _table, _open, _budget) is { Separates: true } verification)
                found.Add((direction, verification.Gains));
        List<(ExactDirection Direction, ConstraintSet Gains)> chosen = [];
        ConstraintSet gained = ConstraintSet.Empty(_table);
        foreach ((ExactDirection Direction, ConstraintSet Gains) candidate in found.OrderByDescending(f => f.Gains.Count))
            if (!candidate.Gains.IsSubsetOf(gained))
            {
                chosen.Add(candidate);
                gained.Unite(candidate.Gains);
            }
        for (int i = chosen.Count - 1; i >= 0; i--)
        {
            ConstraintSet others = ConstraintSet.Empty(_table);
            foreach ((_, ConstraintSet gains) in chosen.Where((_, other) => other != i))
                others.Unite(gains);
            if (chosen[i].Gains.IsSubsetOf(others))
                chosen.RemoveAt(i);
        }
        // Each recedes on all rows, and so does their sum; a gain of one is a gain of the sum.
        foreach ((ExactDirection direction, _) in chosen)
            _direction = _direction is null ? direction : Sum(_direction, 0, direction);
        if (_direction is not null)
            _open.Remove(gained);
    }

    private void Try(double[] proposal)
    {
        Verification? found = null;
        _budget.Try(4, part => (found = new Purification(_table, _scaled, _lineality, part).Purify(proposal, null, [], _open)) is not null);
        if (found is not null)
            Accept(found);
    }

    /// <summary>Looks for a direction that gains as much without one feature after another, those that contribute least first.</summary>
    private Verification WithFewerFeatures(Verification found)
    {
        bool[] kept = new bool[_table.Width];
        foreach (int j in found.Direction.UsedColumns)
            kept[j] = true;
        kept[^1] = true;
        int[] order = [.. found.Direction.ColumnsByRange(_table).Reverse()];
        // It is worth a quarter of what everything before has cost, or a moment.
        _budget.TryWith(Math.Max(_budget.Spent / 4, WorthSimplifying), part =>
        {
            foreach (int j in order)
            {
                kept[j] = false;
                ConeSearch search = new(_table, _scaled.Only(kept), _lineality, _open, part);
                if (search.Run() && found.Gains.IsSubsetOf(search.Found!.Gains))
                    found = search.Found;
                else
                    kept[j] = true;
            }
            return true;
        });
        return found;
    }

    /// <summary>Adds a direction that recedes on what was open, with so large a multiple of the one so far that what gained still does.</summary>
    private void Accept(Verification verification)
    {
        ExactDirection direction = verification.Direction;
        if (_direction is { } soFar)
        {
            ConstraintSet all = ConstraintSet.All(_table);
            ConstraintSet wanted = ConstraintSet.All(_table);
            wanted.Remove(_open);
            wanted.Unite(verification.Gains);
            for (int doublings = Doublings(soFar, direction); ; doublings += 8)
            {
                direction = Sum(soFar, doublings, verification.Direction);
                Verification together = Verification.Of(direction, _table, all, _budget);
                if (together.Separates && wanted.IsSubsetOf(together.Gains))
                    break;
            }
        }
        _direction = direction;
        _open.Remove(verification.Gains);
    }

    /// <summary>2^doublings times the first's margins outweigh the second's in most rows.</summary>
    private int Doublings(ExactDirection first, ExactDirection second)
    {
        double[] buffer = new double[_table.Width], mine = new double[_table.Classes], its = new double[_table.Classes], sizes = new double[_table.Classes];
        double ratio = 1;
        for (int cell = 0; cell < _table.Cells; cell++)
        {
            _budget.Spend(2L * _table.Classes * _table.Width);
            ReadOnlySpan<double> row = _table.Row(cell, buffer);
            first.Logits(row, mine, sizes);
            second.Logits(row, its, sizes);
            (int Own, int Other)[] pairs = _table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
            {
                double gain = mine[pairs[p].Own] - mine[pairs[p].Other], loss = its[pairs[p].Other] - its[pairs[p].Own];
                if (!_open.Contains(cell, p) && gain > 0 && loss / gain > ratio)
                    ratio = loss / gain;
            }
        }
        return ratio > 1 && double.IsFinite(ratio) ? Math.ILogB(ratio) + 2 : 0;
    }

    private ExactDirection Sum(ExactDirection first, int doublings, ExactDirection second)
    {
        BigInteger[] sum = new BigInteger[_table.Classes * _table.Width];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = (first.Entries[i] << doublings) + second.Entries[i];
        return new ExactDirection(sum, _table);
    }
}

namespace Logits.Regression;

/// <summary>
/// What a decision may cost, in multiply-adds rather than seconds, so that the answer does not depend on the machine; and whether it is still wanted.
/// </summary>
internal sealed class WorkBudget(long work, CancellationToken cancellationToken, WorkBudget? whole = null)
{
    /// <summary>How often, in multiply-adds, a long computation asks whether it is still wanted.</summary>
    private const long Interval = 1 << 22;

    private long _sinceAsked;

    /// <summary>What has been spent.</summary>
    public long Spent { get; private set; }

    private long Left => work - Spent;

    /// <summary>Makes an attempt with a part of what is left; running out of it counts as failure.</summary>
    public bool Try(int divisor, Func<WorkBudget, bool> attempt) => TryWith(Left / divisor, attempt);

    /// <summary>Makes an attempt with at most so much work.</summary>
    public bool TryWith(long most, Func<WorkBudget, bool> attempt)
    {
        try
        {
            return attempt(new WorkBudget(Math.Min(most, Left), cancellationToken, this));
        }
        catch (WorkExhaustedException)
        {
            return false;
        }
    }

    /// <summary>Takes an amount of work off the budget.</summary>
    /// <exception cref="WorkExhaustedException">Nothing is left.</exception>
    /// <exception cref="OperationCanceledException">The decision is no longer wanted.</exception>
    public void Spend(long amount)
    {
        Spent += amount;
        whole?.Spend(amount);
        _sinceAsked += amount;
        if (_sinceAsked >= Interval)
        {
            _sinceAsked = 0;
            cancellationToken.ThrowIfCancellationRequested();
        }
        if (Left < 0)
            throw new WorkExhaustedException();
    }
}

/// <summary>The work allowed for a decision is spent.</summary>
internal sealed class WorkExhaustedException : Exception;

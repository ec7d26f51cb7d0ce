namespace Logits.Claims.Judging;

/// <summary>The work that was given is used up.</summary>
internal sealed class WorkSpentException : Exception;

/// <summary>
/// Work in steps of about the cost of one operation on doubles, so that what is found does not depend on how fast a machine is. It asks the budget of the
/// decision now and then.
/// </summary>
internal sealed class Meter(long work)
{
    private const int Between = 2000;

    private long _toAsk = Between;

    public long Left { get; private set; } = work;

    public void Charge(int steps)
    {
        Left -= steps;
        _toAsk -= steps;
        if (_toAsk < 0)
        {
            _toAsk = Between;
            Budget.CheckNow();
        }
        if (Left < 0)
        {
            throw new WorkSpentException();
        }
    }
}

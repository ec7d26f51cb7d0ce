namespace Logits.Claims;

/// <summary>A decision ran out of the time or the memory it was given.</summary>
internal class BudgetException(string message) : Exception(message);

/// <summary>An expression is too large to be multiplied out.</summary>
internal sealed class TooLargeException(string message) : BudgetException(message);

/// <summary>
/// The time and memory that the decision running on this thread may still use. The algebra charges its products here, so that no
/// single expansion runs on unnoticed.
/// </summary>
internal sealed class Budget : IDisposable
{
    private const long LargestProduct = 4_000_000;

    [ThreadStatic]
    private static Budget? t_current;

    private readonly Budget? _outer;
    private readonly long _deadline;
    private readonly TimeSpan _limit;
    private readonly long _memoryAtStart;
    private readonly long _memoryLimit;
    private readonly CancellationToken _cancellation;
    private long _allocationsToLookAt;
    private long _charged;

    public Budget(TimeSpan time, long memory, CancellationToken cancellation)
    {
        _limit = time;
        _deadline = Environment.TickCount64 + (long)Math.Min(time.TotalMilliseconds, long.MaxValue / 4);
        _memoryLimit = memory;
        // What is in use now may be garbage for the greater part; what the last collection left is not.
        _memoryAtStart = Math.Min(GC.GetTotalMemory(false), GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        _allocationsToLookAt = GC.GetAllocatedBytesForCurrentThread() + memory;
        _cancellation = cancellation;
        _outer = t_current;
        t_current = this;
    }

    public void Dispose() => t_current = _outer;

    public static void Charge(long terms)
    {
        if (t_current is { } budget)
        {
            if (terms > LargestProduct)
            {
                throw new TooLargeException("an expansion of more than four million terms");
            }
            budget._charged += terms;
            if (budget._charged > 1000)
            {
                budget._charged = 0;
                budget.Check();
            }
        }
    }

    public static void CheckNow() => t_current?.Check();

    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _deadline)
        {
            throw new BudgetException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"out of time ({_limit.TotalSeconds:0.###} s)"));
        }
        if (GC.GetAllocatedBytesForCurrentThread() > _allocationsToLookAt)
        {
            CheckMemory();
        }
        _outer?.Check();
    }

    /// <summary>What is held now, garbage aside. It is looked at when this thread has allocated what would fill the limit: before, it cannot be full.</summary>
    private void CheckMemory()
    {
        GC.Collect();
        long held = Math.Max(0, GC.GetTotalMemory(false) - _memoryAtStart);
        if (held > _memoryLimit)
        {
            throw new BudgetException($"out of memory ({_memoryLimit >> 20} MB)");
        }
        _allocationsToLookAt = GC.GetAllocatedBytesForCurrentThread() + Math.Max(_memoryLimit - held, _memoryLimit / 16);
    }
}

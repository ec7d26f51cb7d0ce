using System.Runtime.CompilerServices;

namespace Logits.Claims;

/// <summary>A decision ran out of the time or the memory it was given.</summary>
internal class BudgetException(string message) : Exception(message);

/// <summary>An expression is too large to be multiplied out.</summary>
internal sealed class TooLargeException(string message) : BudgetException(message);

/// <summary>
/// The time and memory that the decision running on this thread may still use. The algebra charges its work here, so that nothing runs on unnoticed, and says
/// how many terms an expression has. Memory is what the largest expression takes by its terms: that depends on the decision alone, not on what else runs
/// in the process.
/// </summary>
internal sealed class Budget : IDisposable
{
    private const long LargestProduct = 4_000_000;

    /// <summary>Bytes that a term takes, with its monomial and its place in a table.</summary>
    private const long TermSize = 256;

    [ThreadStatic]
    private static Budget? t_current;

    private readonly Budget? _outer;
    private readonly long _deadline;
    private readonly TimeSpan _limit;
    private readonly long _memoryLimit;
    private readonly long _mostTerms;
    private readonly CancellationToken _cancellation;
    private long _charged;

    public Budget(TimeSpan time, long memory, CancellationToken cancellation)
    {
        _outer = t_current;
        _limit = time;
        _deadline = Environment.TickCount64 + (long)Math.Min(time.TotalMilliseconds, long.MaxValue / 4);
        _memoryLimit = memory;
        _mostTerms = Math.Min(memory / TermSize, _outer?._mostTerms ?? long.MaxValue);
        _cancellation = cancellation;
        t_current = this;
    }

    public void Dispose() => t_current = _outer;

    /// <summary>So many steps of work are about to be done, each of some tenths of a microsecond or more.</summary>
    public static void Charge(long steps)
    {
        if (t_current is { } budget)
        {
            budget._charged += steps;
            if (budget._charged > 1000)
            {
                budget._charged = 0;
                budget.Check();
            }
        }
    }

    /// <summary>Refuses to multiply out a product of more than four million terms.</summary>
    public static void RequireProduct(long terms, long otherTerms)
    {
        if (terms * otherTerms > LargestProduct)
        {
            throw new TooLargeException("an expansion of more than four million terms");
        }
    }

    /// <summary>An expression has so many terms.</summary>
    public static void Hold(long terms)
    {
        if (t_current is { } budget && terms > budget._mostTerms)
        {
            throw new BudgetException($"out of memory ({budget._memoryLimit >> 20} MB)");
        }
    }

    public static void CheckNow()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new BudgetException("cases nested too deeply");
        }
        t_current?.Check();
    }

    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _deadline)
        {
            throw new BudgetException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"out of time ({_limit.TotalSeconds:0.###} s)"));
        }
        _outer?.Check();
    }
}

using Logits.Claims.Language;

namespace Logits.Claims;

/// <summary>Decides claims.</summary>
public static class Decider
{
    /// <summary>Proves the claim, refutes it, or says that it did neither.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="options">How far to go; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Verdict Decide(Claim claim, DecideOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new Undecided { Points = 0, Reason = "nothing decides claims yet" };
    }
}

using Logits.Claims.Certificates;

namespace Logits.Claims;

/// <summary>A proof as a JSON document that can be checked without what found it.</summary>
/// <param name="Json">The document.</param>
public sealed record Certificate(string Json)
{
    /// <summary>What it says, in one line.</summary>
    public required string Gist { get; init; }

    /// <summary>
    /// Checks a certificate again, from the text of the claim in it: multiplies every identity out, tests it modulo two primes, and asks of every
    /// factor why it is not negative.
    /// </summary>
    /// <param name="json">The document.</param>
    /// <param name="options">How much time and memory the check may take; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it proves: its claim, at the sizes named.</returns>
    /// <exception cref="CertificateException">It is no certificate, does not prove its claim, or could not be checked in the time and memory given.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Proved Check(string json, DecideOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= new();
        using var budget = new Budget(options.TimeLimit, options.MemoryLimit, cancellationToken);
        try
        {
            Budget.CheckNow();
            return new Proved(AcceptedCertificate.Accept(json));
        }
        catch (BudgetException spent)
        {
            throw new CertificateException($"The certificate was not checked to the end: {spent.Message}.");
        }
    }
}

/// <summary>A document that is no certificate, or one that does not prove its claim. The message says which step fails.</summary>
public sealed class CertificateException : Exception
{
    /// <summary>An error with its reason.</summary>
    /// <param name="message">Which step fails, and why.</param>
    public CertificateException(string message) : base(message)
    {
    }
}

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
    /// <returns>What it proves.</returns>
    /// <exception cref="CertificateException">It is no certificate, or does not prove its claim.</exception>
    public static Proved Check(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Proved(AcceptedCertificate.Accept(json));
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

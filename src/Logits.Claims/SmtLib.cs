using Logits.Claims.Certificates;
using Logits.Claims.Certificates.Checking;
using Logits.Claims.Certificates.Exporting;
using Logits.Claims.Language;

namespace Logits.Claims;

/// <summary>
/// The inequalities that a proof comes down to, for solvers of nonlinear real arithmetic such as z3 and cvc5 (SMT-LIB 2, logic QF_NRA).
/// Source: C. Barrett, P. Fontaine, C. Tinelli, The SMT-LIB Standard, version 2.6, 2017.
/// </summary>
public static class SmtLib
{
    /// <summary>
    /// A script that denies one inequality of the proof after the other; a solver that answers <c>unsat</c> to each has proved them all. Exponentials and logarithms
    /// stand in it as real numbers of which no more is said than the proof uses. Steps that are no polynomial inequality, such as identities, are not in it.
    /// </summary>
    /// <param name="certificate">The certificate; it is checked while the script is written.</param>
    /// <exception cref="CertificateException">It is no certificate, or does not prove its claim.</exception>
    public static string Write(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        CertificateDocument document = CertificateDocument.Read(certificate.Json);
        try
        {
            Claim claim = Claim.Parse(document.Claim);
            return SmtLibScript.Write(document.Claim, [.. document.Proofs.SelectMany(part => CertificateChecker.ObligationsOf(claim, part.Size, part.Proof))]);
        }
        catch (Exception error) when (error is RejectedException or ClaimSyntaxException)
        {
            throw new CertificateException(error.Message);
        }
    }
}

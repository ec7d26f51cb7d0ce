using Logits.Claims.Certificates.Exporting;
using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>The inequalities that a proof comes down to, noted while it is checked so that another program can prove them again.</summary>
internal sealed partial class CertificateChecker
{
    private List<Obligation>? _obligations;

    /// <summary>Checks the proof at one size and gives its inequalities.</summary>
    /// <exception cref="RejectedException">The proof does not hold.</exception>
    public static IReadOnlyList<Obligation> ObligationsOf(Claim claim, int? size, ProofNode proof)
    {
        var checker = new CertificateChecker(claim, size) { _obligations = [] };
        checker.CheckWhole(new CaseContext(claim, size), proof);
        return checker._obligations;
    }

    private void Note(Fraction difference, SignSet signs, CaseContext context, IReadOnlyList<Product> products)
    {
        if (_obligations is null || !signs.Plus || signs.Minus)
        {
            return;
        }
        IEnumerable<Fraction> factors = products.SelectMany(product => product.Factors).Select(text => Parse(text, context)).Where(factor => factor.Top.Count > 1);
        IEnumerable<(Fraction, SignSet)> facts = context.Signs.Assumed.Select(fact => (Fraction.Unsettled(fact.Form), fact.Signs))
            .Concat(factors.Select(factor => (factor, context.Signs.Of(factor))));
        _obligations.Add(new Obligation(difference, !signs.Zero, [.. facts]));
    }
}

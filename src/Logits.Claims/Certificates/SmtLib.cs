using System.Globalization;
using System.Text;
using Logits.Claims.Certificates;
using Logits.Claims.Certificates.Checking;
using Logits.Claims.Language;

namespace Logits.Claims;

/// <summary>Writes the polynomial inequalities that a proof comes down to as SMT-LIB 2, so that a solver such as z3 or cvc5 can prove them on its own.</summary>
public static class SmtLib
{
    /// <summary>
    /// One query for each inequality: every exponential is a positive real variable, what the case at hand assumes is asserted, and so is the
    /// opposite of the inequality. A solver that answers <c>unsat</c> to each has proved them all.
    /// </summary>
    /// <param name="certificate">A certificate that <see cref="Certificate.Check"/> accepts.</param>
    /// <returns>A script in the logic QF_NRA.</returns>
    /// <exception cref="CertificateException">The certificate does not prove its claim.</exception>
    public static string Export(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        AcceptedCertificate accepted = AcceptedCertificate.Accept(certificate.Json);
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"; {accepted.Document.Claim.Replace('\n', ' ')}\n(set-logic QF_NRA)\n");
        int query = 0;
        foreach (SizeProof proof in accepted.Document.Proofs)
        {
            foreach (CombinationNode node in ProofDescription.Nodes(proof.Proof).OfType<CombinationNode>().Where(node => node.Products.Count > 0))
            {
                if (Query(accepted.Claim, proof.Size, node) is { } text)
                {
                    query++;
                    script.Append(CultureInfo.InvariantCulture, $"; inequality {query}{(proof.Size is { } n ? $", n = {n}" : "")}\n(push 1)\n{text}(check-sat)\n(pop 1)\n");
                }
            }
        }
        return script.ToString();
    }

    /// <summary>The inequality Σ products ≥ 0, multiplied out; null where it holds sums over an open n.</summary>
    private static string? Query(Claim claim, int? size, CombinationNode node)
    {
        var context = new CaseContext(claim, claim.Sizes is null ? 1 : size);
        try
        {
            Form sum = Form.Zero;
            var assumptions = new List<Form>();
            foreach (Product product in node.Products)
            {
                Form value = Form.Of(CertificateText.Number(product.Coefficient));
                foreach (string text in product.Factors)
                {
                    Form factor = CertificateText.Read(text, claim, context).Top;
                    value *= factor;
                    assumptions.Add(factor);
                }
                if (product.Square is { } root)
                {
                    value *= CertificateText.Read(root, claim, context).Top.Pow(2);
                }
                sum += value;
            }
            var variables = new Variables([.. assumptions, sum]);
            return $"{variables.Declarations}{string.Concat(assumptions.DistinctBy(form => form.Key).Select(form => $"(assert (>= {variables.Text(form)} 0))\n"))}(assert (< {variables.Text(sum)} 0))\n";
        }
        catch (RejectedException)
        {
            return null;
        }
    }

    /// <summary>A real variable for each letter; for exponentials with fractional powers, for their root.</summary>
    private sealed class Variables
    {
        private readonly Dictionary<string, (string Name, System.Numerics.BigInteger Root)> _names = [];
        private readonly StringBuilder _declarations = new();

        public Variables(IReadOnlyList<Form> forms)
        {
            foreach ((Letter letter, _) in forms.SelectMany(form => form.Terms).SelectMany(term => term.Word.Letters))
            {
                if (letter is SumLetter or ReciprocalLetter)
                {
                    throw new RejectedException("sums are beyond QF_NRA");
                }
                if (_names.ContainsKey(letter.Key))
                {
                    continue;
                }
                System.Numerics.BigInteger root = forms.SelectMany(form => form.Terms).Select(term => term.Word.PowerOf(letter).Denominator)
                    .Aggregate(System.Numerics.BigInteger.One, (a, b) => a * b / System.Numerics.BigInteger.GreatestCommonDivisor(a, b));
                string name = $"v{_names.Count}";
                _names[letter.Key] = (name, root);
                _declarations.Append(CultureInfo.InvariantCulture, $"(declare-const {name} Real) ; {letter.Key}{(root.IsOne ? "" : $"^(1/{root})")}\n");
                if (letter is ExponentialLetter)
                {
                    _declarations.Append(CultureInfo.InvariantCulture, $"(assert (> {name} 0))\n");
                }
            }
        }

        public string Declarations => _declarations.ToString();

        public string Text(Form form)
        {
            string[] terms = [.. form.Terms.Select(term => Product([Number(term.Coefficient), .. term.Word.Letters.SelectMany(part => Power(part.Letter, part.Power))]))];
            return terms.Length == 0 ? "0" : terms.Length == 1 ? terms[0] : $"(+ {string.Join(' ', terms)})";
        }

        private IEnumerable<string> Power(Letter letter, Rational power)
        {
            (string name, System.Numerics.BigInteger root) = _names[letter.Key];
            System.Numerics.BigInteger count = (power * (Rational)root).Numerator;
            string factor = count.Sign < 0 ? $"(/ 1 {name})" : name;
            return Enumerable.Repeat(factor, (int)System.Numerics.BigInteger.Abs(count));
        }

        private static string Product(string[] factors) => factors.Length == 1 ? factors[0] : $"(* {string.Join(' ', factors)})";

        private static string Number(Rational value)
        {
            string magnitude = value.IsInteger ? value.Abs().Numerator.ToString(CultureInfo.InvariantCulture) : $"(/ {value.Abs().Numerator} {value.Denominator})";
            return value.Sign < 0 ? $"(- {magnitude})" : magnitude;
        }
    }
}

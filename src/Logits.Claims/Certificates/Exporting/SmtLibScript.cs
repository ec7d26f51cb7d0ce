using System.Globalization;
using System.Numerics;
using System.Text;
using Logits.Claims.Certificates.Checking;

namespace Logits.Claims.Certificates.Exporting;

/// <summary>
/// Writes obligations as an SMT-LIB 2 script in the logic of nonlinear real arithmetic. Each is negated, so that a solver that answers <c>unsat</c> to every
/// <c>check-sat</c> has proved all of them.
/// </summary>
internal static class SmtLibScript
{
    public static string Write(string claim, IReadOnlyList<Obligation> obligations)
    {
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"; {claim.ReplaceLineEndings(" ")}\n; Every answer must be unsat: each assertion below denies one inequality of the proof.\n(set-logic QF_NRA)\n");
        foreach (Obligation obligation in obligations)
        {
            new Script(script).Write(obligation);
        }
        return script.Append("(exit)\n").ToString();
    }

    private sealed class Script(StringBuilder output)
    {
        private readonly Dictionary<string, (string Name, BigInteger Root)> letters = [];

        public void Write(Obligation obligation)
        {
            Fraction[] quantities = [obligation.Difference, .. obligation.Facts.Select(fact => fact.Quantity)];
            Form[] forms = [.. quantities.SelectMany(quantity => quantity.Bottom.Select(part => part.Core).Prepend(quantity.Top))];
            output.Append("(push 1)\n");
            foreach (IGrouping<string, (Letter Letter, Rational Power)> uses in forms.SelectMany(form => form.Terms).SelectMany(term => term.Word.Letters).GroupBy(part => part.Letter.Key))
            {
                Declare(uses.First().Letter, uses.Select(part => part.Power));
            }
            foreach (Form core in quantities.SelectMany(quantity => quantity.Bottom).Select(part => part.Core).DistinctBy(core => core.Key))
            {
                output.Append(CultureInfo.InvariantCulture, $"(assert (not (= {Polynomial(core)} 0)))\n");
            }
            foreach ((Fraction quantity, SignSet signs) in obligation.Facts)
            {
                output.Append(CultureInfo.InvariantCulture, $"(assert {Compared(quantity, signs)})\n");
            }
            SignSet denied = obligation.Strict ? SignSet.NotNegative.Flip : SignSet.Positive.Flip;
            output.Append(CultureInfo.InvariantCulture, $"(assert {Compared(obligation.Difference, denied)})\n(set-info :status unsat)\n(check-sat)\n(pop 1)\n");
        }

        /// <summary>A letter with fractional powers is declared by its root, so that all powers are whole.</summary>
        private void Declare(Letter letter, IEnumerable<Rational> powers)
        {
            BigInteger root = powers.Aggregate(BigInteger.One, (least, power) => least * power.Denominator / BigInteger.GreatestCommonDivisor(least, power.Denominator));
            string name = string.Create(CultureInfo.InvariantCulture, $"t{letters.Count + 1}");
            letters.Add(letter.Key, (name, root));
            string meaning = root.IsOne ? letter.Key : $"{letter.Key} to the power 1/{root}";
            output.Append(CultureInfo.InvariantCulture, $"(declare-const {name} Real) ; {meaning}\n");
            if (letter is ExponentialLetter)
            {
                output.Append(CultureInfo.InvariantCulture, $"(assert (> {name} 0))\n");
            }
        }

        /// <summary>top/bottom has the sign of top·bottom, and a polynomial with negative powers that of itself times even powers of its letters.</summary>
        private string Compared(Fraction quantity, SignSet signs)
        {
            List<string> factors = [Polynomial(quantity.Top), .. quantity.Bottom.Where(part => part.Power % 2 != 0).Select(part => Polynomial(part.Core))];
            string product = factors.Count == 1 ? factors[0] : $"(* {string.Join(' ', factors)})";
            return (signs.Minus, signs.Zero, signs.Plus) switch
            {
                (false, false, true) => $"(> {product} 0)",
                (false, true, true) => $"(>= {product} 0)",
                (true, false, false) => $"(< {product} 0)",
                (true, true, false) => $"(<= {product} 0)",
                (false, true, false) => $"(= {product} 0)",
                (true, false, true) => $"(not (= {product} 0))",
                (true, true, true) => "true",
                _ => "false",
            };
        }

        private string Polynomial(Form form)
        {
            var lift = form.Terms.SelectMany(term => term.Word.Letters).GroupBy(part => part.Letter.Key)
                .ToDictionary(uses => uses.Key, uses => Even(BigInteger.Max(0, -uses.Min(part => Whole(part.Letter, part.Power)))));
            string[] terms = [.. form.Terms.Select(term => Term(term.Word, term.Coefficient, lift))];
            return terms.Length switch { 0 => "0", 1 => terms[0], _ => $"(+ {string.Join(' ', terms)})" };
        }

        private static BigInteger Even(BigInteger power) => power + (power.IsEven ? 0 : 1);

        private BigInteger Whole(Letter letter, Rational power) => (power * letters[letter.Key].Root).Numerator;

        private string Term(Word word, Rational coefficient, Dictionary<string, BigInteger> lift)
        {
            List<string> factors = [Number(coefficient)];
            foreach ((string key, BigInteger raised) in lift)
            {
                (Letter letter, Rational power) = word.Letters.FirstOrDefault(part => part.Letter.Key == key);
                BigInteger total = raised + (letter is null ? 0 : Whole(letter, power));
                for (BigInteger i = 0; i < total; i++)
                {
                    factors.Add(letters[key].Name);
                }
            }
            return factors.Count == 1 ? factors[0] : $"(* {string.Join(' ', factors)})";
        }

        private static string Number(Rational value)
        {
            string size = value.IsInteger ? Digits(value.Abs().Numerator) : $"(/ {Digits(value.Abs().Numerator)} {Digits(value.Denominator)})";
            return value.Sign < 0 ? $"(- {size})" : size;
        }

        private static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
    }
}

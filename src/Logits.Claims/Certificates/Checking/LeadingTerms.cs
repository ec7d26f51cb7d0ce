namespace Logits.Claims.Certificates.Checking;

/// <summary>Limits for w → +∞, the facts at hand telling which exponentials e^(w·a) are largest.</summary>
internal sealed class LeadingTerms(CaseContext context, VariableLetter variable)
{
    private const int Order = 5;

    public Fraction LimitOf(Fraction fraction)
    {
        (Form growth, Expansion expansion) = Leading(fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            (Form factorGrowth, Expansion factor) = Leading(core);
            growth -= factorGrowth * (Rational)power;
            Expansion inverse = Invert(factor);
            for (int i = 0; i < power; i++)
            {
                expansion = expansion.Times(inverse);
            }
        }
        return growth.IsZero ? expansion.AtZero()
            : context.Signs.Of(TopRate(growth)) == SignSet.Positive.Flip ? Fraction.Zero
            : throw new RejectedException("a limit that is not finite, or not known to be");
    }

    private (Form Growth, Expansion Expansion) Leading(Form form)
    {
        var groups = new Dictionary<Form, List<(Word, Rational)>>();
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            Form growth = Form.Of(word.Letters.Where(Grows).Select(part => (((ExponentialLetter)part.Letter).Exponent, part.Power)));
            Word rest = Word.Of(word.Letters.Where(part => !Grows(part)));
            if (!groups.TryGetValue(growth, out List<(Word, Rational)>? group))
            {
                groups[growth] = group = [];
            }
            group.Add((rest, coefficient));
        }
        if (groups.Count == 0)
        {
            return (Form.Zero, Expansion.Of(Fraction.Zero));
        }
        foreach ((Form growth, List<(Word, Rational)> terms) in groups)
        {
            bool leads = groups.Keys.All(other => other.Equals(growth)
                || ((other - growth) is { IsZero: false } behind && context.Signs.Of(TopRate(behind)) == SignSet.Positive.Flip));
            if (leads)
            {
                Expansion expansion = Expand(Form.Of(terms));
                return groups.Count > 1 && expansion.IsExactlyZero
                    ? throw new RejectedException("the leading terms of a limit cancel")
                    : (growth, expansion);
            }
        }
        throw new RejectedException("the facts of this case do not say which exponential is largest");
    }

    private bool Grows((Letter Letter, Rational Power) part)
    {
        if (part.Letter is not ExponentialLetter exponential || !exponential.Exponent.Mentions(IsVariable))
        {
            return false;
        }
        // w·ln(1 + e^w) or w·e^(−w) could grow in any way.
        Rational power = exponential.Exponent.PowerOf(variable);
        bool isNested = power.Sign >= 0 && (exponential.Exponent * Word.Of([(variable, -power)])).Mentions(IsVariable);
        return isNested ? throw new RejectedException("a limit of nested exponentials") : power.Sign > 0;
    }

    private bool IsVariable(VariableLetter letter) => letter.Equals(variable);

    private Form TopRate(Form growth)
    {
        Rational degree = growth.Terms.Select(term => term.Word.PowerOf(variable)).Aggregate((a, b) => a > b ? a : b);
        return Form.Of(growth.Terms.Where(term => term.Word.PowerOf(variable) == degree).Select(term => (term.Word * Word.Of([(variable, -degree)]), term.Coefficient)));
    }

    private Expansion Expand(Form form)
    {
        Expansion sum = Expansion.Of(Fraction.Zero);
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            Expansion product = Expansion.Of(Fraction.Of(coefficient));
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                product = product.Times(Expand(letter, power));
            }
            sum = sum.Plus(product);
        }
        return sum;
    }

    private Expansion Expand(Letter letter, Rational power)
    {
        if (letter.Equals(variable))
        {
            return Expansion.Monomial(-(int)power.Numerator);
        }
        if (!letter.Mentions(IsVariable))
        {
            return Expansion.Of(Fraction.Of(Form.Of(Word.Of([(letter, power)]), Rational.One)));
        }
        switch (letter)
        {
            case ExponentialLetter exponential:
                Expansion exponent = Expand(Form.Of(exponential.Exponent, power));
                Expansion constant = Expansion.Of(Powers.Exp(exponent[0]));
                Rational factorial = 1;
                return constant.Times(exponent.Plus(Expansion.Of(-exponent[0])).Compose(k => factorial = k == 0 ? Rational.One : factorial / k, Order));
            case LogLetter log when power.Sign > 0:
                (Form growth, Expansion inside) = Leading(log.Argument);
                Expansion logarithm = Expand(growth).Plus(Logarithm(inside));
                Expansion result = logarithm;
                for (int i = 1; i < power.Numerator; i++)
                {
                    result = result.Times(logarithm);
                }
                return result;
            default:
                throw new RejectedException("a limit beyond leading terms");
        }
    }

    private Expansion Logarithm(Expansion expansion)
    {
        (int lowest, Fraction lead) = expansion.Lead();
        if (lowest != 0)
        {
            throw new RejectedException("a limit with the logarithm of a power");
        }
        return Expansion.Of(context.Log(Known(lead, SignSet.Positive))).Plus(expansion.Remainder().Compose(k => k == 0 ? Rational.Zero : new Rational(k % 2 == 0 ? -1 : 1, k), Order));
    }

    private Expansion Invert(Expansion expansion)
    {
        (int lowest, Fraction lead) = expansion.Lead();
        return expansion.Remainder().Compose(k => k % 2 == 0 ? 1 : -1, Order).Times(Expansion.Of(Known(lead, SignSet.NotZero).Inverse())).Times(Expansion.Monomial(-lowest));
    }

    /// <summary>Where a leading coefficient vanishes another term leads: that it does not must be known, and is no condition.</summary>
    private Fraction Known(Fraction lead, SignSet signs) =>
        context.Signs.Of(lead).Implies(signs) ? lead : throw new RejectedException("nothing says that a leading term of a limit does not vanish");
}

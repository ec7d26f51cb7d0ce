namespace Logits.Claims.Certificates.Checking;

/// <content>Signs of sums over all positions, n left open.</content>
internal sealed partial class SignTable
{
    /// <summary>
    /// Where n is open: Σ_k g(k) has the sign of g for a generic k; and Σ_k b(k) less b at different positions is at least 0, and more where
    /// there are fewer positions than n and b is positive.
    /// </summary>
    private SignSet BySums(Form form)
    {
        if (Unsummed(form) is { } generic && ByTermsOrCore(generic) is var signs && signs.Implies(SignSet.NotNegative))
        {
            return signs;
        }
        (Word Word, Rational Coefficient)[] sums = [.. form.Terms.Where(term => term.Word.Letters.Any(part => part.Letter is SumLetter))];
        if (sums is not [var (word, coefficient)] || coefficient.Sign <= 0 || word.Letters.Count(part => part.Letter is SumLetter) != 1)
        {
            return SignSet.Unknown;
        }
        (Letter letter, Rational power) = word.Letters.First(part => part.Letter is SumLetter);
        Word body = ((SumLetter)letter).Body;
        Word around = word * Word.Of(letter).Inverse();
        if (power != Rational.One || !Of(body).Implies(SignSet.NotNegative) || !Of(around).Implies(SignSet.NotNegative))
        {
            return SignSet.Unknown;
        }
        int taken = 0;
        foreach ((Word other, Rational amount) in form.Terms.Where(term => !ReferenceEquals(term.Word, word)))
        {
            if (Of(other).Times(SignSet.Of(amount.Sign)).Implies(SignSet.NotNegative))
            {
                continue;
            }
            string? position = PositionOf(body, other * around.Inverse());
            if (position is null || amount + coefficient != Rational.Zero)
            {
                return SignSet.Unknown;
            }
            taken++;
        }
        // The terms are different words, so that the positions differ as names; different names stand for different positions, but for "largest" ones.
        bool distinct = taken <= 1 || !form.Mentions(variable => variable.Index is { } index && LargestPositions.Contains(index));
        return !distinct || taken > _leastSize ? SignSet.Unknown
            : taken < _leastSize && Of(body) == SignSet.Positive && Of(around) == SignSet.Positive ? SignSet.Positive
            : SignSet.NotNegative;
    }

    private SignSet ByTermsOrCore(Form form)
    {
        SignSet signs = ByTerms(form);
        (Form core, SignSet outside) = form.IsZero ? (form, SignSet.Nil) : CoreOf(form);
        return KnownOf(core) is { } assumed ? signs.And(outside.Times(assumed)) : signs;
    }

    /// <summary>g with form = Σ_k g(k), where every term is a multiple of one sum or of n.</summary>
    private static Form? Unsummed(Form form)
    {
        var terms = new List<(Word, Rational)>();
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            var sums = word.Letters.Where(part => part.Letter is SumLetter or VariableLetter { Name: "n", Index: null }).ToArray();
            if (sums.Length != 1 || sums[0].Power != Rational.One)
            {
                return null;
            }
            Word rest = word * Word.Of(sums[0].Letter).Inverse();
            terms.Add((sums[0].Letter is SumLetter sum ? rest * sum.Body : rest, coefficient));
        }
        return Form.Of(terms);
    }

    private static string? PositionOf(Word body, Word other)
    {
        string? position = null;
        _ = other.Mentions(variable =>
        {
            position ??= variable.Index;
            return false;
        });
        // A position after the n-th is not among those summed over.
        return position is not null && !SumSigns.IsBeyond(position) && Renaming.Of(Form.Of(body, Rational.One), SumLetter.Bound, position).Equals(Form.Of(other, Rational.One)) ? position : null;
    }
}

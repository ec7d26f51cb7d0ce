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
        if (Unsummed(form) is { Taken.IsZero: true } all && ByTermsOrCore(all.Generic) is var signs && signs.Implies(SignSet.NotNegative))
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

    /// <summary>Σ_k g(k) − g(p), g nowhere negative and p a position, is not negative.</summary>
    private bool IsSumLessOneTerm(Form form) => Unsummed(form) is { Taken.IsZero: false } sum && ByTermsOrCore(sum.Generic).Implies(SignSet.NotNegative)
        && PositionsOf(sum.Taken).Any(position => Renaming.Of(sum.Generic, SumLetter.Bound, position).Equals(sum.Taken));

    /// <summary>g and t with form = Σ_k g(k) − t, where every term is a multiple of one sum or of n, or is part of t.</summary>
    private static (Form Generic, Form Taken)? Unsummed(Form form)
    {
        var summed = new List<(Word, Rational)>();
        var rest = new List<(Word, Rational)>();
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            var sums = word.Letters.Where(part => part.Letter is SumLetter or VariableLetter { Name: "n", Index: null }).ToArray();
            if (sums.Length == 0)
            {
                rest.Add((word, coefficient));
                continue;
            }
            if (sums is not [(var letter, var power)] || power != Rational.One)
            {
                return null;
            }
            Word around = word * Word.Of(letter).Inverse();
            summed.Add((letter is SumLetter sum ? around * sum.Body : around, coefficient));
        }
        return (Form.Of(summed), Form.Of(rest) * -Rational.One);
    }

    /// <summary>The positions that entries in the form have, among those summed over: one after the n-th is not.</summary>
    private static HashSet<string> PositionsOf(Form form)
    {
        var positions = new HashSet<string>();
        _ = form.Mentions(variable =>
        {
            if (variable.Index is { } index && index != SumLetter.Bound && !IsBeyond(index))
            {
                positions.Add(index);
            }
            return false;
        });
        return positions;
    }

    /// <summary>Whether the position is one after the n-th: <c>n+1</c>.</summary>
    private static bool IsBeyond(string position) => position.StartsWith("n+", StringComparison.Ordinal);

    private static string? PositionOf(Word body, Word other)
    {
        string? position = null;
        _ = other.Mentions(variable =>
        {
            position ??= variable.Index;
            return false;
        });
        // A position after the n-th is not among those summed over.
        return position is not null && !IsBeyond(position) && Renaming.Of(Form.Of(body, Rational.One), SumLetter.Bound, position).Equals(Form.Of(other, Rational.One)) ? position : null;
    }
}

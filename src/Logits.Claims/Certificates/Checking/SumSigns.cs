namespace Logits.Claims.Certificates.Checking;

/// <summary>Signs of sums over all positions, n left open, from those of what is summed.</summary>
internal static class SumSigns
{
    /// <summary>Σ_k g(k) − g(p), g nowhere negative and p a position, is not negative.</summary>
    /// <param name="form">The form.</param>
    /// <param name="isNotNegative">Whether a form at a generic position is known not to be negative.</param>
    public static bool IsSumLessOneTerm(Form form, Func<Form, bool> isNotNegative)
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
                return false;
            }
            Word around = word * Word.Of(letter).Inverse();
            summed.Add((letter is SumLetter sum ? around * sum.Body : around, coefficient));
        }
        Form generic = Form.Of(summed);
        Form taken = Form.Of(rest) * -Rational.One;
        return rest.Count > 0 && isNotNegative(generic)
            && PositionsOf(taken).Any(position => Renaming.Of(generic, SumLetter.Bound, position).Equals(taken));
    }

    /// <summary>Whether the position is one after the n-th: <c>n+1</c>.</summary>
    public static bool IsBeyond(string position) => position.StartsWith("n+", StringComparison.Ordinal);

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
}

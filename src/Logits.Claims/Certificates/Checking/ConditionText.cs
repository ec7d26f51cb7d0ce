namespace Logits.Claims.Certificates.Checking;

/// <summary>Prints conditions, and the forms in them, in the claim language.</summary>
internal static class ConditionText
{
    public static string Of(Condition condition)
    {
        string needed = Of(condition.Form, condition.Signs);
        string under = string.Join(" and ", condition.Under.Select(premise => premise.Text ?? Of(premise.Form!, premise.Signs)).Distinct());
        return under.Length == 0 ? needed : $"{under} => {needed}";
    }

    private static string Of(Form form, SignSet signs) => $"{Of(form)} {(signs.Minus, signs.Zero, signs.Plus) switch
    {
        (false, false, true) => ">",
        (false, true, true) => ">=",
        (true, false, false) => "<",
        (true, true, false) => "<=",
        (false, true, false) => "==",
        _ => "!=",
    }} 0";

    public static string Of(Form form)
    {
        var text = new System.Text.StringBuilder();
        foreach ((Word word, Rational coefficient) in form.Terms.OrderBy(term => term.Coefficient.Sign < 0))
        {
            text.Append(text.Length == 0 ? (coefficient.Sign < 0 ? "-" : "") : coefficient.Sign < 0 ? " - " : " + ");
            string letters = Of(word);
            text.Append(coefficient.Abs() == Rational.One && letters.Length > 0 ? letters : letters.Length > 0 ? $"{coefficient.Abs()}*{letters}" : coefficient.Abs().ToString());
        }
        return text.ToString();
    }

    private static string Of(Word word)
    {
        var exponents = Form.Of(word.Letters.Where(part => part.Letter is ExponentialLetter).Select(part => (((ExponentialLetter)part.Letter).Exponent, part.Power)));
        IEnumerable<string> factors = word.Letters.Where(part => part.Letter is not ExponentialLetter)
            .Select(part => part.Power == Rational.One ? Of(part.Letter) : $"{Of(part.Letter)}^{(part.Power.Sign < 0 ? $"({part.Power})" : part.Power.ToString())}");
        return string.Join('*', exponents.IsZero ? factors : factors.Append($"exp({Of(exponents)})"));
    }

    private static string Of(Letter letter) => letter switch
    {
        VariableLetter { Index: SumLetter.Bound } variable => $"{variable.Name}[k]",
        VariableLetter { Index: { } index } variable when index.StartsWith('∀') => $"{variable.Name}[i]",
        LogLetter log => $"log({Of(log.Argument)})",
        ReciprocalLetter reciprocal => $"(1/({Of(reciprocal.Argument)}))",
        SumLetter sum => $"sum(k: {Of(sum.Body)})",
        _ => letter.Key,
    };
}

using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>The form must have one of the signs for the claim to be defined, where all that it stands under holds.</summary>
/// <param name="Form">What must have a sign.</param>
/// <param name="Signs">Signs it must have.</param>
/// <param name="Under">The case: nothing is needed elsewhere.</param>
internal sealed record Condition(Form Form, SignSet Signs, Sequence<Premise> Under)
{
    /// <summary>A condition that shuts out only what the known signs leave open: where a form is not negative, that it be positive is that it be not 0.</summary>
    public static Condition Of(Form form, SignSet needed, SignSet known)
    {
        SignSet signs = new(needed.Minus || !known.Minus, needed.Zero || !known.Zero, needed.Plus || !known.Plus);
        // Of what may have either sign it is the same which one is written.
        bool turns = signs.Minus == signs.Plus && form.Split().Number.Sign < 0;
        return new(turns ? -form : form, signs, []);
    }

    public bool Mentions(Func<VariableLetter, bool> predicate) => Form.Mentions(predicate) || Under.Any(premise => premise.Form?.Mentions(predicate) == true);

    /// <summary>Form by form.</summary>
    public Condition Map(Func<Form, Form> function) =>
        new(function(Form), Signs, Under.Select(premise => premise.Form is { } form ? premise with { Form = function(form) } : premise).ToSequence());

    /// <summary>
    /// What the cases that together cover everything need: a condition of all of them simply, a condition of some under what tells them apart.
    /// </summary>
    public static IEnumerable<Condition> Join(IReadOnlyList<(IReadOnlyList<Premise> Premises, IReadOnlyList<Condition> Conditions)> cases)
    {
        foreach (Condition condition in cases.SelectMany(branch => branch.Conditions).Distinct())
        {
            if (cases.All(branch => branch.Conditions.Contains(condition)))
            {
                yield return condition;
                continue;
            }
            foreach ((IReadOnlyList<Premise> premises, IReadOnlyList<Condition> conditions) in cases)
            {
                if (conditions.Contains(condition))
                {
                    yield return condition with { Under = premises.Concat(condition.Under).ToSequence() };
                }
            }
        }
    }
}

/// <summary>What tells a case apart: the signs of a form, or where a position is.</summary>
internal sealed record Premise(Form? Form, SignSet Signs, string? Text);

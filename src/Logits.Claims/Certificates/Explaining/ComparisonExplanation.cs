using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>Explains why one comparison of two numbers holds.</summary>
internal sealed class ComparisonExplanation(Claim claim, StepList steps, (string Row, string Column) fresh)
{
    private readonly IdentityExplanation _identities = new(steps, fresh);

    private readonly string _letter = ((string[])["t", "s", "r", "a", "b"]).First(name => claim.Declarations.All(own => own.Name != name));

    public void Write(Scene scene, ReaderGoal goal, ProofNode proof)
    {
        switch (proof)
        {
            case IdentityNode:
                _identities.Write(scene, [goal]);
                break;
            case SignNode:
                WriteSign(scene, goal);
                break;
            case ReversedNode reversed:
                Write(scene, goal with { Relation = Relation.Greater }, reversed.Proof);
                break;
            case DoubleSumNode doubled:
                _identities.WriteSecondDerivatives(scene, goal);
                WriteDoubleSum(scene, "Over all pairs of positions, it is a sum of squares:", goal.Difference, doubled);
                break;
            case MonotoneNode monotone:
                WriteMonotone(scene, goal, monotone);
                break;
            default:
                _identities.WriteSecondDerivatives(scene, goal);
                WritePositive(scene, goal.Difference, goal.IsStrict, proof);
                break;
        }
    }

    /// <summary>Why a difference is positive, or not negative.</summary>
    private void WritePositive(Scene scene, string difference, bool strict, ProofNode proof)
    {
        switch (proof)
        {
            case CombinationNode combination:
                WriteCombination(scene, Lead(difference, "The difference of the two sides is:"), difference, strict, combination);
                break;
            case ExponentialNode exponential:
                WriteExponential(scene, difference, strict, exponential);
                break;
            case LogBoundNode bound:
                WriteLogBound(scene, difference, strict, bound);
                break;
            default:
                steps.Show("This is decided as it stands:", scene.Under($"{difference} {(strict ? ">" : ">=")} 0"));
                break;
        }
    }

    private void WriteCombination(Scene scene, string lead, string difference, bool strict, CombinationNode node)
    {
        string multiplier = scene.Words(node.Multiplier);
        string sum = scene.Words(Formulas.Of(node.Products));
        string whole = Formulas.Over(sum, multiplier);
        if (whole != $"({difference})")
        {
            steps.Show(lead, scene.Under($"{difference} == {whole}"));
        }
        ShowPositive(scene, multiplier);
        string[] differences = [.. node.Products.SelectMany(product => product.Factors).Distinct().Where(IsDifference).Select(scene.Words)];
        foreach (string text in differences)
        {
            steps.Show(Reason(text), strict ? [scene.Under($"{text} > 0"), scene.Under($"{text} >= 0")] : [scene.Under($"{text} >= 0")]);
        }
        bool hasSquare = node.Products.Any(product => product.Square is not null);
        if (hasSquare || node.Products.Count > 1 || (node.Products.Count == 1 && differences.Length == 0 && !IsPlainlyPositive(sum)))
        {
            steps.Show(
                hasSquare ? "A square is never negative, so that no term is:" : "No term is negative:",
                strict ? [scene.Under($"{sum} > 0"), scene.Under($"{sum} >= 0")] : [scene.Under($"{sum} >= 0")]);
        }
        else if (strict && differences.Length == 0)
        {
            steps.Show("That is positive:", scene.Under($"{sum} > 0"));
        }
    }

    private void WriteExponential(Scene scene, string difference, bool strict, ExponentialNode node)
    {
        string multiplier = scene.Words(node.Multiplier);
        string ratio = scene.Words(Formulas.Of(node.Ratio));
        steps.Show(Lead(difference, "The difference of the two sides is a logarithm:"), scene.Under($"{difference} == {Formulas.Over($"log({ratio})", multiplier)}"));
        ShowPositive(scene, multiplier);
        steps.Introduce(_letter, DomainSet.Reals);
        if (strict)
        {
            steps.Show("A logarithm is positive where its argument is larger than 1:", $"{_letter} > 1 => log({_letter}) > 0");
        }
        else
        {
            steps.Show("A logarithm is not negative where its argument is at least 1:", $"{_letter} >= 1 => log({_letter}) >= 0");
        }
        if (node.Difference is DoubleSumNode doubled)
        {
            WriteDoubleSum(scene, "Its argument less 1 is, over all pairs of positions, a sum of squares:", $"{ratio} - 1", doubled);
        }
        else if (node.Difference is CombinationNode combination)
        {
            WriteCombination(scene, "Its argument less 1 is:", $"{ratio} - 1", strict, combination);
        }
    }

    private void WriteLogBound(Scene scene, string difference, bool strict, LogBoundNode node)
    {
        string multiplier = scene.Words(node.Multiplier);
        string Sum(Func<WeightedLog, string> logarithm) => scene.Words(string.Join(" + ", node.Terms
            .Select(term => (Term: term, Text: $"({term.Weight})*{logarithm(term)}"))
            .Select(part => part.Term.Index is { } index ? $"sum({index}: {part.Text})" : part.Text)
            .Prepend(node.Rest).Where(text => text != "0")));
        string exact = Sum(term => $"log({Formulas.Of(term.Argument)})");
        string below = Sum(term => $"(1 - {Formulas.Reciprocal(term.Argument)})");
        steps.Show(Lead(difference, "The difference of the two sides is a sum of weights times logarithms:"), scene.Under($"{difference} == {Formulas.Over(exact, multiplier)}"));
        ShowPositive(scene, multiplier);
        foreach (string weight in node.Terms.Where(term => term.Index is null).Select(term => scene.Words(term.Weight)).Distinct().Where(weight => !IsPlainlyPositive(weight)).Take(2))
        {
            steps.Show("The weights are not negative:", scene.Under($"{weight} >= 0"));
        }
        steps.Introduce(_letter, DomainSet.Reals);
        steps.Show("A logarithm is never less than 1 minus the reciprocal of its argument:", $"{_letter} > 0 => log({_letter}) >= 1 - 1/{_letter}");
        WriteCombination(scene, "With that in place of each logarithm the sum is:", below, strict, node.Bound);
    }

    private void WriteDoubleSum(Scene scene, string lead, string difference, DoubleSumNode node)
    {
        string multiplier = node.Multiplier == "1" ? "2" : $"2*({scene.Words(node.Multiplier)})";
        string terms = scene.Words(Formulas.Of(node.Products));
        steps.Show(lead, scene.Under($"{difference} == sum(k: sum(l: {terms}))/({multiplier})"));
        ShowPositive(scene, multiplier);
        string Renamed(string text) => text.Replace("[k]", $"[{fresh.Row}]", StringComparison.Ordinal).Replace("[l]", $"[{fresh.Column}]", StringComparison.Ordinal);
        steps.Show("A square is never negative, so that no term of the sum is:", scene.Under($"{Renamed(terms)} >= 0"));
    }

    private void WriteMonotone(Scene scene, ReaderGoal goal, MonotoneNode node)
    {
        string parameter = node.Parameter;
        steps.Introduce(parameter, DomainSet.Reals);
        steps.Say($"Both sides are values of one function: {node.Function} at {parameter} = {node.From} and at {parameter} = {node.To}.");
        string slope = $"d/d{parameter}({node.Function})";
        Scene between = scene.Assume($"{node.From} <= {parameter} <= {node.To}");
        steps.Show(
            $"In between its derivative is {(goal.IsStrict ? node.Increasing ? "positive" : "negative" : node.Increasing ? "not negative" : "not positive")}:",
            between.Under($"{slope} {(node.Increasing ? ">" : "<")}{(goal.IsStrict ? "" : "=")} 0"));
        steps.Say("Why that is so:");
        WritePositive(between, node.Increasing ? slope : $"-{slope}", goal.IsStrict, node.Derivative);
    }

    /// <summary>The difference as a product, and the signs of its factors.</summary>
    private void WriteSign(Scene scene, ReaderGoal goal)
    {
        (Expression larger, Expression smaller) = goal.Relation is Relation.Greater or Relation.GreaterOrEqual ? (goal.Left, goal.Right) : (goal.Right, goal.Left);
        if (scene.View.Value(larger) is not { } a || scene.View.Value(smaller) is not { } b || (a - b) is not { IsZero: false } difference)
        {
            steps.Show("This is decided as it stands:", scene.Under(goal.IsStrict ? $"{goal.Difference} > 0" : $"{goal.Difference} >= 0"), scene.Under($"{goal.Difference} != 0"));
            return;
        }
        Content content = Content.Of(difference.Numerator);
        bool isProduct = content.Primitive.Terms.Count > 1;
        Polynomial primitive = content.Primitive;
        Rational coefficient = content.Coefficient;
        if (isProduct && !steps.Holds(scene.Under($"{scene.Words(ClaimText.Of(primitive))} >= 0")))
        {
            (primitive, coefficient) = (-primitive, -coefficient);
        }
        // Powers of sums that are divisors stand below the line.
        var above = Monomial.Of(content.Monomial.Factors.Where(factor => factor.Power > 0), content.Monomial.Exponent);
        var below = Monomial.Of(content.Monomial.Factors.Where(factor => factor.Power < 0), Polynomial.Zero).Inverse();
        string product = isProduct
            ? $"{Factor(Polynomial.Of(coefficient, above))}({ClaimText.Of(primitive)})"
            : ClaimText.Of(Polynomial.Of(coefficient, above) * primitive);
        string[] divisors = [.. below.IsOne ? [] : (string[])[ClaimText.Of(Polynomial.Of(Rational.One, below))],
            .. difference.Denominator.Select(factor => $"({ClaimText.Of(factor.Factor)}){(factor.Power == 1 ? "" : $"^{factor.Power}")}")];
        string whole = scene.Words(divisors.Length == 0 ? product : $"({product})/({string.Join("*", divisors)})");
        steps.Show(Lead(goal.Difference, "The difference of the two sides is:"), scene.Under($"{goal.Difference} == {whole}"));
        if (isProduct)
        {
            string text = scene.Words(ClaimText.Of(primitive));
            steps.Show(Reason(text), (goal.Relation == Relation.Equal ? ["=="] : (string[])[">", ">=", "<", "<=", "!="]).Select(relation => scene.Under($"{text} {relation} 0")));
        }
        else if (goal.Relation is not Relation.NotEqual)
        {
            steps.Show(goal.IsStrict ? "That is positive:" : "That is not negative:", scene.Under($"{whole} {(goal.IsStrict ? ">" : ">=")} 0"));
        }
    }

    private static string Factor(Polynomial polynomial) => polynomial.Equals(Polynomial.One) ? "" : polynomial.Equals(-Polynomial.One) ? "-" : $"{ClaimText.Of(polynomial)}*";

    /// <summary>Where one side is 0 there is no difference to speak of.</summary>
    private static string Lead(string difference, string lead) =>
        difference.Contains(" - ", StringComparison.Ordinal) && IsDifference(difference) ? lead : lead.Replace("The difference of the two sides is", "Multiplied out, it is", StringComparison.Ordinal);

    /// <summary>Whether something is subtracted outside all parentheses.</summary>
    private static bool IsDifference(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (depth == 0 && text.AsSpan(i).StartsWith(" - "))
            {
                return true;
            }
        }
        return false;
    }

    private void ShowPositive(Scene scene, string divisor)
    {
        bool isAssumed = scene.Hypotheses.Any(hypothesis => hypothesis.ToString() == $"{divisor} > 0");
        if (divisor != "1" && !isAssumed && !IsPlainlyPositive(divisor))
        {
            steps.Show("What it is divided by is positive:", scene.Under($"{divisor} > 0"));
        }
    }

    /// <summary>Whether nothing but sums of exponentials and numbers is in it.</summary>
    private bool IsPlainlyPositive(string text)
    {
        var outside = new System.Text.StringBuilder();
        int depth = 0, inExp = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (inExp < 0 && text.AsSpan(i).StartsWith("exp("))
            {
                inExp = depth;
                i += 3;
                depth++;
                continue;
            }
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (inExp < 0)
            {
                outside.Append(text[i]);
            }
            else if (depth == inExp)
            {
                inExp = -1;
            }
        }
        string rest = outside.ToString();
        return !rest.Contains('-', StringComparison.Ordinal)
            && claim.Declarations.All(own => !System.Text.RegularExpressions.Regex.IsMatch(rest, $@"\b{own.Name}\b"));
    }

    private static string Reason(string factor) =>
        factor.StartsWith("sum(", StringComparison.Ordinal) ? "A sum of positive terms is larger than one of them:"
        : factor.Contains("n*", StringComparison.Ordinal) && factor.Contains("sum(", StringComparison.Ordinal) ? "None of the n terms is larger than the largest:"
        : factor.StartsWith("exp(", StringComparison.Ordinal) ? "The exponential function increases:"
        : "By what is assumed:";
}

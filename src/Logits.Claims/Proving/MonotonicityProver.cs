using Logits.Claims.Certificates;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.Inequalities;

namespace Logits.Claims.Proving;

/// <summary>
/// Where one side is the other with a number or a scalar put in another's place, as in entropy(softmax(2x)) and entropy(softmax(x)),
/// compares them by the sign of the derivative in between.
/// </summary>
internal static class MonotonicityProver
{
    private static readonly string[] FreshNames = ["s", "t", "r", "q"];
    private static readonly Rational[] Places = [1, 0, 2, new(1, 2), 3, -1];

    public static MonotoneNode? Prove(ScalarGoal goal, FactBase facts, Situation situation)
    {
        if (goal.Source is not { } source)
        {
            return null;
        }
        string name = FreshNames.First(candidate => situation.Claim.Declarations.All(declaration => declaration.Name != candidate));
        var parameter = new Variable(name, Shape.Scalar, default);
        foreach ((Expression side, Quotient other) in (IEnumerable<(Expression, Quotient)>)[(source.Left, goal.Right), (source.Right, goal.Left)])
        {
            foreach ((Expression function, Expression here) in Parameterise(side, parameter, situation.Claim))
            {
                Budget.CheckNow();
                if (TryProve(function, here, ReferenceEquals(side, source.Left)) is { } proof)
                {
                    return proof;
                }
            }

            MonotoneNode? TryProve(Expression function, Expression here, bool isLeft)
            {
                foreach (Rational place in Places)
                {
                    if (EvaluateAt(function, name, Quotient.Of(place), facts, situation) is { } there && (there - other).IsZero)
                    {
                        return Between(function, here, place, isLeft);
                    }
                }
                return null;
            }

            MonotoneNode? Between(Expression function, Expression here, Rational place, bool isLeft)
            {
                var symbol = new Symbol(name);
                Quotient hereValue = situation.Evaluator(new ExactArithmetic(facts)).Evaluate(here).Number;
                Quotient placeValue = Quotient.Of(place);
                Signs order = facts.SignsOf(hereValue - placeValue);
                bool above = order.Within(Signs.NonNegative);
                if (!above && !order.Within(Signs.NonPositive))
                {
                    return null;
                }
                (Quotient low, Quotient high) = above ? (placeValue, hereValue) : (hereValue, placeValue);
                FactBase between = WithParameter(facts, Quotient.Of(symbol), low, high);
                var arithmetic = new ExactArithmetic(between, isSmooth: true);
                ExactEvaluator evaluator = situation.Evaluator(arithmetic);
                evaluator.Bind(name, Value<Quotient>.Scalar(Quotient.Of(symbol)));
                Quotient value = evaluator.Evaluate(function).Number;
                if (arithmetic.Conditions.Count > 0)
                {
                    return null;
                }
                // left ≤ right with left = f(here): f increases where here is below, decreases where it is above.
                bool increasing = isLeft != above;
                Quotient slope = Differentiation.By(symbol, value) * (increasing ? Rational.One : -Rational.One);
                bool strict = goal.IsStrict;
                if (strict && order.HasFlag(Signs.Zero))
                {
                    return null;
                }
                return InequalityProver.Prove(slope, between, strict) is { } derivative
                    ? new(function.ToString(), name, ClaimText.Of(low), ClaimText.Of(high), increasing, derivative)
                    : null;
            }
        }
        return null;
    }

    /// <summary>The facts that low ≤ parameter ≤ high gives, its own sign among them.</summary>
    private static FactBase WithParameter(FactBase facts, Quotient parameter, Quotient low, Quotient high)
    {
        Signs lowSigns = facts.SignsOf(low);
        Signs highSigns = facts.SignsOf(high);
        if (lowSigns.Within(Signs.NonNegative))
        {
            facts = facts.With(parameter.Numerator, lowSigns == Signs.Positive ? Signs.Positive : Signs.NonNegative);
        }
        else if (highSigns.Within(Signs.NonPositive))
        {
            facts = facts.With(parameter.Numerator, highSigns == Signs.Negative ? Signs.Negative : Signs.NonPositive);
        }
        return facts.With((parameter - low).Numerator, Signs.NonNegative).With((high - parameter).Numerator, Signs.NonNegative);
    }

    private static Quotient? EvaluateAt(Expression function, string name, Quotient value, FactBase facts, Situation situation)
    {
        try
        {
            ExactEvaluator evaluator = situation.Evaluator(new ExactArithmetic(facts));
            evaluator.Bind(name, Value<Quotient>.Scalar(value));
            return evaluator.Evaluate(function).Number;
        }
        catch (Exception undefined) when (undefined is UndefinedException or NeedsCaseException)
        {
            return null;
        }
    }

    /// <summary>The expression with the parameter in place of each scalar variable, and of each number, with what it stands for.</summary>
    private static IEnumerable<(Expression Function, Expression Here)> Parameterise(Expression expression, Variable parameter, Claim claim)
    {
        foreach (Declaration declaration in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Reals))
        {
            var variable = new Variable(declaration.Name, Shape.Scalar, default);
            Expression function = Rewriting.Replace(expression, node => node is Variable { Kind: Kind.Scalar } candidate && candidate.Name == variable.Name ? parameter : null);
            if (!function.Equals(expression))
            {
                yield return (function, variable);
            }
        }
        foreach (Number number in Rewriting.Nodes(expression).OfType<Number>().Where(number => number.Kind == Kind.Scalar).Distinct())
        {
            yield return (Rewriting.Replace(expression, node => node.Equals(number) ? parameter : null), number);
        }
    }
}

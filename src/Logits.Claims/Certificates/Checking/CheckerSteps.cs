using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>The steps that prove one scalar comparison.</summary>
internal sealed partial class CertificateChecker
{
    private void CheckComparison(Comparand goal, CaseContext context, ProofNode? proof)
    {
        bool strict = !goal.Signs.Zero;
        switch (proof)
        {
            case IdentityNode when goal.Signs.Zero:
                RequireEqual(goal.Difference, Fraction.Zero, "an identity");
                break;
            case SignNode:
                if (!context.Signs.Of(goal.Difference).Implies(goal.Signs))
                {
                    throw new RejectedException("a sign does not follow from the facts");
                }
                Note(goal.Difference, goal.Signs, context, []);
                break;
            case ReversedNode reversed when goal.Signs == SignSet.NotZero:
                CheckComparison(new(-goal.Difference, SignSet.Positive, goal.Right, goal.Left), context, reversed.Proof);
                break;
            case CombinationNode combination when goal.Signs.Plus:
                CheckCombination(goal.Difference, combination, context, strict);
                break;
            case ExponentialNode exponential when goal.Signs.Plus:
                CheckExponential(goal.Difference, exponential, context, strict);
                break;
            case LogBoundNode bound when goal.Signs.Plus:
                CheckLogBound(goal.Difference, bound, context, strict);
                break;
            case DoubleSumNode doubled when goal.Signs.Plus && goal.Signs.Zero:
                CheckDoubleSum(goal.Difference, doubled, context);
                break;
            case MonotoneNode monotone when goal.Signs.Plus:
                CheckMonotone(goal, monotone, context, strict);
                break;
            default:
                throw new RejectedException($"a step {proof?.GetType().Name} does not prove this comparison");
        }
    }

    /// <summary>multiplier · difference = Σ products, each product not negative and, for a strict comparison, one of them positive.</summary>
    private void CheckCombination(Fraction difference, CombinationNode node, CaseContext context, bool strict)
    {
        Fraction multiplier = Positive(node.Multiplier, context);
        (Fraction sum, bool positive) = SumOf(node.Products, context);
        if (strict && !positive)
        {
            throw new RejectedException("no product of a strict combination is positive");
        }
        RequireEqual(multiplier * difference, sum, "a combination");
        Note(difference, strict ? SignSet.Positive : SignSet.NotNegative, context, node.Products);
    }

    private (Fraction Sum, bool Positive) SumOf(IReadOnlyList<Product> products, CaseContext context, params IEnumerable<string> generic)
    {
        Fraction sum = Fraction.Zero;
        bool positive = false;
        foreach (Product product in products)
        {
            Fraction value = Fraction.Of(CertificateText.Number(product.Coefficient));
            bool isPositive = CertificateText.Number(product.Coefficient).Sign > 0;
            if (!isPositive)
            {
                throw new RejectedException("a coefficient that is not positive");
            }
            foreach (string text in product.Factors)
            {
                Fraction factor = Parse(text, context, generic);
                SignSet signs = context.Signs.Of(factor);
                if (!signs.Implies(SignSet.NotNegative))
                {
                    throw new RejectedException($"nothing says that {text} is not negative");
                }
                isPositive &= !signs.Zero;
                value *= factor;
            }
            if (product.Square is { } root)
            {
                Fraction square = Parse(root, context, generic);
                isPositive &= context.Signs.Of(square).Implies(SignSet.NotZero);
                value = value * square * square;
            }
            positive |= isPositive;
            sum += value;
        }
        return (sum, positive);
    }

    private Fraction Positive(string text, CaseContext context, params IEnumerable<string> generic)
    {
        Fraction value = Parse(text, context, generic);
        return context.Signs.Of(value) == SignSet.Positive ? value : throw new RejectedException($"nothing says that {text} is positive");
    }

    /// <summary>A positive product of powers, with its logarithm.</summary>
    private (Fraction Value, Fraction Logarithm) Read(PowerProduct product, CaseContext context, params IEnumerable<string> generic)
    {
        Fraction exponent = Parse(product.Exponent, context, generic);
        Fraction value = Powers.Exp(exponent);
        Fraction logarithm = exponent;
        foreach (BasePower part in product.Powers)
        {
            Fraction argument = Positive(part.Base, context, generic);
            Rational power = CertificateText.Number(part.Power);
            if (!power.IsInteger || power.Abs() > 200)
            {
                throw new RejectedException("a power that is no small integer");
            }
            value *= argument.Pow((int)power.Numerator);
            logarithm += context.Log(argument) * Fraction.Of(power);
        }
        return (value, logarithm);
    }

    private void CheckExponential(Fraction difference, ExponentialNode node, CaseContext context, bool strict)
    {
        Fraction multiplier = Positive(node.Multiplier, context);
        (Fraction ratio, Fraction logarithm) = Read(node.Ratio, context);
        RequireEqual(multiplier * difference, logarithm, "a logarithm");
        // log(ratio) has the sign of ratio − 1.
        switch (node.Difference)
        {
            case CombinationNode combination:
                CheckCombination(ratio - Fraction.One, combination, context, strict);
                break;
            case DoubleSumNode doubled when !strict:
                CheckDoubleSum(ratio - Fraction.One, doubled, context);
                break;
            default:
                throw new RejectedException("a logarithm is compared with 0 by a step that cannot stand here");
        }
    }

    private void CheckLogBound(Fraction difference, LogBoundNode node, CaseContext context, bool strict)
    {
        Fraction multiplier = Positive(node.Multiplier, context);
        Fraction sum = Parse(node.Rest, context);
        Fraction bound = sum;
        foreach (WeightedLog term in node.Terms)
        {
            (Fraction exact, Fraction below) = term.Index is null ? Weighted(term, context, []) : SummedOver(term, context);
            sum += exact;
            bound += below;
        }
        RequireEqual(multiplier * difference, sum, "a sum of logarithms");
        CheckCombination(bound, node.Bound, context, strict);
    }

    private (Fraction Exact, Fraction Bound) Weighted(WeightedLog term, CaseContext context, params IEnumerable<string> generic)
    {
        Fraction weight = Parse(term.Weight, context, generic);
        if (!context.Signs.Of(weight).Implies(SignSet.NotNegative))
        {
            throw new RejectedException($"nothing says that the weight {term.Weight} is not negative");
        }
        (Fraction argument, Fraction logarithm) = Read(term.Argument, context, generic);
        return (weight * logarithm, weight * (Fraction.One - argument.Inverse()));
    }

    private (Fraction Exact, Fraction Bound) SummedOver(WeightedLog term, CaseContext context)
    {
        var reader = new Reader(context);
        var all = new Positions([], true);
        Fraction Part(string position, bool exact)
        {
            CaseContext inside = context.Inner();
            inside.Choose(term.Index!, position);
            (Fraction value, Fraction bound) = Weighted(term, inside, position);
            return exact ? value : bound;
        }
        return context.Size is null
            ? (reader.Sum(all, position => Part(position, true)), reader.Sum(all, position => Part(position, false)))
            : throw new RejectedException("a sum over a generic position at one size");
    }

    private void CheckDoubleSum(Fraction difference, DoubleSumNode node, CaseContext context)
    {
        if (context.Size is not null)
        {
            throw new RejectedException("a double sum over generic positions at one size");
        }
        Fraction multiplier = Positive(node.Multiplier, context);
        CaseContext At(string k, string l)
        {
            CaseContext inside = context.Inner();
            inside.Choose("k", k);
            inside.Choose("l", l);
            return inside;
        }
        Fraction Body(string k, string l) => CertificateText.Read(node.Body, _claim, At(k, l), k, l);
        var reader = new Reader(context);
        var all = new Positions([], true);
        RequireEqual(multiplier * difference, reader.Sum(all, k => reader.Sum(all, l => Body(k, l))), "a double sum");
        // Two positions may be any two with names, one such and another, two others, or one and the same.
        string[] first = [.. context.Named, "∀k"];
        foreach ((string k, string l) in first.SelectMany((k, i) => first.Skip(i).Append("∀l").Select(l => (k, l))))
        {
            CaseContext pair = At(k, l);
            (Fraction products, _) = SumOf(node.Products, pair, k, l);
            Fraction symmetric = Body(k, l) + Body(l, k);
            RequireEqual(symmetric, products, "a symmetric body");
            Note(symmetric, SignSet.NotNegative, pair, node.Products);
        }
    }

    private void CheckMonotone(Comparand goal, MonotoneNode node, CaseContext context, bool strict)
    {
        if (goal.Left is null || goal.Right is null || node.Parameter == "n" || _claim.Declarations.Any(declaration => declaration.Name == node.Parameter))
        {
            throw new RejectedException("a comparison that is not of two expressions, or a parameter that is a variable of the claim");
        }
        Expression function = CertificateText.Expression(node.Function, _claim, node.Parameter);
        Fraction from = Parse(node.From, context);
        Fraction to = Parse(node.To, context);
        SignSet order = context.Signs.Of(to - from);
        if (!order.Implies(strict ? SignSet.Positive : SignSet.NotNegative))
        {
            throw new RejectedException("nothing says that the parameter grows");
        }
        Fraction At(Fraction value, CaseContext inside)
        {
            var reader = new Reader(inside);
            reader.Bind(node.Parameter, new ScalarQuantity(value));
            return reader.Scalar(function);
        }
        // right − left = ±(f(to) − f(from))
        CaseContext ends = context.Inner();
        Fraction rise = At(to, ends) - At(from, ends);
        if (ends.Conditions.Count > 0)
        {
            throw new RejectedException("nothing says that the function is defined at its ends");
        }
        RequireEqual(goal.Difference, node.Increasing ? rise : -rise, "a function's values");
        CaseContext between = context.Smooth();
        var letter = new VariableLetter(node.Parameter, null);
        Fraction parameter = Fraction.Of(letter);
        SignSet low = context.Signs.Of(from);
        SignSet high = context.Signs.Of(to);
        if (low.Implies(SignSet.NotNegative))
        {
            between.Signs.Assume(parameter, low == SignSet.Positive ? SignSet.Positive : SignSet.NotNegative);
        }
        else if (high.Implies(SignSet.NotNegative.Flip))
        {
            between.Signs.Assume(parameter, high == SignSet.Positive.Flip ? SignSet.Positive.Flip : SignSet.NotNegative.Flip);
        }
        between.Signs.Assume(parameter - from, SignSet.NotNegative);
        between.Signs.Assume(to - parameter, SignSet.NotNegative);
        Fraction value = At(parameter, between);
        if (between.Conditions.Count > 0)
        {
            throw new RejectedException("the function is not defined everywhere in between");
        }
        Fraction slope = Slope.By(node.Parameter, null, value);
        CheckComparison(new(node.Increasing ? slope : -slope, strict ? SignSet.Positive : SignSet.NotNegative, null, null), between, node.Derivative);
    }
}

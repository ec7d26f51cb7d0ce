using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Limits;

namespace Logits.Claims.Evaluating;

/// <summary>Evaluates to exact expressions, derivatives and limits included.</summary>
internal sealed class ExactEvaluator(ExactArithmetic arithmetic, int size) : Evaluator<Quotient>(arithmetic, size)
{
    private const string FreshPrefix = "·";

    private int _limits;

    private ExactArithmetic Exact => (ExactArithmetic)Arithmetic;

    /// <summary>The symbol of an entry of a vector variable.</summary>
    public static string EntryName(string variable, int index) => $"{variable}[{index}]";

    public static Value<Quotient> SymbolicVector(string name, int size) =>
        Value<Quotient>.Vector([.. Enumerable.Range(1, size).Select(k => Quotient.Of(new Symbol(EntryName(name, k))))]);

    protected override Value<Quotient> EvaluateCalculus(Expression expression) => expression switch
    {
        Derivative derivative => Differentiate(derivative),
        PartialDerivative partial => Differentiate(partial),
        Limit limit => TakeLimit(limit),
        _ => throw new UndefinedException($"{expression} cannot be evaluated"),
    };

    private Value<Quotient> Differentiate(Derivative derivative)
    {
        Value<Quotient> at = Evaluate(derivative.At);
        Quotient body = OnFreshSymbols(derivative.Body, derivative.By, at, out Interpretation<Quotient> back).Number;
        Symbol[] symbols = [.. Enumerable.Range(1, at.Rows).Select(k => new Symbol(EntryName(FreshPrefix + derivative.By.Name, k)))];
        Quotient[] gradient = [.. symbols.Select(symbol => Differentiation.By(symbol, body))];
        return derivative.Order == 1
            ? Value<Quotient>.Vector([.. gradient.Select(back.Of)])
            : Value<Quotient>.Matrix(at.Rows, (i, j) => back.Of(Differentiation.By(symbols[j], gradient[i])));
    }

    private Value<Quotient> Differentiate(PartialDerivative partial)
    {
        Value<Quotient> body = OnFreshSymbols(partial.Body, partial.By, ValueOf(partial.By.Name), out Interpretation<Quotient> back);
        string name = FreshPrefix + partial.By.Name;
        var symbol = new Symbol(partial.Index is null ? name : EntryName(name, IndexOf(partial.Index)));
        return body.Map(entry => back.Of(Differentiation.By(symbol, entry)));
    }

    /// <summary>Evaluates the body with fresh symbols for a variable, and gives the way back from them to the variable's values.</summary>
    private Value<Quotient> OnFreshSymbols(Expression body, Variable by, Value<Quotient> at, out Interpretation<Quotient> back)
    {
        string name = FreshPrefix + by.Name;
        var values = new Dictionary<string, Quotient>();
        for (int k = 1; k <= at.Entries.Length; k++)
        {
            values[at.Kind == Kind.Scalar ? name : EntryName(name, k)] = at.Entries[k - 1];
        }
        var inner = new ExactArithmetic(Exact.Facts, isSmooth: true);
        ExactEvaluator evaluator = Copy(inner);
        evaluator.Bind(by.Name, at.Kind == Kind.Scalar ? Value<Quotient>.Scalar(Quotient.Of(new Symbol(name))) : SymbolicVector(name, at.Rows));
        Value<Quotient> result;
        try
        {
            result = evaluator.Evaluate(body);
        }
        catch (NeedsCaseException)
        {
            throw new UndefinedException("a derivative of something that has none where entries tie");
        }
        back = new Interpretation<Quotient>(Exact, symbol => values.GetValueOrDefault(symbol) ?? Quotient.Of(new Symbol(symbol)));
        foreach (Condition condition in inner.Conditions)
        {
            Exact.Require(back.Of(condition.Polynomial), condition.Signs);
        }
        return result;
    }

    private Value<Quotient> TakeLimit(Limit limit)
    {
        // A limit within a limit has a variable of its own.
        var variable = new Symbol($"→∞{_limits + 1}");
        var inner = new ExactArithmetic(Exact.Facts.With(Polynomial.Of(variable), Proving.Facts.Signs.Positive));
        ExactEvaluator evaluator = Copy(inner);
        evaluator._limits = _limits + 1;
        Quotient towards = limit.Point switch
        {
            LimitPoint.PlusInfinity => Quotient.Of(variable),
            LimitPoint.MinusInfinity => -Quotient.Of(variable),
            _ => Quotient.Of(variable).Inverse(),
        };
        evaluator.Bind(limit.Variable.Name, Value<Quotient>.Scalar(towards));
        try
        {
            Value<Quotient> body = evaluator.Evaluate(limit.Body);
            return inner.Conditions.Count == 0 && !inner.UsesContinuity
                ? body.Map(new LimitAtInfinity(Exact, variable).Of)
                : throw new UndefinedException("was not worked out: what it is of is not defined everywhere on the way");
        }
        catch (NeedsCaseException needed) when (needed.Candidates.Any(candidate => DependsOn(candidate, variable)))
        {
            throw new NeedsCaseException(needed.CaseKind, Without(variable, needed.Candidates)
                ?? throw new UndefinedException($"{limit} was not worked out: which entry is largest changes on the way"));
        }
        catch (NotFiniteException infinite)
        {
            string term = ClaimText.Of(InVariableOf(limit, variable, infinite.LeadingTerm));
            throw new UndefinedException($"{limit} has no finite value: there it grows like {term}");
        }
        catch (UndefinedException undefined) when (undefined is not NoValueException && !undefined.Message.StartsWith("limit(", StringComparison.Ordinal))
        {
            throw new UndefinedException($"{limit} {undefined.Message}");
        }
    }

    private static bool DependsOn(Quotient quotient, Symbol variable) => quotient.Contains(atom => atom.Equals(variable));

    /// <summary>Candidates for the largest, all multiplied by one power of the variable, which is positive and changes no order.</summary>
    private static Quotient[]? Without(Symbol variable, IReadOnlyList<Quotient> candidates)
    {
        int power = candidates.SelectMany(candidate => candidate.Numerator.Terms).Max(term => term.Monomial.PowerOf(variable));
        Quotient scale = Quotient.Of(variable).Pow(-power);
        Quotient[] scaled = [.. candidates.Select(candidate => candidate * scale)];
        return scaled.Any(candidate => DependsOn(candidate, variable)) ? null : scaled;
    }

    /// <summary>A term in the variable that the claim names.</summary>
    private Quotient InVariableOf(Limit limit, Symbol symbol, Quotient term)
    {
        Quotient variable = Quotient.Of(new Symbol(limit.Variable.Name));
        Quotient value = limit.Point switch { LimitPoint.PlusInfinity => variable, LimitPoint.MinusInfinity => -variable, _ => variable.Inverse() };
        return new Interpretation<Quotient>(new ExactArithmetic(Exact.Facts), name => name == symbol.Name ? value : Quotient.Of(new Symbol(name))).Of(term);
    }

    private ExactEvaluator Copy(ExactArithmetic arithmetic)
    {
        var copy = new ExactEvaluator(arithmetic, Size) { _limits = _limits };
        foreach ((string name, Value<Quotient> value) in Values)
        {
            copy.Bind(name, value);
        }
        foreach ((string name, int index) in Indices)
        {
            copy.Bind(name, index);
        }
        return copy;
    }
}

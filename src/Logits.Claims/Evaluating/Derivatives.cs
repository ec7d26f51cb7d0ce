using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Evaluating;

/// <summary>
/// The derivatives of a claim at one size, worked out once with a symbol for every variable; their values at points follow by putting the
/// points' coordinates in.
/// </summary>
internal sealed class Derivatives(Claim claim, int size)
{
    // By the expression and the values of the positions that it mentions.
    private readonly Dictionary<(Expression, string), Value<Quotient>?> _symbolic = [];
    private readonly Dictionary<Expression, string[]> _positions = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The derivative in the variables' symbols, or null where it must be worked out at each point by itself: it holds only under conditions, depends
    /// on which entries are largest, or has a limit in it.
    /// </summary>
    public Value<Quotient>? Of(Expression expression, IReadOnlyDictionary<string, int> indices)
    {
        if (expression is not (Derivative or PartialDerivative))
        {
            return null;
        }
        if (!_positions.TryGetValue(expression, out string[]? positions))
        {
            _positions[expression] = positions = [.. Rewriting.Nodes(expression).OfType<Variable>().Where(node => node.Kind == Kind.Index).Select(node => node.Name).Distinct()];
        }
        (Expression, string) key = (expression, string.Join(' ', positions.Select(name => indices.GetValueOrDefault(name))));
        if (!_symbolic.TryGetValue(key, out Value<Quotient>? derivative))
        {
            _symbolic[key] = derivative = WorkOut(expression, indices);
        }
        return derivative;
    }

    private Value<Quotient>? WorkOut(Expression expression, IReadOnlyDictionary<string, int> indices)
    {
        if (Rewriting.Nodes(expression).Any(node => node is Limit))
        {
            return null;
        }
        var arithmetic = new ExactArithmetic(FactBase.Empty);
        var evaluator = new ExactEvaluator(arithmetic, size);
        foreach (Declaration declaration in claim.Declarations.Where(declaration => declaration.Domain.Set != DomainSet.Indices))
        {
            evaluator.Bind(declaration.Name, declaration.Domain.Set == DomainSet.Reals
                ? Value<Quotient>.Scalar(Quotient.Of(new Symbol(declaration.Name)))
                : ExactEvaluator.SymbolicVector(declaration.Name, declaration.Domain.Size.At(size)));
        }
        foreach ((string name, int index) in indices)
        {
            evaluator.Bind(name, index);
        }
        try
        {
            Value<Quotient> derivative = evaluator.Evaluate(expression);
            return arithmetic.Conditions.Count == 0 ? derivative : null;
        }
        catch (Exception open) when (open is UndefinedException or NeedsCaseException or TooLargeException)
        {
            return null;
        }
    }
}

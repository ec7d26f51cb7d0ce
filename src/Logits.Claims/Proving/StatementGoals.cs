using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving;

/// <summary>Breaks statements into scalar comparisons, in a fixed order that a certificate follows.</summary>
internal static class StatementGoals
{
    private static readonly string[] FreshNames = ["v", "u", "w", "z", "q", "r"];

    public static IEnumerable<ScalarGoal> Of(Statement statement, ExactEvaluator evaluator, Claim claim) => statement switch
    {
        Comparison comparison => Of(comparison, evaluator),
        Conjunction conjunction => conjunction.Parts.SelectMany(part => Of(part, evaluator, claim)),
        Membership { Domain.Set: DomainSet.Simplex } membership => InSimplex(evaluator.Evaluate(membership.Subject)),
        PositiveSemidefinite semidefinite => Of(semidefinite, evaluator, claim),
        _ => throw new UndefinedException($"\"{statement}\" is beyond what can be proved"),
    };

    private static IEnumerable<ScalarGoal> Of(Comparison comparison, ExactEvaluator evaluator)
    {
        for (int i = 0; i < comparison.Relations.Count; i++)
        {
            Value<Quotient> left = evaluator.Evaluate(comparison.Operands[i]);
            Value<Quotient> right = evaluator.Evaluate(comparison.Operands[i + 1]);
            (Expression, Expression)? source = left.Kind == Kind.Scalar && right.Kind == Kind.Scalar ? (comparison.Operands[i], comparison.Operands[i + 1]) : null;
            int count = Math.Max(left.Entries.Length, right.Entries.Length);
            if (comparison.Relations[i] == Relation.NotEqual && count > 1)
            {
                throw new UndefinedException("that two vectors differ in some entry is beyond what can be proved");
            }
            for (int k = 0; k < count; k++)
            {
                yield return ScalarGoal.Of(left.Entries[Math.Min(k, left.Entries.Length - 1)], comparison.Relations[i], right.Entries[Math.Min(k, right.Entries.Length - 1)], source);
            }
        }
    }

    private static IEnumerable<ScalarGoal> InSimplex(Value<Quotient> vector)
    {
        Quotient total = Quotient.Zero;
        foreach (Quotient entry in vector.Entries)
        {
            yield return ScalarGoal.Of(Quotient.Zero, Relation.LessOrEqual, entry);
            total += entry;
        }
        yield return ScalarGoal.Of(total, Relation.Equal, Quotient.One);
    }

    private static IEnumerable<ScalarGoal> Of(PositiveSemidefinite statement, ExactEvaluator evaluator, Claim claim)
    {
        Value<Quotient> matrix = evaluator.Evaluate(statement.Matrix);
        string name = FreshNames.First(candidate => claim.Declarations.All(declaration => declaration.Name != candidate));
        Quotient[] vector = ExactEvaluator.SymbolicVector(name, matrix.Rows).Entries;
        Quotient form = Quotient.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Rows; j++)
            {
                if (i < j)
                {
                    yield return ScalarGoal.Of(matrix[i, j], Relation.Equal, matrix[j, i]);
                }
                form += vector[i] * matrix[i, j] * vector[j];
            }
        }
        yield return ScalarGoal.Of(Quotient.Zero, Relation.LessOrEqual, form);
    }
}

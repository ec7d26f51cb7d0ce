using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>Breaks statements into scalar comparisons with n left open: at the positions with names, at those beyond the n-th, and at generic ones.</summary>
internal static class OpenGoals
{
    private static readonly string[] FreshVectors = ["v", "u", "w", "z", "q", "r"];

    public static IEnumerable<ScalarGoal> Of(Statement statement, OpenEvaluator evaluator, OpenSituation situation, bool forgiving) => statement switch
    {
        Conjunction conjunction => conjunction.Parts.SelectMany(part => Of(part, evaluator, situation, forgiving)),
        Comparison comparison => Of(comparison, evaluator, situation, forgiving),
        Membership { Domain.Set: DomainSet.Simplex } membership => InSimplex(membership, evaluator, situation),
        PositiveSemidefinite semidefinite when !forgiving => Of(semidefinite, evaluator, situation),
        _ => forgiving ? [] : throw new UndefinedException($"\"{statement}\" with n left open"),
    };

    private static IEnumerable<ScalarGoal> Of(Comparison comparison, OpenEvaluator evaluator, OpenSituation situation, bool forgiving)
    {
        for (int i = 0; i < comparison.Relations.Count; i++)
        {
            if (comparison.Operands[i].Kind == Kind.Index)
            {
                bool equal = evaluator.PositionOf(comparison.Operands[i]) == evaluator.PositionOf(comparison.Operands[i + 1]);
                yield return ScalarGoal.Of(Quotient.Zero, comparison.Relations[i], equal ? Quotient.Zero : Quotient.One);
                continue;
            }
            OpenValue left = evaluator.Evaluate(comparison.Operands[i]);
            OpenValue right = evaluator.Evaluate(comparison.Operands[i + 1]);
            if (comparison.Relations[i] == Relation.NotEqual && (left is not OpenScalar || right is not OpenScalar))
            {
                if (forgiving)
                {
                    continue;
                }
                throw new UndefinedException("that two vectors differ in some entry");
            }
            foreach ((Quotient a, Quotient b) in Entries(left, right, evaluator, situation))
            {
                yield return ScalarGoal.Of(a, comparison.Relations[i], b);
            }
        }
    }

    private static IEnumerable<(Quotient Left, Quotient Right)> Entries(OpenValue left, OpenValue right, OpenEvaluator evaluator, OpenSituation situation)
    {
        switch (left, right)
        {
            case (OpenScalar a, OpenScalar b):
                yield return (a.Value, b.Value);
                break;
            case (OpenMatrix or OpenScalar, OpenMatrix or OpenScalar):
                OpenMatrix matrix = (left as OpenMatrix) ?? (OpenMatrix)right;
                foreach (string row in Positions(matrix.Beyond, matrix.HasGeneric, situation))
                {
                    foreach (string column in Positions(matrix.Beyond, matrix.HasGeneric, situation).Concat(matrix.HasGeneric && row == "row" ? ["column"] : []))
                    {
                        yield return evaluator.At(row, () => evaluator.At(column, () => (Entry(left, row, column), Entry(right, row, column))));
                    }
                }
                break;
            default:
                OpenVector vector = (left as OpenVector) ?? (OpenVector)right;
                foreach (string position in Positions(vector.Beyond, vector.HasGeneric, situation))
                {
                    yield return evaluator.At(position, () => (Entry(left, position), Entry(right, position)));
                }
                break;
        }
    }

    private static IEnumerable<string> Positions(IReadOnlyList<string> beyond, bool hasGeneric, OpenSituation situation) =>
        hasGeneric ? situation.Named.Concat(beyond).Append("row") : beyond;

    private static Quotient Entry(OpenValue value, string position) => value is OpenVector vector ? vector.Entry(position) : ((OpenScalar)value).Value;

    private static Quotient Entry(OpenValue value, string row, string column) => value is OpenMatrix matrix ? matrix.Entry(row, column) : ((OpenScalar)value).Value;

    private static IEnumerable<ScalarGoal> InSimplex(Membership membership, OpenEvaluator evaluator, OpenSituation situation)
    {
        var vector = (OpenVector)evaluator.Evaluate(membership.Subject);
        foreach (string position in Positions(vector.Beyond, vector.HasGeneric, situation))
        {
            yield return ScalarGoal.Of(Quotient.Zero, Relation.LessOrEqual, evaluator.At(position, () => vector.Entry(position)));
        }
        yield return ScalarGoal.Of(evaluator.Sum((vector.Beyond, vector.HasGeneric), vector.Entry), Relation.Equal, Quotient.One);
    }

    private static IEnumerable<ScalarGoal> Of(PositiveSemidefinite statement, OpenEvaluator evaluator, OpenSituation situation)
    {
        var matrix = (OpenMatrix)evaluator.Evaluate(statement.Matrix);
        string name = FreshVectors.First(candidate => situation.Claim.Declarations.All(declaration => declaration.Name != candidate));
        Quotient Direction(string position) => Quotient.Of(new Symbol(IndexRenaming.Entry(name, position)));
        string[] rows = [.. Positions(matrix.Beyond, matrix.HasGeneric, situation)];
        string[] columns = matrix.HasGeneric ? [.. rows, "column"] : rows;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < columns.Length; j++)
            {
                (string row, string column) = (rows[i], columns[j]);
                yield return evaluator.At(row, () => evaluator.At(column, () => ScalarGoal.Of(matrix.Entry(row, column), Relation.Equal, matrix.Entry(column, row))));
            }
        }
        var layout = (matrix.Beyond, matrix.HasGeneric);
        yield return ScalarGoal.Of(Quotient.Zero, Relation.LessOrEqual, evaluator.Sum(layout, row => evaluator.Sum(layout, column => Direction(row) * matrix.Entry(row, column) * Direction(column))));
    }
}

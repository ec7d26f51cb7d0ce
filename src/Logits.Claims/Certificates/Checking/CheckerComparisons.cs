using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Statements as scalar comparisons, in the order in which a certificate proves them.</summary>
internal sealed partial class CertificateChecker
{
    private static readonly string[] FreshVectors = ["v", "u", "w", "z", "q", "r"];

    // Forgiving: statements that cannot be used are passed over, which is right for hypotheses and wrong for conclusions.
    private IEnumerable<Comparand> Comparisons(IEnumerable<Statement> statements, CaseContext context, bool forgiving)
    {
        foreach (Statement statement in statements)
        {
            IEnumerable<Comparand> parts = statement switch
            {
                Conjunction conjunction => Comparisons(conjunction.Parts, context, forgiving),
                Comparison comparison => Of(comparison, context, forgiving),
                Membership { Domain.Set: DomainSet.Simplex } membership => InSimplex(membership, context),
                PositiveSemidefinite semidefinite when !forgiving => Of(semidefinite, context),
                _ => forgiving ? [] : throw new RejectedException($"\"{statement}\" is beyond the checker"),
            };
            foreach (Comparand part in parts)
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<Comparand> Of(Comparison comparison, CaseContext context, bool forgiving)
    {
        for (int i = 0; i < comparison.Relations.Count; i++)
        {
            Expression left = comparison.Operands[i];
            Expression right = comparison.Operands[i + 1];
            if (left.Kind == Kind.Index)
            {
                yield return OfPositions(left, comparison.Relations[i], right, context);
                continue;
            }
            var reader = new Reader(context);
            Quantity a = reader.Read(left);
            Quantity b = reader.Read(right);
            Relation relation = comparison.Relations[i];
            bool isScalar = a is ScalarQuantity && b is ScalarQuantity;
            if (relation == Relation.NotEqual && !isScalar && (context.Size is null || Entries(a, b, reader).Count() > 1))
            {
                if (forgiving)
                {
                    continue;
                }
                throw new RejectedException("that two vectors differ in some entry is beyond the checker");
            }
            foreach ((Fraction x, Fraction y) in Entries(a, b, reader))
            {
                yield return relation switch
                {
                    Relation.Equal => new(y - x, SignSet.Nil, left, right),
                    Relation.NotEqual => new(y - x, SignSet.NotZero, left, right),
                    Relation.Less => new(y - x, SignSet.Positive, left, right),
                    Relation.LessOrEqual => new(y - x, SignSet.NotNegative, left, right),
                    Relation.Greater => new(x - y, SignSet.Positive, right, left),
                    _ => new(x - y, SignSet.NotNegative, right, left),
                };
            }
        }
    }

    /// <summary>Positions with different names differ where n is open; numbers are compared as they are.</summary>
    private static Comparand OfPositions(Expression left, Relation relation, Expression right, CaseContext context)
    {
        var reader = new Reader(context);
        bool equal = reader.Position(left) == reader.Position(right);
        return relation is Relation.Equal or Relation.NotEqual
            ? new(Fraction.Of(equal ? 0 : 1), relation == Relation.Equal ? SignSet.Nil : SignSet.NotZero, null, null)
            : throw new RejectedException("positions compare by == and != alone");
    }

    /// <summary>Pairs of entries that stand for all: where n is open, those at positions with names and those at generic ones.</summary>
    private static IEnumerable<(Fraction Left, Fraction Right)> Entries(Quantity left, Quantity right, Reader reader)
    {
        switch (left, right)
        {
            case (ScalarQuantity a, ScalarQuantity b):
                yield return (a.Value, b.Value);
                break;
            case (VectorQuantity or ScalarQuantity, VectorQuantity or ScalarQuantity):
                Positions positions = ((left as VectorQuantity) ?? (VectorQuantity)right).Positions;
                foreach (string position in Representatives(positions, reader.Context, "∀"))
                {
                    yield return reader.At(position, () => (Entry(left, position), Entry(right, position)));
                }
                break;
            case (MatrixQuantity or ScalarQuantity, MatrixQuantity or ScalarQuantity):
                Positions rows = ((left as MatrixQuantity) ?? (MatrixQuantity)right).Positions;
                foreach (string row in Representatives(rows, reader.Context, "∀"))
                {
                    foreach (string column in Representatives(rows, reader.Context, "∀").Concat(rows.Open && row == "∀row" ? ["∀column"] : []))
                    {
                        yield return reader.At(row, () => reader.At(column, () => (Entry(left, row, column), Entry(right, row, column))));
                    }
                }
                break;
            default:
                throw new RejectedException("a vector compared with a matrix");
        }
    }

    private static IEnumerable<string> Representatives(Positions positions, CaseContext context, string generic) =>
        positions.Open ? context.Named.Concat(positions.Names).Append(generic + "row") : positions.Names;

    private static Fraction Entry(Quantity quantity, string position) => quantity is VectorQuantity vector ? vector.Entry(position) : ((ScalarQuantity)quantity).Value;

    private static Fraction Entry(Quantity quantity, string row, string column) => quantity is MatrixQuantity matrix ? matrix.Entry(row, column) : ((ScalarQuantity)quantity).Value;

    private static IEnumerable<Comparand> InSimplex(Membership membership, CaseContext context)
    {
        var reader = new Reader(context);
        var vector = (VectorQuantity)reader.Read(membership.Subject);
        foreach (string position in Representatives(vector.Positions, context, "∀"))
        {
            yield return new(reader.At(position, () => vector.Entry(position)), SignSet.NotNegative, null, null);
        }
        yield return new(Fraction.One - reader.Sum(vector.Positions, vector.Entry), SignSet.Nil, null, null);
    }

    private IEnumerable<Comparand> Of(PositiveSemidefinite statement, CaseContext context)
    {
        var reader = new Reader(context);
        var matrix = (MatrixQuantity)reader.Read(statement.Matrix);
        string name = FreshVectors.First(candidate => _claim.Declarations.All(declaration => declaration.Name != candidate));
        Fraction Direction(string position) => Fraction.Of(new VariableLetter(name, position));
        string[] rows = [.. Representatives(matrix.Positions, context, "∀")];
        string[] columns = matrix.Positions.Open ? [.. rows, "∀column"] : rows;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < columns.Length; j++)
            {
                yield return new(
                    reader.At(rows[i], () => reader.At(columns[j], () => matrix.Entry(columns[j], rows[i]) - matrix.Entry(rows[i], columns[j]))), SignSet.Nil, null, null);
            }
        }
        yield return new(
            reader.Sum(matrix.Positions, row => reader.Sum(matrix.Positions, column => Direction(row) * matrix.Entry(row, column) * Direction(column))),
            SignSet.NotNegative, null, null);
    }
}

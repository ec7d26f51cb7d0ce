using Logits.Claims.Language;

namespace Logits.Claims.Tests.Language;

/// <summary>Draws claims from the grammar: every kind of node, kinds and sizes right, free variables declared.</summary>
internal sealed class RandomClaims(Random random)
{
    private static readonly SourceSpan Nowhere = default;
    private static readonly Shape Vector = Shape.Vector(VectorSize.N);
    private static readonly Shape Matrix = Shape.Matrix(VectorSize.N);
    private static readonly Shape Index = Shape.Index(VectorSize.N);

    private static readonly Sequence<Declaration> Declarations =
    [
        new("a", new Domain(DomainSet.Reals, default), true),
        new("lambda", new Domain(DomainSet.Reals, default), true),
        new("x", new Domain(DomainSet.RealVectors, VectorSize.N), true),
        new("o", new Domain(DomainSet.RealVectors, VectorSize.N), true),
        new("p", new Domain(DomainSet.Simplex, VectorSize.N), true),
        new("y", new Domain(DomainSet.OneHot, VectorSize.N), true),
        new("i", new Domain(DomainSet.Indices, VectorSize.N), true),
        new("u", new Domain(DomainSet.RealVectors, VectorSize.Of(3)), true),
    ];

    private readonly List<string> boundScalars = [];
    private readonly List<string> boundIndices = [];

    public Claim Next(int depth)
    {
        Statement conclusion = random.Next(7) switch
        {
            2 => new Conjunction([new Disjunction([Atom(depth), Atom(depth)], Nowhere), Atom(depth)], Nowhere),
            3 => new Existential([new("c", new Domain(DomainSet.Reals, default), true)], Existing(depth), Nowhere),
            0 => new Conjunction([Atom(depth), Atom(depth)], Nowhere),
            1 => new Equivalence(Atom(depth), random.Next(2) == 0 ? Atom(depth) : new Conjunction([Atom(depth), Atom(depth)], Nowhere), Nowhere),
            _ => Atom(depth),
        };
        Sequence<Statement> hypotheses = Enumerable.Range(0, random.Next(3)).Select(_ => Atom(depth - 1)).Where(atom => !IsOfSizes(atom)).ToSequence();
        SizeRange sizes = random.Next(3) switch { 0 => new(3, null), 1 => new(4, 4), _ => new(3, 6) };
        return new Claim("", Declarations, hypotheses, conclusion, sizes);
    }

    private Statement Existing(int depth)
    {
        boundScalars.Add("c");
        Statement body = new Comparison([new Variable("c", Shape.Scalar, Nowhere), Scalar(depth)], [AnyRelation()], Nowhere);
        boundScalars.Remove("c");
        return body;
    }

    /// <summary>A hypothesis on n alone would be read as the claim's sizes.</summary>
    private static bool IsOfSizes(Statement statement) => statement is Comparison comparison
        && comparison.Operands.Count(operand => operand is SizeSymbol) == 1 && comparison.Operands.All(operand => operand is SizeSymbol or Number);

    private Statement Atom(int depth) => random.Next(9) switch
    {
        0 => new Comparison([IndexTerm(), IndexTerm()], [random.Next(2) == 0 ? Relation.Equal : Relation.NotEqual], Nowhere),
        1 => new Membership(VectorTerm(depth), new Domain(random.Next(2) == 0 ? DomainSet.Simplex : DomainSet.OneHot, VectorSize.N), Nowhere),
        2 => new PositiveSemidefinite(MatrixTerm(depth), Nowhere),
        3 => new Comparison([MatrixTerm(depth), random.Next(3) == 0 ? Scalar(depth) : MatrixTerm(depth)], [Relation.Equal], Nowhere),
        4 => new Comparison([VectorTerm(depth), Scalar(depth)], [AnyRelation()], Nowhere),
        5 => new Comparison([Scalar(depth), Scalar(depth), VectorTerm(depth)], [AnyRelation(), AnyRelation()], Nowhere),
        6 => new Comparison([VectorTerm(depth), VectorTerm(depth)], [AnyRelation()], Nowhere),
        _ => new Comparison([Scalar(depth), Scalar(depth)], [AnyRelation()], Nowhere),
    };

    private Relation AnyRelation() => (Relation)random.Next(6);

    private Variable IndexTerm() => boundIndices.Count > 0 && random.Next(2) == 0
        ? new Variable(boundIndices[random.Next(boundIndices.Count)], Index, Nowhere)
        : new Variable("i", Index, Nowhere);

    private Expression Position() => random.Next(4) switch
    {
        0 => new Number(random.Next(1, 4), Index, Nowhere),
        1 => new SizeSymbol(Index, Nowhere),
        _ => IndexTerm(),
    };

    private Number Literal() => new(new Rational(random.Next(0, 3000), random.Next(4) switch { 0 => 1000, 1 => 2, _ => 1 }), Shape.Scalar, Nowhere);

    private Variable ScalarVariable()
    {
        string[] names = ["a", "lambda", .. boundScalars];
        return new Variable(names[random.Next(names.Length)], Shape.Scalar, Nowhere);
    }

    public Expression Scalar(int depth)
    {
        if (depth <= 0)
        {
            return random.Next(5) switch { 0 => new SizeSymbol(Shape.Scalar, Nowhere), 1 => Literal(), _ => ScalarVariable() };
        }
        Shape shape = Shape.Scalar;
        switch (random.Next(16))
        {
            case 0:
                return new Negation(Scalar(depth - 1), shape, Nowhere);
            case 1 or 2 or 3:
                return new Binary((BinaryOperator)random.Next(5), Scalar(depth - 1), Scalar(depth - 1), shape, Nowhere);
            case 4 or 5:
                Function[] ofVector = [Function.Lse, Function.Softmin, Function.Max, Function.Min, Function.Sum, Function.Entropy];
                Expression argument = random.Next(4) switch { 0 => Entries(depth), 1 => new Variable("u", Shape.Vector(VectorSize.Of(3)), Nowhere), _ => VectorTerm(depth - 1) };
                return new Call(ofVector[random.Next(ofVector.Length)], [argument], shape, Nowhere);
            case 6:
                Function[] ofTwo = [Function.Dot, Function.CrossEntropy, Function.KullbackLeibler];
                Function chosen = ofTwo[random.Next(ofTwo.Length)];
                // The loss from logits refuses what is plainly a distribution.
                Expression second = chosen == Function.CrossEntropy ? new Negation(VectorTerm(depth - 1), Vector, Nowhere) : VectorTerm(depth - 1);
                return new Call(chosen, [VectorTerm(depth - 1), second], shape, Nowhere);
            case 7:
                return new Call(Function.RealSoftmax, [Scalar(depth - 1), Scalar(depth - 1)], shape, Nowhere);
            case 8:
                return new Call(random.Next(2) == 0 ? Function.Exp : Function.Log, [Scalar(depth - 1)], shape, Nowhere);
            case 9:
                return new Element(VectorTerm(depth - 1), [Position()], shape, Nowhere);
            case 10:
                return new Element(MatrixTerm(depth - 1), [Position(), Position()], shape, Nowhere);
            case 11:
                boundIndices.Add("k");
                Expression body = new Binary(BinaryOperator.Multiply, new Element(new Variable("x", Vector, Nowhere), [new Variable("k", Index, Nowhere)], shape, Nowhere), Scalar(depth - 1), shape, Nowhere);
                boundIndices.RemoveAt(boundIndices.Count - 1);
                return new IndexSum(new Variable("k", Index, Nowhere), body, shape, Nowhere);
            case 12:
                boundScalars.Add("T");
                Expression limited = Scalar(depth - 1);
                boundScalars.RemoveAt(boundScalars.Count - 1);
                return new Limit(limited, new Variable("T", shape, Nowhere), (LimitPoint)random.Next(3), shape, Nowhere);
            case 13:
                return random.Next(2) == 0
                    ? new PartialDerivative(Scalar(depth - 1), new Variable("x", Vector, Nowhere), Position(), shape, Nowhere)
                    : new PartialDerivative(Scalar(depth - 1), ScalarVariable(), null, shape, Nowhere);
            case 14:
                return new Call(Function.Quad, [MatrixTerm(depth - 1), VectorTerm(depth - 1)], shape, Nowhere);
            default:
                return Scalar(0);
        }
    }

    private VectorLiteral Entries(int depth)
    {
        int count = random.Next(1, 4);
        return new VectorLiteral(Enumerable.Range(0, count).Select(_ => Scalar(depth - 1)).ToSequence(), Shape.Vector(VectorSize.Of(count)), Nowhere);
    }

    public Expression VectorTerm(int depth)
    {
        if (depth <= 0)
        {
            return new Variable("xopy"[random.Next(4)].ToString(), Vector, Nowhere);
        }
        switch (random.Next(10))
        {
            case 0:
                return new Negation(VectorTerm(depth - 1), Vector, Nowhere);
            case 1:
                return new Binary((BinaryOperator)random.Next(4), VectorTerm(depth - 1), VectorTerm(depth - 1), Vector, Nowhere);
            case 2:
                return new Binary((BinaryOperator)random.Next(4), Scalar(depth - 1), VectorTerm(depth - 1), Vector, Nowhere);
            case 3:
                return new Binary((BinaryOperator)random.Next(5), VectorTerm(depth - 1), Scalar(depth - 1), Vector, Nowhere);
            case 4 or 5:
                Function[] functions = [Function.Softmax, Function.LogSoftmax, Function.ArgmaxIndicator, Function.Exp, Function.Log];
                return new Call(functions[random.Next(functions.Length)], [VectorTerm(depth - 1)], Vector, Nowhere);
            case 6:
                return random.Next(2) == 0
                    ? new Element(MatrixTerm(depth - 1), [Position()], Vector, Nowhere)
                    : new Call(Function.Diag, [MatrixTerm(depth - 1)], Vector, Nowhere);
            case 7:
                return new Binary(BinaryOperator.Multiply, MatrixTerm(depth - 1), VectorTerm(depth - 1), Vector, Nowhere);
            case 8:
                return Differentiated(1, depth);
            default:
                return VectorTerm(0);
        }
    }

    private Derivative Differentiated(int order, int depth)
    {
        Shape shape = order == 1 ? Vector : Matrix;
        var variable = new Variable(random.Next(2) == 0 ? "x" : "o", Vector, Nowhere);
        if (random.Next(2) == 0)
        {
            return new Derivative(order, Scalar(depth - 1), variable, variable, shape, Nowhere);
        }
        var bound = new Variable(Derivative.BoundName, Vector, Nowhere);
        return new Derivative(order, new Call(Function.Lse, [bound], Shape.Scalar, Nowhere), bound, VectorTerm(depth - 1), shape, Nowhere);
    }

    public Expression MatrixTerm(int depth) => random.Next(depth <= 0 ? 1 : 6) switch
    {
        0 => new Call(Function.Covariance, [VectorTerm(depth - 1)], Matrix, Nowhere),
        1 => new Call(Function.Outer, [VectorTerm(depth - 1), VectorTerm(depth - 1)], Matrix, Nowhere),
        2 => new Binary(random.Next(2) == 0 ? BinaryOperator.Add : BinaryOperator.Subtract, MatrixTerm(depth - 1), MatrixTerm(depth - 1), Matrix, Nowhere),
        3 => new Binary(BinaryOperator.Multiply, Scalar(depth - 1), MatrixTerm(depth - 1), Matrix, Nowhere),
        4 => new Call(Function.Transpose, [MatrixTerm(depth - 1)], Matrix, Nowhere),
        _ => Differentiated(2, depth),
    };
}

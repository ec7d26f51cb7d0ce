namespace Logits.Claims.Language.Parsing;

/// <summary>Functions that are read as an expression of others. Printing shows their names; what decides a claim sees what they stand for.</summary>
internal static class Definitions
{
    /// <summary>The largest matrix whose determinant is written out.</summary>
    public const int LargestDeterminant = 4;

    public static IReadOnlyList<FunctionSignature> All { get; } =
    [
        Entries("abs", argument => Build.Entrywise(argument, a => Build.Max(a, Build.Negate(a)))),
        Entries("relu", argument => Build.Entrywise(argument, a => Build.Max(a, Build.Number(0)))),
        Entries("sqrt", Build.SquareRoot),
        Entries("logistic", a => Build.Divide(Build.Number(1), Build.Add(Build.Number(1), Build.Exp(Build.Negate(a))))),
        Entries("tanh", a => Build.Divide(Build.Subtract(Build.Exp(a), Build.Exp(Build.Negate(a))), Build.Add(Build.Exp(a), Build.Exp(Build.Negate(a))))),
        Entries("softplus", a => Build.Log(Build.Add(Build.Number(1), Build.Exp(a)))),
        Entries("logit", a => Build.Log(Build.Divide(a, Build.Subtract(Build.Number(1), a)))),
        Entries("log1p", a => Build.Log(Build.Add(Build.Number(1), a))),
        Entries("expm1", a => Build.Subtract(Build.Exp(a), Build.Number(1))),
        Entries("log2", a => Build.Divide(Build.Log(a), Build.Log(Build.Number(2)))),
        Entries("log10", a => Build.Divide(Build.Log(a), Build.Log(Build.Number(10)))),
        Number("logaddexp", [Parameter.Scalar, Parameter.Scalar], a => Build.Call(Function.RealSoftmax, Shape.Scalar, a[0], a[1])),
        Number("mean", [Parameter.Vector], v => Mean(v[0])),
        Number("var", [Parameter.Vector], v => Variance(v[0])),
        Number("std", [Parameter.Vector], v => Build.SquareRoot(Variance(v[0]))),
        Number("norm", [Parameter.Vector], v => Build.SquareRoot(SumOfSquares(v[0]))),
        Number("norm1", [Parameter.Vector], v => SumOfAbsolutes(v[0])),
        Number("norminf", [Parameter.Vector], v => Build.Call(Function.Max, Shape.Scalar, Build.Entrywise(v[0], a => Build.Max(a, Build.Negate(a))))),
        Number("prod", [Parameter.Vector], v => Product(v[0])),
        Number("trace", [Parameter.Matrix], m => Build.Sum(Build.Call(Function.Diag, Shape.Vector(m[0].Shape.Size), m[0]))),
        Number("delta", [Parameter.Index, Parameter.Index], i => Build.Entry(Build.Call(Function.OneHot, Shape.Vector(i[0].Shape.Size), i[0]), i[1])),
        Number("crossentropy", [Parameter.Distribution, Parameter.Distribution], p =>
            Build.Add(Build.Call(Function.Entropy, Shape.Scalar, p[0]), Build.Call(Function.KullbackLeibler, Shape.Scalar, p[0], p[1]))),
        Number("perplexity", [Parameter.Distribution], p => Build.Exp(Build.Call(Function.Entropy, Shape.Scalar, p[0]))),
        Number("jsd", [Parameter.Distribution, Parameter.Distribution], p => JensenShannon(p[0], p[1])),
        Number("tv", [Parameter.Distribution, Parameter.Distribution], p => Build.Divide(SumOfAbsolutes(Build.Subtract(p[0], p[1])), Build.Number(2))),
    ];

    /// <summary>The sum of the squares of the entries: the square of the norm.</summary>
    public static Expression SumOfSquares(Expression v) => Build.Sum(Build.Power(v, Build.Number(2)));

    /// <summary>Leibniz' formula: Σ over the permutations π of sign(π) Π_i M[i, π(i)].</summary>
    public static Expression Determinant(Expression matrix, int size)
    {
        Expression? total = null;
        foreach ((int[] permutation, bool isEven) in Permutations(size))
        {
            Expression product = permutation
                .Select((column, row) => Build.Entry(matrix, Build.Position(row + 1, matrix.Shape.Size), Build.Position(column + 1, matrix.Shape.Size)))
                .Aggregate(Build.Multiply);
            total = total is null ? product : isEven ? Build.Add(total, product) : Build.Subtract(total, product);
        }
        return total!;
    }

    /// <summary>The matrix whose row i is the gradient of entry i of a vector-valued body: Σ_i e_i (∇ body_i)ᵀ.</summary>
    public static Expression Jacobian(Expression body, Variable by)
    {
        VectorSize size = body.Shape.Size;
        Shape vector = Shape.Vector(size);
        return Build.SumOver(size, [body, by], i => Build.Call(Function.Outer, Shape.Matrix(size),
            Build.Call(Function.OneHot, vector, i), new Derivative(1, Build.Entry(body, i), by, by, vector, default)));
    }

    private static Expression Mean(Expression v) => Build.Divide(Build.Sum(v), Build.Size(v.Shape.Size));

    private static Expression Variance(Expression v) => Mean(Build.Power(Build.Subtract(v, Mean(v)), Build.Number(2)));

    private static Expression SumOfAbsolutes(Expression v) =>
        Build.SumOver(v.Shape.Size, [v], k => Build.Max(Build.Entry(v, k), Build.Negate(Build.Entry(v, k))));

    /// <summary>Of entries written out, their product; else exp Σ log v_j, which speaks of positive entries.</summary>
    private static Expression Product(Expression v) => v is VectorLiteral literal
        ? literal.Entries.Aggregate(Build.Multiply)
        : Build.Exp(Build.Sum(Build.Log(v)));

    private static Expression JensenShannon(Expression p, Expression q)
    {
        Expression middle = Build.Divide(Build.Add(p, q), Build.Number(2));
        return Build.Divide(
            Build.Add(Build.Call(Function.KullbackLeibler, Shape.Scalar, p, middle), Build.Call(Function.KullbackLeibler, Shape.Scalar, q, middle)),
            Build.Number(2));
    }

    private static IEnumerable<(int[] Columns, bool IsEven)> Permutations(int size)
    {
        if (size == 0)
        {
            yield return ([], true);
            yield break;
        }
        foreach ((int[] rest, bool isEven) in Permutations(size - 1))
        {
            for (int place = size - 1; place >= 0; place--)
            {
                yield return ([.. rest[..place], size - 1, .. rest[place..]], isEven == ((size - 1 - place) % 2 == 0));
            }
        }
    }

    private static FunctionSignature Entries(string name, Func<Expression, Expression> unfold) =>
        new(name, null, [Parameter.Entries]) { Unfold = arguments => unfold(arguments[0]), KeepsShape = true };

    private static FunctionSignature Number(string name, Parameter[] parameters, Func<Sequence<Expression>, Expression> unfold) => new(name, null, parameters) { Unfold = unfold };
}

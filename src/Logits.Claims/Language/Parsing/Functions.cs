namespace Logits.Claims.Language.Parsing;

/// <summary>What an argument must be.</summary>
internal enum Parameter
{
    Scalar,
    Vector,

    /// <summary>A vector; a variable with nothing else said about it is taken to range over the simplex.</summary>
    Distribution,
    Matrix,
    Index,

    /// <summary>A scalar, or a vector taken entry by entry.</summary>
    Entries,
    VectorOrMatrix,
}

/// <summary>A function as the parser knows it. <paramref name="Function"/> is null for one that is read as other functions.</summary>
internal sealed record FunctionSignature(string Name, Function? Function, Parameter[] Parameters)
{
    /// <summary>What a function without a node of its own is read as.</summary>
    public Func<Sequence<Expression>, Expression>? Unfold { get; init; }

    /// <summary>Whether the value of such a function has the shape of its argument; else it is a number.</summary>
    public bool KeepsShape { get; init; }

    /// <summary>A function of one vector can be given its entries instead: <c>max(a, b)</c>.</summary>
    public bool TakesEntries => Parameters is [Parameter.Vector or Parameter.Distribution];

    public string Usage => $"{Name}({string.Join(", ", Parameters.Select((p, i) => p switch
    {
        Parameter.Scalar => i == 0 ? "a" : "b",
        Parameter.Vector => i == 0 ? "x" : "v",
        Parameter.Distribution => i == 0 ? "p" : "q",
        Parameter.Matrix => "M",
        Parameter.Index => i == 0 ? "i" : "j",
        Parameter.Entries => "a",
        _ => "v",
    }))})";
}

internal static class Functions
{
    public static IReadOnlyList<FunctionSignature> All { get; } =
    [
        new("lse", Function.Lse, [Parameter.Vector]),
        new("softmax", Function.Softmax, [Parameter.Vector]),
        new("logsoftmax", Function.LogSoftmax, [Parameter.Vector]),
        new("realsoftmax", Function.RealSoftmax, [Parameter.Scalar, Parameter.Scalar]),
        new("softmin", Function.Softmin, [Parameter.Vector]),
        new("min", Function.Min, [Parameter.Vector]),
        new("max", Function.Max, [Parameter.Vector]),
        new("argmaxind", Function.ArgmaxIndicator, [Parameter.Vector]),
        new("sum", Function.Sum, [Parameter.Vector]),
        new("dot", Function.Dot, [Parameter.Vector, Parameter.Vector]),
        new("exp", Function.Exp, [Parameter.Entries]),
        new("log", Function.Log, [Parameter.Entries]),
        new("entropy", Function.Entropy, [Parameter.Distribution]),
        new("xent", Function.CrossEntropy, [Parameter.Distribution, Parameter.Vector]),
        new("kl", Function.KullbackLeibler, [Parameter.Distribution, Parameter.Distribution]),
        new("cov", Function.Covariance, [Parameter.Distribution]),
        new("onehot", Function.OneHot, [Parameter.Index]),
        new("quad", Function.Quad, [Parameter.Matrix, Parameter.Vector]),
        new("diag", Function.Diag, [Parameter.VectorOrMatrix]),
        new("outer", Function.Outer, [Parameter.Vector, Parameter.Vector]),
        new("transpose", Function.Transpose, [Parameter.Matrix]),
        new("append", Function.Append, [Parameter.Vector, Parameter.Scalar]),
        new("concat", null, [Parameter.Vector, Parameter.Vector]),
        new("det", null, [Parameter.Matrix]),
        .. Definitions.All,
    ];

    private static readonly (string Spelling, string Name)[] Spellings =
    [
        ("ln", "log"), ("logsumexp", "lse"), ("LSE", "lse"), ("log_softmax", "logsoftmax"), ("RealSoftMax", "realsoftmax"), ("sigmoid", "logistic"), ("expit", "logistic"),
        ("Softmax", "softmax"), ("SoftMax", "softmax"), ("KL", "kl"), ("D_KL", "kl"), ("D", "kl"), ("cross_entropy", "crossentropy"), ("CE", "crossentropy"),
        ("softmax_cross_entropy", "xent"), ("one_hot", "onehot"), ("argmax", "argmaxind"), ("Cov", "cov"), ("Var", "var"), ("Entropy", "entropy"), ("inner", "dot"),
        ("ReLU", "relu"), ("tr", "trace"), ("Tr", "trace"), ("JSD", "jsd"), ("JS", "jsd"), ("TV", "tv"), ("stddev", "std"), ("norm2", "norm"),
    ];

    public static IReadOnlyDictionary<string, FunctionSignature> ByName { get; } = Index();

    /// <summary>What other tools call what the language has under another name.</summary>
    public static IReadOnlyDictionary<string, string> ForeignNames { get; } = new Dictionary<string, string>
    {
        ["gradient"] = "grad", ["e"] = "exp", ["hardmax"] = "argmaxind", ["variance"] = "var", ["average"] = "mean",
    };

    public static string NameOf(Function function) => All.First(signature => signature.Function == function).Name;

    private static Dictionary<string, FunctionSignature> Index()
    {
        var index = All.ToDictionary(signature => signature.Name);
        foreach ((string spelling, string name) in Spellings)
        {
            index[spelling] = index[name];
        }
        return index;
    }
}

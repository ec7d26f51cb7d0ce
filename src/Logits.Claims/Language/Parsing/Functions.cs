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
    /// <summary>A function of one vector can be given its entries instead: <c>max(a, b)</c>.</summary>
    public bool TakesEntries => Parameters is [Parameter.Vector or Parameter.Distribution];

    public string Usage => $"{Name}({string.Join(", ", Parameters.Select((p, i) => p switch
    {
        Parameter.Scalar => i == 0 ? "a" : "b",
        Parameter.Vector => i == 0 ? "x" : "v",
        Parameter.Distribution => i == 0 ? "p" : "q",
        Parameter.Matrix => "M",
        Parameter.Index => "i",
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
        new("abs", null, [Parameter.Scalar]),
        new("sqrt", null, [Parameter.Entries]),
        new("logistic", null, [Parameter.Entries]),
    ];

    public static IReadOnlyDictionary<string, FunctionSignature> ByName { get; } = Index();

    /// <summary>What other tools call what the language has under another name.</summary>
    public static IReadOnlyDictionary<string, string> ForeignNames { get; } = new Dictionary<string, string>
    {
        ["argmax"] = "argmaxind", ["crossentropy"] = "xent", ["cross_entropy"] = "xent", ["H"] = "entropy", ["KL"] = "kl", ["D"] = "kl",
        ["var"] = "cov", ["Var"] = "cov", ["Cov"] = "cov", ["covariance"] = "cov", ["gradient"] = "grad", ["lim"] = "limit", ["e"] = "exp",
        ["inner"] = "dot", ["one_hot"] = "onehot", ["logit"] = "log", ["mean"] = "sum", ["LSE"] = "lse", ["expit"] = "logistic",
    };

    public static string NameOf(Function function) => All.First(signature => signature.Function == function).Name;

    private static Dictionary<string, FunctionSignature> Index()
    {
        var index = All.ToDictionary(signature => signature.Name);
        // Other customary spellings.
        index["ln"] = index["log"];
        index["logsumexp"] = index["lse"];
        index["log_softmax"] = index["logsoftmax"];
        index["RealSoftMax"] = index["realsoftmax"];
        index["sigmoid"] = index["logistic"];
        return index;
    }
}

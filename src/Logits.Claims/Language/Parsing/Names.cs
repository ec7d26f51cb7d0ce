namespace Logits.Claims.Language.Parsing;

/// <summary>How names are spelt, what a name says about its kind when nothing else does, and which known name is nearest.</summary>
internal static class Names
{
    private static readonly Dictionary<char, string> Greek = new()
    {
        ['α'] = "alpha", ['β'] = "beta", ['γ'] = "gamma", ['δ'] = "delta", ['ε'] = "epsilon", ['η'] = "eta", ['θ'] = "theta", ['λ'] = "lambda",
        ['μ'] = "mu", ['µ'] = "mu", ['σ'] = "sigma", ['τ'] = "tau", ['φ'] = "phi", ['ω'] = "omega", ['ρ'] = "rho", ['κ'] = "kappa", ['ℝ'] = "R",
    };

    private static readonly HashSet<string> Scalars =
    [
        "a", "b", "c", "h", "r", "s", "t", "T", "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "sigma", "tau", "rho", "kappa",
    ];

    private static readonly HashSet<string> Vectors = ["o", "p", "q", "u", "v", "w", "x", "y", "z", "P", "Q", "E", "yhat", "phat", "qhat"];

    private static readonly HashSet<string> Indices = ["i", "j", "k", "l", "m"];

    private static readonly HashSet<string> Reserved =
        ["n", "R", "in", "and", "for", "inf", "infinity", "simplex", "psd", "grad", "hessian", "limit", "lim", "every", "all", "convex", "concave", "jacobian", "H",
            "or", "not", "if", "then", "iff", "implies", "where", "when", "whenever", "provided", "with", "given", "let", "suppose", "assume", "exists", "is", "are", "as", "forall"];

    public static IReadOnlyDictionary<string, string> GreekTwins { get; } =
        Greek.Where(pair => pair.Value.Length > 1 && pair.Key != 'µ').ToDictionary(pair => pair.Value, pair => pair.Key.ToString());

    public static bool ContinuesName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_' || Greek.ContainsKey(character);

    public static string ToAscii(string name) => string.Concat(name.Select(c => Greek.TryGetValue(c, out string? ascii) ? ascii : c.ToString()));

    /// <summary>Whether the language has taken the name for itself.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name) || (name != "delta" && Functions.ByName.ContainsKey(name));

    /// <summary>The kind that a name has by custom: x is a vector, b a number, i a position; null for a name without a custom.</summary>
    public static Kind? ByCustom(string name) =>
        Vectors.Contains(name) ? Kind.Vector : Scalars.Contains(name) ? Kind.Scalar : Indices.Contains(name) ? Kind.Index : null;

    /// <summary>Whether the name is that of a position by custom; <c>ij</c> is two of them.</summary>
    public static bool IsPosition(char letter) => letter == 'n' || Indices.Contains(letter.ToString());

    /// <summary>If the name is a run of one-letter names of the language (<c>ac</c>), the product that may have been meant (<c>a*c</c>).</summary>
    public static string? AsProduct(string name, Func<string, bool> isKnown)
    {
        int digits = name.TakeWhile(char.IsAsciiDigit).Count();
        string letters = name[digits..];
        if (letters.Length == 0 || (letters.Length == 1 && digits == 0) || !letters.All(letter => isKnown(letter.ToString())))
        {
            return null;
        }
        return string.Join('*', digits > 0 ? [name[..digits], .. letters.Select(c => c.ToString())] : letters.Select(c => c.ToString()));
    }

    /// <summary>The candidate fewest edits away, at most two and fewer than half the name's letters; null where none is that near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        (string? best, int distance) = (null, int.MaxValue);
        foreach (string candidate in candidates)
        {
            int edits = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < distance)
            {
                (best, distance) = (candidate, edits);
            }
        }
        return distance <= Math.Min(2, name.Length / 2) ? best : null;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours from one word to another.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 2)
        {
            return int.MaxValue;
        }
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int change = from[i - 1] == to[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[from.Length, to.Length];
    }
}

using Logits.Claims.Language;

namespace Logits.Claims;

/// <summary>What became of a claim: <see cref="Proved"/>, <see cref="PartlyProved"/>, <see cref="Refuted"/> or <see cref="Undecided"/>.</summary>
public abstract record Verdict
{
    private protected Verdict()
    {
    }

    /// <summary>How many proofs were found, and accepted by their check, that numbers contradicted: a defect wherever it is not 0.</summary>
    internal int ContradictedProofs { get; init; }
}

/// <summary>The claim holds for the sizes and under the conditions named; an independent check accepted the certificate.</summary>
public sealed record Proved : Verdict
{
    private readonly Certificates.AcceptedCertificate _accepted;
    private readonly Lazy<IReadOnlyList<ProofStep>> _explanation;

    /// <summary>Only a certificate that the checker accepted makes one.</summary>
    internal Proved(Certificates.AcceptedCertificate accepted)
    {
        Sizes = accepted.Sizes;
        Conditions = accepted.Conditions;
        Method = accepted.Method;
        Certificate = accepted.Certificate;
        _accepted = accepted;
        _explanation = new(() => Explain());
    }

    /// <summary>
    /// The sizes it is proved for: all that the claim speaks of where this is the verdict, some of them where it is within <see cref="PartlyProved"/> or was
    /// read from a certificate; empty where the claim has no n.
    /// </summary>
    public IReadOnlyList<SizeRange> Sizes { get; }

    /// <summary>What must hold for both sides to be defined, in the claim language (<c>T != 0</c>), beyond the claim's own hypotheses.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>What decided it, in a few words: <c>normal form</c>, <c>sum of squares</c>.</summary>
    public string Method { get; }

    /// <summary>What was re-checked.</summary>
    public Certificate Certificate { get; }

    /// <summary>The proof in steps a student follows; worked out, and each step checked, when first asked for.</summary>
    public IReadOnlyList<ProofStep> Explanation => _explanation.Value;

    /// <summary>The proof in steps, as <see cref="Explanation"/>, as far as it is told in the time given.</summary>
    /// <param name="options">How much time and memory the explanation may take; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ProofStep> Explain(DecideOptions? options = null, CancellationToken cancellationToken = default) =>
        Certificates.Explaining.Explanation.Of(_accepted, options ?? new(), cancellationToken);
}

/// <summary>The claim holds for some of the sizes that it speaks of; of the others nothing is known. It is not proved.</summary>
/// <param name="Proof">What is proved, for the sizes named in it.</param>
/// <param name="Points">How many points were tried at other sizes, at each of which the claim held.</param>
/// <param name="Reason">Why not for all sizes: <c>no proof for every n was found</c>.</param>
public sealed record PartlyProved(Proved Proof, long Points, string Reason) : Verdict;

/// <summary>A step of a proof: a sentence and, where it is one, the claim it rests on, itself checked.</summary>
/// <param name="Text">The step in words.</param>
/// <param name="Claim">The step as a claim, or null for a remark.</param>
public sealed record ProofStep(string Text, string? Claim);

/// <summary>The claim fails at the counterexample.</summary>
public sealed record Refuted : Verdict
{
    /// <summary>Where it fails.</summary>
    public required Counterexample Counterexample { get; init; }

    /// <summary>What must hold for both sides to be defined, in the claim language, beyond the claim's own hypotheses.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>What decided it, in a few words.</summary>
    public required string Method { get; init; }

    /// <summary>The nearest claim that is true, in the claim language and proved; null where none was found.</summary>
    public string? Repair { get; init; }

    /// <summary>Where the claim does hold: <c>true for lambda &gt; 0, false for lambda &lt; 0</c>; null where nothing was found.</summary>
    public string? PartialTruth { get; init; }
}

/// <summary>Values of the variables at which the hypotheses hold and the conclusion does not.</summary>
public sealed record Counterexample
{
    /// <summary>The size n, or null where the claim has none.</summary>
    public int? Size { get; init; }

    /// <summary>Each free variable with its value as the claim language writes it: <c>x</c>, <c>[0, 0]</c>.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Values { get; init; }

    /// <summary>The relation that fails there, written out: <c>lse(x + b) == lse(x)</c>.</summary>
    public required string Failing { get; init; }

    /// <summary>The left side, substituted line by line.</summary>
    public required Evaluation Left { get; init; }

    /// <summary>The right side, substituted line by line.</summary>
    public required Evaluation Right { get; init; }
}

/// <summary>One side of a comparison at a counterexample.</summary>
/// <param name="Steps">The expression, then with the values put in, then simplified: at least one line.</param>
/// <param name="Exact">The value in the claim language where it has a short exact form (<c>1 + log(2)</c>), or null.</param>
/// <param name="Value">The value to the digits shown: <c>1.6931</c>, or <c>[0.5, 0.5]</c>.</param>
public sealed record Evaluation(IReadOnlyList<string> Steps, string? Exact, string Value);

/// <summary>Neither proved nor refuted. Never a proof, however many points were tried.</summary>
public sealed record Undecided : Verdict
{
    /// <summary>How many points were tried, at each of which the claim held.</summary>
    public required long Points { get; init; }

    /// <summary>Why: <c>out of time (10 s)</c>; <c>the limit depends on which entries tie</c>.</summary>
    public required string Reason { get; init; }
}

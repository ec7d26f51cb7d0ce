namespace Logits.Claims.Language;

/// <summary>The sets that a variable, or an expression, can be said to lie in.</summary>
public enum DomainSet
{
    /// <summary>ℝ.</summary>
    Reals,

    /// <summary>ℝ to a size.</summary>
    RealVectors,

    /// <summary>Vectors with entries ≥ 0 that sum to 1 (entries may be 0).</summary>
    Simplex,

    /// <summary>Vectors with one entry 1 and all others 0.</summary>
    OneHot,

    /// <summary>Positions 1..size.</summary>
    Indices,
}

/// <summary>A set with its size (of the vectors in it; of the largest index; <c>default</c> for the reals).</summary>
/// <param name="Set">The set.</param>
/// <param name="Size">The size.</param>
public readonly record struct Domain(DomainSet Set, VectorSize Size);

/// <summary>A free variable of a claim and where it ranges; the claim speaks of every value there.</summary>
/// <param name="Name">The variable's name: ASCII (<c>lambda</c>, not <c>λ</c>).</param>
/// <param name="Domain">Where it ranges.</param>
/// <param name="Declared">Whether the text said so; else it was inferred from use or from the name.</param>
public sealed record Declaration(string Name, Domain Domain, bool Declared)
{
    /// <summary>Whether both say the same; an inferred domain equals a declared one.</summary>
    /// <param name="other">The other declaration.</param>
    public bool Equals(Declaration? other) => other is not null && Name == other.Name && Domain == other.Domain;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Domain);
}

/// <summary>Sizes n from <paramref name="Minimum"/> to <paramref name="Maximum"/>, or every size from Minimum on where that is null.</summary>
/// <param name="Minimum">Smallest n, at least 1.</param>
/// <param name="Maximum">Largest n, or null for no end.</param>
public sealed record SizeRange(int Minimum, int? Maximum)
{
    /// <summary>The largest size that a claim can name; an endless range is not bounded by it.</summary>
    public const int Largest = 1_000;
}

/// <summary>
/// A claim as it was read: for every n in <see cref="Sizes"/> and all values of the declared variables where the hypotheses hold and
/// everything in the claim is defined, the conclusion holds.
/// </summary>
/// <param name="Text">The text as given.</param>
/// <param name="Declarations">Every free variable, in order of first appearance.</param>
/// <param name="Hypotheses">What is assumed: comparisons, memberships, semidefinitenesses; all of them. No equivalences.</param>
/// <param name="Conclusion">What is claimed.</param>
/// <param name="Sizes">The n spoken of: as the text says, else every n ≥ 2 (≥ the largest literal index). Null where the claim has no n.</param>
public sealed record Claim(
    string Text,
    Sequence<Declaration> Declarations,
    Sequence<Statement> Hypotheses,
    Statement Conclusion,
    SizeRange? Sizes)
{
    /// <summary>The smallest n of which the claim can be said: <c>x[3]</c> needs 3. 1 where nothing needs more.</summary>
    public int SmallestSize { get; init; } = 1;

    /// <summary>
    /// Whether hypotheses plainly exclude each other (<c>a &gt; 0 and a &lt; 0</c>), so that the claim says nothing. Where they do so less plainly, this is false.
    /// </summary>
    public bool IsVacuous => Vacuity.Of(Hypotheses);

    /// <summary>Whether the claim says something of each of the sizes: they are among its own, or it named none and can be said of all of them.</summary>
    /// <param name="sizes">The sizes.</param>
    public bool SpeaksOf(SizeRange sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (Sizes is null)
        {
            return true;
        }
        // Every n ≥ 2 is what a claim means that says nothing; n = 1 is left out only because little is interesting there.
        bool namesNone = Sizes.Maximum is null && Sizes.Minimum == Math.Max(2, SmallestSize);
        int minimum = namesNone ? SmallestSize : Sizes.Minimum;
        return sizes.Minimum >= minimum && (Sizes.Maximum is null || sizes.Maximum <= Sizes.Maximum);
    }

    /// <summary>The same claim for some of its sizes; the claim itself where it has no n.</summary>
    /// <param name="sizes">The sizes to speak of.</param>
    /// <exception cref="ArgumentException">The claim does not speak of one of them.</exception>
    public Claim WithSizes(SizeRange sizes)
    {
        if (!SpeaksOf(sizes))
        {
            throw new ArgumentException($"The claim speaks of {Printing.PlainText.Print(Sizes!)} only.", nameof(sizes));
        }
        return Sizes is null ? this : this with { Sizes = sizes };
    }

    /// <summary>Reads a claim.</summary>
    /// <param name="text">One claim; what follows <c>#</c> is a comment.</param>
    /// <returns>The claim with every name resolved and every kind and size known.</returns>
    /// <exception cref="ClaimSyntaxException">The text cannot be read as a claim: where, why, and what to write.</exception>
    public static Claim Parse(string text) => Parsing.ClaimReader.Read(text);

    /// <summary>Whether both say the same, however it was written.</summary>
    /// <param name="other">The other claim.</param>
    public bool Equals(Claim? other) =>
        other is not null && Declarations.Equals(other.Declarations) && Hypotheses.Equals(other.Hypotheses)
        && Conclusion.Equals(other.Conclusion) && Sizes == other.Sizes;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Declarations, Hypotheses, Conclusion, Sizes);

    /// <summary>The claim in its language, quantifiers and all; it reads back as an equal claim.</summary>
    public override string ToString() => Printing.PlainText.Print(this);
}

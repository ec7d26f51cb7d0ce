namespace Logits.Claims.Language.Parsing;

/// <summary>A size that may not be known yet: an unknown, or n, or nothing, plus a number.</summary>
internal readonly record struct SizeTerm(UnknownSize? Unknown, VectorSize Known)
{
    public static SizeTerm Of(VectorSize size) => new(null, size);

    public static SizeTerm Fresh() => new(new UnknownSize(), default);

    public SizeTerm Plus(int offset) => this with { Known = Known with { Offset = Known.Offset + offset } };

    /// <summary>This term with everything found out so far put in.</summary>
    public SizeTerm Resolve()
    {
        SizeTerm term = this;
        while (term.Unknown?.Value is { } value)
        {
            term = value.Plus(term.Known.Offset);
        }
        return term;
    }

    /// <summary>The size; an unknown about which nothing was found is n.</summary>
    public VectorSize Final() => Resolve() is { Unknown: null, Known: var known } ? known : new VectorSize(true, Resolve().Known.Offset);

    /// <summary>Makes two sizes the same where they can be.</summary>
    /// <param name="left">One size.</param>
    /// <param name="right">The other.</param>
    /// <param name="fixedSize">The claim's n where it speaks of one n alone.</param>
    /// <returns>Whether they can be the same.</returns>
    public static bool Unify(SizeTerm left, SizeTerm right, int? fixedSize)
    {
        (left, right) = (left.Resolve(), right.Resolve());
        if (left.Unknown is null && right.Unknown is null)
        {
            return left.Known == right.Known || (fixedSize is { } n && left.Known.At(n) == right.Known.At(n));
        }
        if (left.Unknown == right.Unknown)
        {
            return left.Known.Offset == right.Known.Offset;
        }
        // Of two unknowns the one is put as the other plus a number that is not negative: x and x + 1 entries, rather than n − 1 and n.
        if (left.Unknown is null || (right.Unknown is not null && left.Known.Offset > right.Known.Offset))
        {
            (left, right) = (right, left);
        }
        left.Unknown!.Value = right.Plus(-left.Known.Offset);
        return true;
    }
}

/// <summary>A size to be found out.</summary>
internal sealed class UnknownSize
{
    public SizeTerm? Value { get; set; }
}

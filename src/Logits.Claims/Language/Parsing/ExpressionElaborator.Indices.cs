namespace Logits.Claims.Language.Parsing;

/// <content>Positions in vectors, and what they range over.</content>
internal sealed partial class ExpressionElaborator
{
    /// <summary>A position in a vector of a size: a whole number, an index variable or n.</summary>
    public Func<Expression> Index(Syntax node, SizeTerm size)
    {
        switch (node)
        {
            case NumberSyntax number:
                if (SizeConstraint.AsInteger(number.Value) is not { } position || position < 1)
                {
                    throw Error("Entries are counted from 1.", node.Span);
                }
                SizeConstraint.Check(position, text, node.Span);
                Require(size, position, node.Span);
                return () => new Number(number.Value, ShapeOf(Kind.Index, size), node.Span);
            case NameSyntax { Name: "n" }:
                if (!SizeTerm.Unify(size, SizeTerm.Of(VectorSize.N), fixedSize) && !size.Final().IsSymbolic)
                {
                    throw Error("n is no position here: this vector has not n entries.", node.Span);
                }
                Require(size, 1, node.Span);
                return () => new SizeSymbol(ShapeOf(Kind.Index, size), node.Span);
            case NameSyntax name when scope.Find(name.Name) is { Kind: Kind.Index } symbol:
                symbol.Indexed.Add((size, node.Span));
                return () => new Variable(symbol.Name, ShapeOf(Kind.Index, symbol.Size), node.Span);
            case NameSyntax name:
                throw Error($"`{name.Name}` is {(scope.Find(name.Name)?.Kind == Kind.Vector ? "a vector" : "a number")}; a position is a whole number, an index variable such as i, or n.", node.Span);
            default:
                throw Error("A position is a whole number from 1 on, an index variable such as i, or n.", node.Span);
        }
    }

    /// <summary>The entry n + 1 of a vector that has so many, as append(x, a) has: what is left of the sum without the first n.</summary>
    private Typed? BeyondN(ElementSyntax element, Typed target)
    {
        if (element.Indices is not [BinarySyntax { Operator: BinaryOperator.Add, Left: NameSyntax { Name: "n" }, Right: NumberSyntax { Value: var more } }])
        {
            return null;
        }
        SizeTerm entries = target.Size.Resolve();
        bool hasOneMore = entries.Known.Offset == 1 && (entries.Unknown is not null || entries.Known.IsSymbolic) && SizeTerm.Unify(entries, SizeTerm.Of(VectorSize.N).Plus(1), fixedSize);
        if (more != Rational.One || !hasOneMore)
        {
            VectorSize size = target.Size.Final();
            throw Error($"There is no entry {Quote(element.Indices[0])}: `{Quote(element.Target)}` has {size} entries{(size.Offset == 0 ? ", and append(x, a) one more" : "")}.", element.Indices[0].Span);
        }
        return new Typed(Kind.Scalar, default, () => Notation.Write(NotationForm.Entry, "n + 1", [target.Build()], arguments => Language.Build.Subtract(
            Language.Build.Sum(arguments[0]), Language.Build.SumOver(VectorSize.N, arguments, k => Language.Build.Entry(arguments[0], k)))));
    }

    /// <summary>A side of a comparison of positions; in <c>i == 2</c> the number is a position too.</summary>
    public Typed Position(Syntax node)
    {
        if (node is NameSyntax name && scope.Find(name.Name) is { Kind: Kind.Index } symbol)
        {
            return new Typed(Kind.Index, symbol.Size, () => new Variable(symbol.Name, ShapeOf(Kind.Index, symbol.Size), node.Span));
        }
        SizeTerm size = SizeTerm.Fresh();
        return new Typed(Kind.Index, size, Index(node, size));
    }

    /// <summary>Once all sizes are found out: an index ranges over the entries of the shortest vector that it picks from.</summary>
    public void SettleRanges()
    {
        foreach (Symbol symbol in scope.All.Where(symbol => symbol.Kind == Kind.Index))
        {
            if (symbol.Size.Resolve().Unknown is not null && symbol.Indexed.Count > 0)
            {
                VectorSize shortest = symbol.Indexed.Select(use => use.Size.Final()).OrderBy(size => size.IsSymbolic).ThenBy(size => size.Offset).First();
                SizeTerm.Unify(symbol.Size, SizeTerm.Of(shortest), fixedSize);
            }
            VectorSize range = symbol.Size.Final();
            foreach ((SizeTerm size, SourceSpan span) in symbol.Indexed)
            {
                CheckRange(symbol, range, size, span);
            }
        }
    }

    private void CheckRange(Symbol symbol, VectorSize range, SizeTerm size, SourceSpan span)
    {
        if (!range.IsSymbolic)
        {
            Require(size, range.Offset, span);
            return;
        }
        VectorSize entries = size.Final();
        bool fits = fixedSize is { } n ? range.At(n) <= entries.At(n) : entries.IsSymbolic && range.Offset <= entries.Offset;
        if (!fits)
        {
            throw Error($"`{symbol.Name}` ranges over 1..{range}, but stands here for one of {entries} entries.", span);
        }
    }
}

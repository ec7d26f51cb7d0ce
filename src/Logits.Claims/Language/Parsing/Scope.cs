namespace Logits.Claims.Language.Parsing;

/// <summary>A variable while the claim is read.</summary>
internal sealed class Symbol(string name, SourceSpan firstSeen)
{
    public string Name => name;

    /// <summary>Where it was declared or first stood.</summary>
    public SourceSpan FirstSeen => firstSeen;

    /// <summary>Its kind, from its declaration, a binder, or the first use that tells; null until one does.</summary>
    public Kind? Kind { get; set; }

    public DomainSet? Set { get; set; }

    public SizeTerm Size { get; set; } = SizeTerm.Fresh();

    public bool Declared { get; set; }

    /// <summary>Of an index: the sizes of the vectors in which it stands for an entry, and where.</summary>
    public List<(SizeTerm Size, SourceSpan Span)> Indexed { get; } = [];
}

/// <summary>The variables of a claim: free ones, and what limits and sums bind. A bound name hides a free one inside its binder.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Symbol> free = [];
    private readonly Dictionary<Syntax, Symbol> boundBy = [];
    private readonly List<Symbol> bound = [];
    private readonly List<Symbol> order = [];

    /// <summary>The free variables, in order of first appearance.</summary>
    public IReadOnlyList<Symbol> Free => order;

    /// <summary>Free and bound variables.</summary>
    public IEnumerable<Symbol> All => order.Concat(boundBy.Values);

    public IEnumerable<string> Names => order.Concat(bound).Select(symbol => symbol.Name);

    public Symbol? Find(string name) => bound.FindLast(symbol => symbol.Name == name) ?? free.GetValueOrDefault(name);

    public Symbol AddFree(string name, SourceSpan span)
    {
        var symbol = new Symbol(name, span);
        free.Add(name, symbol);
        order.Add(symbol);
        return symbol;
    }

    /// <summary>Enters a binder; the same symbol each time.</summary>
    public void Enter(Syntax binder, NameSyntax name, Kind kind)
    {
        if (!boundBy.TryGetValue(binder, out Symbol? symbol))
        {
            symbol = new Symbol(name.Name, name.Span) { Kind = kind };
            boundBy.Add(binder, symbol);
        }
        bound.Add(symbol);
    }

    public void Leave() => bound.RemoveAt(bound.Count - 1);
}

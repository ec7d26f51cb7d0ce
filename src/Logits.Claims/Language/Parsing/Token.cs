namespace Logits.Claims.Language.Parsing;

internal enum TokenKind
{
    Number,
    Name,
    Plus,
    Minus,
    Times,

    /// <summary>A product that is the dot product of two vectors.</summary>
    Dot,
    Divide,
    Power,
    Transpose,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Implies,
    Equivalent,
    Arrow,
    Range,
    Infinity,
    In,
    And,
    For,
    Underscore,
    OpenBrace,
    CloseBrace,
    Bar,
    DoubleBar,
    Fraction,
    Partial,
    Succeeds,
    Precedes,
    Or,
    Not,
    If,
    Then,
    Where,
    Let,
    Exists,
    Is,
    As,
    Period,
    End,
}

/// <summary>A word of a claim. Unicode twins are already resolved: the token for λ has the name <c>lambda</c>.</summary>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span, string Name = "", Rational Value = default)
{
    public bool IsRelation => Kind is >= TokenKind.Equal and <= TokenKind.GreaterOrEqual;

    /// <summary>Whether it makes a statement of what holds it.</summary>
    public bool IsLogical => IsRelation || Kind is TokenKind.Implies or TokenKind.Equivalent or TokenKind.In or TokenKind.And
        or TokenKind.Or or TokenKind.Not or TokenKind.If or TokenKind.Exists or TokenKind.Is or TokenKind.Succeeds or TokenKind.Precedes;

    /// <summary>Whether an operand can begin here.</summary>
    public bool StartsOperand => Kind is TokenKind.Number or TokenKind.Name or TokenKind.Open or TokenKind.OpenBracket or TokenKind.Infinity
        or TokenKind.OpenBrace or TokenKind.Fraction;
}

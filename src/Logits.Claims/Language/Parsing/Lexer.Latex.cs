using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <content>Formulas as they are pasted from LaTeX.</content>
internal sealed partial class Lexer
{
    private static readonly Dictionary<string, TokenKind> LatexSymbols = new()
    {
        ["cdot"] = TokenKind.Dot, ["times"] = TokenKind.Times, ["ast"] = TokenKind.Times, ["div"] = TokenKind.Divide,
        ["le"] = TokenKind.LessOrEqual, ["leq"] = TokenKind.LessOrEqual, ["leqslant"] = TokenKind.LessOrEqual, ["lt"] = TokenKind.Less,
        ["ge"] = TokenKind.GreaterOrEqual, ["geq"] = TokenKind.GreaterOrEqual, ["geqslant"] = TokenKind.GreaterOrEqual, ["gt"] = TokenKind.Greater,
        ["ne"] = TokenKind.NotEqual, ["neq"] = TokenKind.NotEqual, ["coloneqq"] = TokenKind.Equal,
        ["to"] = TokenKind.Arrow, ["rightarrow"] = TokenKind.Arrow, ["longrightarrow"] = TokenKind.Arrow,
        ["Rightarrow"] = TokenKind.Implies, ["implies"] = TokenKind.Implies, ["Longrightarrow"] = TokenKind.Implies,
        ["iff"] = TokenKind.Equivalent, ["Leftrightarrow"] = TokenKind.Equivalent, ["Longleftrightarrow"] = TokenKind.Equivalent,
        ["in"] = TokenKind.In, ["infty"] = TokenKind.Infinity, ["land"] = TokenKind.And, ["wedge"] = TokenKind.And, ["lor"] = TokenKind.Or, ["vee"] = TokenKind.Or,
        ["neg"] = TokenKind.Not, ["lnot"] = TokenKind.Not, ["exists"] = TokenKind.Exists, ["partial"] = TokenKind.Partial,
        ["top"] = TokenKind.Transpose, ["intercal"] = TokenKind.Transpose, ["prime"] = TokenKind.Transpose,
        ["vert"] = TokenKind.Bar, ["lvert"] = TokenKind.Bar, ["rvert"] = TokenKind.Bar, ["mid"] = TokenKind.Bar,
        ["Vert"] = TokenKind.DoubleBar, ["lVert"] = TokenKind.DoubleBar, ["rVert"] = TokenKind.DoubleBar, ["parallel"] = TokenKind.DoubleBar,
        ["colon"] = TokenKind.Colon, ["dots"] = TokenKind.Range, ["ldots"] = TokenKind.Range, ["cdots"] = TokenKind.Range,
        ["frac"] = TokenKind.Fraction, ["dfrac"] = TokenKind.Fraction, ["tfrac"] = TokenKind.Fraction,
        ["succeq"] = TokenKind.Succeeds, ["preceq"] = TokenKind.Precedes, ["lbrace"] = TokenKind.OpenBrace, ["rbrace"] = TokenKind.CloseBrace,
        ["lbrack"] = TokenKind.OpenBracket, ["rbrack"] = TokenKind.CloseBracket,
    };

    private static readonly Dictionary<string, string> LatexNames = new()
    {
        ["nabla"] = "grad", ["Delta"] = "simplex", ["varepsilon"] = "epsilon", ["vartheta"] = "theta", ["varphi"] = "phi", ["lim"] = "lim", ["Sigma"] = "sum", ["ell"] = "l",
    };

    /// <summary>Commands that change how something looks; what stands in their braces is read as if it stood there alone.</summary>
    private static readonly HashSet<string> LatexFonts =
    [
        "text", "textrm", "textbf", "textit", "textsf", "mathrm", "mathbf", "mathbb", "mathcal", "mathsf", "mathit", "mathtt", "boldsymbol", "bm", "operatorname", "mbox", "vec", "mathop",
    ];

    private static readonly HashSet<string> LatexSpacing =
    [
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "displaystyle", "textstyle", "limits", "nolimits",
        "quad", "qquad", "thinspace", "nonumber",
    ];

    private static readonly Dictionary<string, string> LatexAccents = new() { ["hat"] = "hat", ["widehat"] = "hat", ["bar"] = "bar", ["tilde"] = "tilde" };

    private readonly HashSet<int> bracesToPass = [];

    private void ReadCommand()
    {
        int end = position + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }
        string name = text[(position + 1)..end];
        if (name.Length == 0)
        {
            ReadEscape();
        }
        else if (LatexSymbols.TryGetValue(name, out TokenKind kind))
        {
            Add(kind, end - position);
        }
        else if (LatexSpacing.Contains(name))
        {
            // \left. is a bracket that is not there.
            position = end < text.Length && text[end] == '.' && name is "left" or "right" ? end + 1 : end;
        }
        else if (LatexFonts.Contains(name))
        {
            position = end < text.Length && text[end] == '*' ? end + 1 : end;
            PassBraces();
        }
        else if (LatexAccents.TryGetValue(name, out string? accent))
        {
            ReadAccent(end, accent);
        }
        else if (name == "forall")
        {
            AddUnseen(TokenKind.For);
            Add(TokenKind.Name, end - position, "every");
        }
        else if (LatexNames.TryGetValue(name, out string? other))
        {
            Add(TokenKind.Name, end - position, other);
        }
        else if (Names.GreekTwins.ContainsKey(name) || Functions.ByName.ContainsKey(name))
        {
            Add(TokenKind.Name, end - position, name);
        }
        else
        {
            throw UnknownCommand(name, end);
        }
    }

    private void ReadEscape()
    {
        char escaped = position + 1 < text.Length ? text[position + 1] : '\0';
        switch (escaped)
        {
            case ',' or ';' or ':' or '!' or ' ' or '(' or ')' or '[' or ']':
                position += 2;
                break;
            case '{':
                Add(TokenKind.OpenBrace, 2);
                break;
            case '}':
                Add(TokenKind.CloseBrace, 2);
                break;
            case '|':
                Add(TokenKind.DoubleBar, 2);
                break;
            case '\\':
                throw new ClaimSyntaxException("A claim is one line: leave the line break \\\\ out, and write each line of a derivation as a claim.", text, new SourceSpan(position, 2));
            default:
                throw new ClaimSyntaxException("A \\ begins a LaTeX command such as \\frac; there is none here.", text, new SourceSpan(position, 1));
        }
    }

    /// <summary>The braces after a change of font group nothing.</summary>
    private void PassBraces()
    {
        int open = position;
        while (open < text.Length && text[open] == ' ')
        {
            open++;
        }
        if (open == text.Length || text[open] != '{')
        {
            return;
        }
        int level = 0;
        for (int i = open; i < text.Length; i++)
        {
            level += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (level == 0)
            {
                bracesToPass.Add(open);
                bracesToPass.Add(i);
                return;
            }
        }
    }

    /// <summary><c>\hat{y}</c> is a variable of its own, yhat.</summary>
    private void ReadAccent(int end, string accent)
    {
        int letter = end;
        while (letter < text.Length && text[letter] is ' ' or '{')
        {
            letter++;
        }
        if (letter == text.Length || !char.IsAsciiLetter(text[letter]))
        {
            throw new ClaimSyntaxException("An accent stands over one letter: \\hat{y}.", text, new SourceSpan(position, end - position));
        }
        int stop = letter + 1;
        bool isBraced = text.AsSpan(end, letter - end).Contains('{');
        if (isBraced && (stop == text.Length || text[stop] != '}'))
        {
            throw new ClaimSyntaxException("An accent stands over one letter: \\hat{y}.", text, new SourceSpan(position, stop - position));
        }
        Add(TokenKind.Name, stop + (isBraced ? 1 : 0) - position, text[letter] + accent);
    }

    private ClaimSyntaxException UnknownCommand(string name, int end)
    {
        string advice = name is "begin" or "end"
            ? "Environments hold several lines; write each claim as one line, without \\begin and \\end."
            : Names.Nearest(name, LatexSymbols.Keys.Concat(Functions.ByName.Keys).Concat(LatexFonts)) is { } nearest ? $"Did you mean \\{nearest}?" : "Write it in words; docs/claims.md lists what is read.";
        return new ClaimSyntaxException(string.Create(CultureInfo.InvariantCulture, $"`\\{name}` is not a command that is read. {advice}"), text, new SourceSpan(position, end - position));
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;

namespace Logits.Claims.Language.Parsing;

/// <summary>Cuts a claim into tokens; symbols outside ASCII become their ASCII twins here, so that nothing later knows of them.</summary>
internal sealed partial class Lexer
{
    public const int MaximumLength = 10_000;
    private const int MaximumDigits = 1_000;

    // Longest first, so that <=> is not read as <= and >.
    private static readonly (string Text, TokenKind Kind)[] Symbols =
    [
        ("<=>", TokenKind.Equivalent), ("⇔", TokenKind.Equivalent), ("⟺", TokenKind.Equivalent), ("↔", TokenKind.Equivalent),
        ("=>", TokenKind.Implies), ("⇒", TokenKind.Implies), ("⟹", TokenKind.Implies),
        ("->", TokenKind.Arrow), ("→", TokenKind.Arrow),
        ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual), ("≠", TokenKind.NotEqual),
        ("<=", TokenKind.LessOrEqual), ("≤", TokenKind.LessOrEqual), ("⩽", TokenKind.LessOrEqual),
        (">=", TokenKind.GreaterOrEqual), ("≥", TokenKind.GreaterOrEqual), ("⩾", TokenKind.GreaterOrEqual),
        ("=", TokenKind.Equal), ("<", TokenKind.Less), (">", TokenKind.Greater),
        ("..", TokenKind.Range), ("…", TokenKind.Range),
        ("+", TokenKind.Plus), ("⁺", TokenKind.Plus), ("-", TokenKind.Minus), ("−", TokenKind.Minus), ("–", TokenKind.Minus),
        ("**", TokenKind.Power), ("*", TokenKind.Times), ("·", TokenKind.Dot), ("⋅", TokenKind.Dot), ("×", TokenKind.Times),
        ("/", TokenKind.Divide), ("÷", TokenKind.Divide), ("^", TokenKind.Power),
        ("'", TokenKind.Transpose), ("′", TokenKind.Transpose), ("ᵀ", TokenKind.Transpose), ("⊤", TokenKind.Transpose),
        ("(", TokenKind.Open), (")", TokenKind.Close), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        (",", TokenKind.Comma), (":=", TokenKind.Equal), ("≔", TokenKind.Equal), (":", TokenKind.Colon), ("∞", TokenKind.Infinity), ("∈", TokenKind.In),
        ("∧", TokenKind.And), ("&&", TokenKind.And), ("∨", TokenKind.Or), ("¬", TokenKind.Not), ("∃", TokenKind.Exists),
        ("_", TokenKind.Underscore), ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace), ("‖", TokenKind.DoubleBar), ("∥", TokenKind.DoubleBar), ("|", TokenKind.Bar),
        ("∂", TokenKind.Partial), ("⪰", TokenKind.Succeeds), ("⪯", TokenKind.Precedes),
    ];

    private static readonly Dictionary<char, (int Numerator, int Denominator)> VulgarFractions = new()
    {
        ['½'] = (1, 2), ['⅓'] = (1, 3), ['⅔'] = (2, 3), ['¼'] = (1, 4), ['¾'] = (3, 4), ['⅕'] = (1, 5), ['⅛'] = (1, 8),
    };

    // What is raised or lowered, and what stands for it on the line.
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣʸᵃᵇᵏᵗ";
    private const string OfSuperscripts = "0123456789-+nxyabkt";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙ";
    private const string OfSubscripts = "0123456789ijklmn";

    private static readonly Dictionary<char, string> Operators = new()
    {
        ['√'] = "sqrt", ['Σ'] = "sum", ['∑'] = "sum", ['Π'] = "prod", ['∏'] = "prod", ['∇'] = "grad", ['Δ'] = "simplex", ['ŷ'] = "yhat",
    };

    private readonly string text;
    private readonly List<Token> tokens = [];
    private int position;

    private Lexer(string text) => this.text = text;

    public static List<Token> Read(string text, int maximumLength = MaximumLength)
    {
        if (text.Length > maximumLength)
        {
            throw new ClaimSyntaxException(
                string.Create(CultureInfo.InvariantCulture, $"The claim has {text.Length:N0} characters; at most {maximumLength:N0} are read. State it in parts."),
                text, new SourceSpan(maximumLength, 1));
        }
        var lexer = new Lexer(text);
        lexer.ReadAll();
        return lexer.tokens;
    }

    private void ReadAll()
    {
        while (position < text.Length && text[position] != '#')
        {
            char character = text[position];
            if (char.IsWhiteSpace(character) || character is '\uFEFF' or '\u200B' or '$' || bracesToPass.Contains(position))
            {
                position++;
            }
            else if (char.IsAsciiDigit(character) || (character == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            {
                ReadNumber();
            }
            else if (character == '.' && (position + 1 == text.Length || char.IsWhiteSpace(text[position + 1])))
            {
                ReadPeriod();
            }
            else if (character == '\\')
            {
                ReadCommand();
            }
            else if (character != '_' && Names.ContinuesName(character) && !char.IsAsciiDigit(character))
            {
                ReadName();
            }
            else if (!ReadTypography(character) && !ReadSymbol())
            {
                throw Unreadable();
            }
        }
        tokens.Add(new Token(TokenKind.End, new SourceSpan(position, 0)));
    }

    private void Add(TokenKind kind, int length, string name = "", Rational value = default)
    {
        tokens.Add(new Token(kind, new SourceSpan(position, length), name, value));
        position += length;
    }

    private bool ReadSymbol()
    {
        foreach ((string symbol, TokenKind kind) in Symbols)
        {
            if (string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0)
            {
                Add(kind, symbol.Length);
                return true;
            }
        }
        return false;
    }

    private void ReadName()
    {
        int end = position;
        while (end < text.Length && Names.ContinuesName(text[end]))
        {
            end++;
        }
        end = position + LengthWithoutSubscript(text[position..end]);
        string name = Names.ToAscii(text[position..end]);
        if (end < text.Length && text[end] == CombiningCircumflex)
        {
            name += "hat";
            end++;
        }
        AddWord(name, end - position);
    }

    private const char CombiningCircumflex = '\u0302';

    /// <summary>A name, or a word that joins statements.</summary>
    private void AddWord(string name, int length) => Add(
        name switch
        {
            "in" => TokenKind.In,
            "and" => TokenKind.And,
            "or" => TokenKind.Or,
            "not" => TokenKind.Not,
            "for" => TokenKind.For,
            "forall" => TokenKind.For,
            "if" => TokenKind.If,
            "then" => TokenKind.Then,
            "iff" => TokenKind.Equivalent,
            "implies" => TokenKind.Implies,
            "equals" => TokenKind.Equal,
            "where" or "when" or "whenever" or "provided" or "given" or "with" => TokenKind.Where,
            "let" or "suppose" or "assume" or "Let" or "Suppose" or "Assume" => TokenKind.Let,
            "exists" or "exist" => TokenKind.Exists,
            "is" or "are" => TokenKind.Is,
            "as" => TokenKind.As,
            "inf" or "infinity" => TokenKind.Infinity,
            "If" => TokenKind.If,
            "Then" => TokenKind.Then,
            "For" => TokenKind.For,
            _ => TokenKind.Name,
        },
        length, name);

    /// <summary>A name may hold underscores (log_softmax); where what follows one is an index, the name ends before it.</summary>
    private static int LengthWithoutSubscript(string name)
    {
        int first = name.IndexOf('_', StringComparison.Ordinal);
        if (first < 0 || Functions.ByName.ContainsKey(name))
        {
            return name.Length;
        }
        string head = Names.ToAscii(name[..first]);
        if (first == 1 || head == "lim" || Functions.ByName.ContainsKey(head) || Names.ByCustom(head) is not null || (first == 2 && head[0] == 'd'))
        {
            return first;
        }
        int last = name.LastIndexOf('_');
        string tail = name[(last + 1)..];
        return tail.All(char.IsAsciiDigit) || (tail.Length == 1 && Names.IsPosition(tail[0])) ? last : name.Length;
    }

    /// <summary>A point ends a sentence.</summary>
    private void ReadPeriod()
    {
        if (text.AsSpan(position + 1).IsWhiteSpace())
        {
            position++;
            return;
        }
        Add(TokenKind.Period, 1);
    }

    private void ReadNumber()
    {
        int end = Digits(position);
        int fraction = 0;
        // "1..6" is a range: a point belongs to the number only with a digit after it.
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            int start = end + 1;
            end = Digits(start);
            fraction = end - start;
        }
        string digits = text[position..end].Replace(".", "", StringComparison.Ordinal);
        int exponent = 0;
        int mark = end;
        if (mark < text.Length && text[mark] is 'e' or 'E')
        {
            int start = mark + 1 < text.Length && text[mark + 1] is '+' or '-' ? mark + 2 : mark + 1;
            int stop = start <= text.Length ? Digits(start) : start;
            if (stop > start)
            {
                end = stop;
                if (!int.TryParse(text.AsSpan(mark + 1, stop - mark - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                    || Math.Abs(exponent) > MaximumDigits)
                {
                    throw TooLong(end);
                }
            }
        }
        if (digits.Length > MaximumDigits)
        {
            throw TooLong(end);
        }
        Rational value = new Rational(BigInteger.Parse(digits, CultureInfo.InvariantCulture), BigInteger.One) * new Rational(10, 1).Pow(exponent - fraction);
        Add(TokenKind.Number, end - position, value: value);
    }

    private int Digits(int start)
    {
        while (start < text.Length && char.IsAsciiDigit(text[start]))
        {
            start++;
        }
        return start;
    }

    private ClaimSyntaxException TooLong(int end) => new(
        string.Create(CultureInfo.InvariantCulture, $"This number is too long: at most {MaximumDigits:N0} digits, and exponents up to {MaximumDigits:N0}."),
        text, new SourceSpan(position, end - position));

    /// <summary>½ is (1/2), x² is x^2, ℝⁿ is R^n, x₁ is x[1].</summary>
    private bool ReadTypography(char character)
    {
        if (VulgarFractions.TryGetValue(character, out var fraction))
        {
            AddUnseen(TokenKind.Open);
            AddUnseen(TokenKind.Number, value: fraction.Numerator);
            AddUnseen(TokenKind.Divide);
            AddUnseen(TokenKind.Number, value: fraction.Denominator);
            Add(TokenKind.Close, 1);
            return true;
        }
        if (character != '⁺' && Superscripts.Contains(character, StringComparison.Ordinal))
        {
            AddUnseen(TokenKind.Power);
            AddScript(Superscripts, OfSuperscripts, TokenKind.Open, TokenKind.Close);
            return true;
        }
        if (Subscripts.Contains(character, StringComparison.Ordinal))
        {
            AddUnseen(TokenKind.Underscore);
            AddScript(Subscripts, OfSubscripts, TokenKind.OpenBrace, TokenKind.CloseBrace);
            return true;
        }
        if (Operators.TryGetValue(character, out string? name))
        {
            Add(TokenKind.Name, 1, name);
            return true;
        }
        if (character is '∀')
        {
            AddUnseen(TokenKind.For);
            Add(TokenKind.Name, 1, "every");
            return true;
        }
        return false;
    }

    private void AddUnseen(TokenKind kind, Rational value = default) => tokens.Add(new Token(kind, new SourceSpan(position, 1), Value: value));

    /// <summary>A run of raised or lowered characters: a number, a name, or several of them between brackets.</summary>
    private void AddScript(string characters, string plain, TokenKind open, TokenKind close)
    {
        int end = position;
        while (end < text.Length && end - position < MaximumDigits && characters.Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }
        string written = string.Concat(text[position..end].Select(c => plain[characters.IndexOf(c, StringComparison.Ordinal)]));
        bool isOne = written.All(char.IsAsciiDigit) || written.All(char.IsAsciiLetter);
        if (!isOne)
        {
            AddUnseen(open);
        }
        for (int i = 0; i < written.Length;)
        {
            int digits = written.Skip(i).TakeWhile(char.IsAsciiDigit).Count();
            int letters = written.Skip(i).TakeWhile(char.IsAsciiLetter).Count();
            int length = Math.Max(1, Math.Max(digits, letters));
            string piece = written[i..(i + length)];
            Add(digits > 0 ? TokenKind.Number : letters > 0 ? TokenKind.Name : piece == "-" ? TokenKind.Minus : TokenKind.Plus, length,
                digits > 0 ? "" : piece, digits > 0 ? BigInteger.Parse(piece, CultureInfo.InvariantCulture) : Rational.Zero);
            i += length;
        }
        if (!isOne)
        {
            tokens.Add(new Token(close, new SourceSpan(position - 1, 1)));
        }
    }

    private ClaimSyntaxException Unreadable()
    {
        Rune.DecodeFromUtf16(text.AsSpan(position), out Rune rune, out int length);
        string advice = (char)rune.Value switch
        {
            '!' => "Write != for \"is not equal to\".",
            '&' => "Write `and`.",
            '≈' => "Claims are exact: write ==, or say how close, as in abs(a - b) < 0.01.",
            '∝' => "Write the quotient: p/q == c, or p == q/sum(q).",
            '%' => "Write 50/100 or 0.5 for a percentage.",
            ';' => "Write a comma between declarations, and one claim a line.",
            '"' or '“' or '”' or '`' => "Write the claim without quotation marks.",
            _ => "See docs/claims.md for the language.",
        };
        string shown = Rune.IsControl(rune) || rune.Value == 0xFFFD
            ? string.Create(CultureInfo.InvariantCulture, $"The character U+{(rune.Value == 0xFFFD ? text[position] : rune.Value):X4}")
            : $"\"{rune}\"";
        return new ClaimSyntaxException($"{shown} has no meaning here. {advice}", text, new SourceSpan(position, length));
    }
}

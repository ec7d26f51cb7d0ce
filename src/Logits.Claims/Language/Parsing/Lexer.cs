using System.Globalization;
using System.Numerics;
using System.Text;

namespace Logits.Claims.Language.Parsing;

/// <summary>Cuts a claim into tokens; symbols outside ASCII become their ASCII twins here, so that nothing later knows of them.</summary>
internal sealed class Lexer
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
        ("**", TokenKind.Power), ("*", TokenKind.Times), ("·", TokenKind.Times), ("⋅", TokenKind.Times), ("×", TokenKind.Times),
        ("/", TokenKind.Divide), ("÷", TokenKind.Divide), ("^", TokenKind.Power),
        ("'", TokenKind.Transpose), ("′", TokenKind.Transpose), ("ᵀ", TokenKind.Transpose), ("⊤", TokenKind.Transpose),
        ("(", TokenKind.Open), (")", TokenKind.Close), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        (",", TokenKind.Comma), (":", TokenKind.Colon), ("∞", TokenKind.Infinity), ("∈", TokenKind.In), ("∧", TokenKind.And),
    ];

    private static readonly Dictionary<char, (int Numerator, int Denominator)> VulgarFractions = new()
    {
        ['½'] = (1, 2), ['⅓'] = (1, 3), ['⅔'] = (2, 3), ['¼'] = (1, 4), ['¾'] = (3, 4), ['⅕'] = (1, 5), ['⅛'] = (1, 8),
    };

    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string SubscriptDigits = "₀₁₂₃₄₅₆₇₈₉";

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
            if (char.IsWhiteSpace(character) || character is '\uFEFF' or '\u200B')
            {
                position++;
            }
            else if (char.IsAsciiDigit(character) || (character == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            {
                ReadNumber();
            }
            else if (Names.ContinuesName(character) && !char.IsAsciiDigit(character))
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
        string name = Names.ToAscii(text[position..end]);
        TokenKind kind = name switch
        {
            "in" => TokenKind.In,
            "and" => TokenKind.And,
            "for" => TokenKind.For,
            "inf" or "infinity" => TokenKind.Infinity,
            _ => TokenKind.Name,
        };
        Add(kind, end - position, name);
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
        if (character == 'ⁿ')
        {
            AddUnseen(TokenKind.Power);
            Add(TokenKind.Name, 1, "n");
            return true;
        }
        if (SuperscriptDigits.Contains(character, StringComparison.Ordinal))
        {
            AddUnseen(TokenKind.Power);
            AddScript(SuperscriptDigits);
            return true;
        }
        if (SubscriptDigits.Contains(character, StringComparison.Ordinal))
        {
            AddUnseen(TokenKind.OpenBracket);
            AddScript(SubscriptDigits);
            tokens.Add(new Token(TokenKind.CloseBracket, new SourceSpan(position - 1, 1)));
            return true;
        }
        if (character == '√')
        {
            Add(TokenKind.Name, 1, "sqrt");
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

    private void AddScript(string digits)
    {
        int end = position;
        BigInteger value = BigInteger.Zero;
        while (end < text.Length && end - position < MaximumDigits && digits.IndexOf(text[end], StringComparison.Ordinal) is >= 0 and int digit)
        {
            value = value * 10 + digit;
            end++;
        }
        Add(TokenKind.Number, end - position, value: value);
    }

    private ClaimSyntaxException Unreadable()
    {
        Rune.DecodeFromUtf16(text.AsSpan(position), out Rune rune, out int length);
        string advice = (char)rune.Value switch
        {
            '|' => "Write abs(a) for an absolute value, and `and`, `=>`, `<=>` between statements.",
            '{' or '}' => "Write ( ) for grouping and [ ] for vectors and indices.",
            '\\' => "Write names without a backslash: softmax, lambda, sum.",
            '$' => "Write the claim without dollar signs.",
            '!' => "Write != for \"is not equal to\".",
            '&' => "Write `and`.",
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

using System.Globalization;
using System.Numerics;
using System.Text;

namespace Logits.Claims.Language.Printing;

/// <summary>Prints syntax trees in the claim language, with the fewest parentheses that read back as the same tree.</summary>
public sealed class PlainText
{
    private readonly StringBuilder output = new();
    private readonly Alphabet alphabet;

    private PlainText(Alphabet alphabet) => this.alphabet = alphabet;

    /// <summary>The claim with its quantifiers: <c>for every n &gt;= 2, x in R^n, b in R: softmax(x + b) == softmax(x)</c>.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="alphabet">The characters to use.</param>
    public static string Print(Claim claim, Alphabet alphabet = Alphabet.Ascii)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var printer = new PlainText(alphabet);
        printer.Write(claim);
        return printer.output.ToString();
    }

    /// <summary>A statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="alphabet">The characters to use.</param>
    public static string Print(Statement statement, Alphabet alphabet = Alphabet.Ascii)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var printer = new PlainText(alphabet);
        printer.Write(statement);
        return printer.output.ToString();
    }

    /// <summary>An expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="alphabet">The characters to use.</param>
    public static string Print(Expression expression, Alphabet alphabet = Alphabet.Ascii)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var printer = new PlainText(alphabet);
        printer.Write(expression, Precedence.Sum);
        return printer.output.ToString();
    }

    private string Symbol(string ascii, string unicode) => alphabet == Alphabet.Ascii ? ascii : unicode;

    private string Spelt(string name) => alphabet == Alphabet.Unicode && Parsing.Names.GreekTwins.TryGetValue(name, out string? greek) ? greek : name;

    private void Write(Claim claim)
    {
        List<string> quantifiers = [];
        if (claim.Sizes is { } sizes)
        {
            quantifiers.Add(Print(sizes, alphabet));
        }
        quantifiers.AddRange(Declared(claim.Declarations));
        if (quantifiers.Count > 0)
        {
            output.Append("for every ").AppendJoin(", ", quantifiers).Append(": ");
        }
        for (int i = 0; i < claim.Hypotheses.Count; i++)
        {
            output.Append(i > 0 ? " and " : "");
            Write(claim.Hypotheses[i], isPart: true);
        }
        output.Append(claim.Hypotheses.Count > 0 ? $" {Symbol("=>", "⇒")} " : "");
        Write(claim.Conclusion);
    }

    /// <summary>Variables of one set stand together: a, b in R.</summary>
    private List<string> Declared(Sequence<Declaration> declarations)
    {
        List<string> sets = [];
        for (int i = 0; i < declarations.Count;)
        {
            Domain domain = declarations[i].Domain;
            List<string> names = [];
            while (i < declarations.Count && declarations[i].Domain == domain)
            {
                names.Add(Spelt(declarations[i++].Name));
            }
            sets.Add($"{string.Join(", ", names)} in {Print(domain, alphabet)}");
        }
        return sets;
    }

    /// <summary>Sizes as a declaration says them: <c>n &gt;= 2</c>, <c>n = 3</c>, <c>n in 2..6</c>.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="alphabet">The characters to use.</param>
    public static string Print(SizeRange sizes, Alphabet alphabet = Alphabet.Ascii)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return sizes switch
        {
            { Maximum: null } => string.Create(CultureInfo.InvariantCulture, $"n {(alphabet == Alphabet.Ascii ? ">=" : "≥")} {sizes.Minimum}"),
            { Maximum: var maximum } when maximum == sizes.Minimum => string.Create(CultureInfo.InvariantCulture, $"n = {sizes.Minimum}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"n in {sizes.Minimum}..{sizes.Maximum}"),
        };
    }

    /// <summary>A set as a declaration says it: <c>R^n</c>, <c>simplex</c>, <c>1..n</c>.</summary>
    /// <param name="domain">The set.</param>
    /// <param name="alphabet">The characters to use.</param>
    public static string Print(Domain domain, Alphabet alphabet = Alphabet.Ascii)
    {
        string reals = alphabet == Alphabet.Ascii ? "R" : "ℝ";
        string size = domain.Size.ToString();
        return domain.Set switch
        {
            DomainSet.Reals => reals,
            DomainSet.RealVectors when domain.Size == VectorSize.N => alphabet == Alphabet.Ascii ? "R^n" : "ℝⁿ",
            DomainSet.RealVectors => domain.Size.IsSymbolic ? $"{reals}^({size})" : $"{reals}^{size}",
            DomainSet.Indices => $"1..{size}",
            _ => (domain.Set == DomainSet.Simplex ? "simplex" : "onehot") + (domain.Size == VectorSize.N ? "" : $"({size})"),
        };
    }

    /// <summary>A part of a larger statement: what does not hold together by itself is put into parentheses.</summary>
    private void Write(Statement statement, bool isPart)
    {
        bool parenthesised = isPart && statement is Conjunction or Disjunction or Equivalence or Existential;
        output.Append(parenthesised ? "(" : "");
        Write(statement);
        output.Append(parenthesised ? ")" : "");
    }

    private void WriteParts(Sequence<Statement> parts, string word)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            output.Append(i > 0 ? word : "");
            Write(parts[i], isPart: true);
        }
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case Comparison comparison:
                for (int i = 0; i < comparison.Operands.Count; i++)
                {
                    if (i > 0)
                    {
                        output.Append(' ').Append(Spell(comparison.Relations[i - 1])).Append(' ');
                    }
                    Write(comparison.Operands[i], Precedence.Sum);
                }
                break;
            case Membership membership:
                Write(membership.Subject, Precedence.Sum);
                output.Append(" in ").Append(Print(membership.Domain, alphabet));
                break;
            case PositiveSemidefinite semidefinite:
                output.Append("psd(");
                Write(semidefinite.Matrix, Precedence.Sum);
                output.Append(')');
                break;
            case Conjunction conjunction:
                WriteParts(conjunction.Parts, " and ");
                break;
            case Disjunction disjunction:
                WriteParts(disjunction.Parts, " or ");
                break;
            case Denial denial:
                output.Append("not (");
                Write(denial.Denied);
                output.Append(')');
                break;
            case Existential existential:
                output.Append("exists ").AppendJoin(", ", Declared(existential.Variables)).Append(": ");
                Write(existential.Body);
                break;
            case Equivalence equivalence:
                Write(equivalence.Left, equivalence.Left is not Conjunction);
                output.Append($" {Symbol("<=>", "⇔")} ");
                Write(equivalence.Right, equivalence.Right is not Conjunction);
                break;
            default:
                throw new ArgumentException($"No such statement: {statement.GetType().Name}.", nameof(statement));
        }
    }

    private string Spell(Relation relation) => relation switch
    {
        Relation.Equal => "==",
        Relation.NotEqual => Symbol("!=", "≠"),
        Relation.Less => "<",
        Relation.LessOrEqual => Symbol("<=", "≤"),
        Relation.Greater => ">",
        _ => Symbol(">=", "≥"),
    };

    private void Write(Expression expression, Precedence context)
    {
        bool parenthesised = Precedences.Of(expression) < context;
        output.Append(parenthesised ? "(" : "");
        WriteBare(expression);
        output.Append(parenthesised ? ")" : "");
    }

    private void WriteBare(Expression expression)
    {
        if (expression.Notation is { } notation)
        {
            WriteNotation(notation);
            return;
        }
        switch (expression)
        {
            case Number number:
                output.Append(Decimal(number.Value));
                break;
            case SizeSymbol:
                output.Append('n');
                break;
            case Variable variable:
                output.Append(Spelt(variable.Name));
                break;
            case Negation negation:
                output.Append('-');
                Write(negation.Operand, Precedence.Power);
                break;
            case Binary binary:
                WriteBinary(binary);
                break;
            case Call { Arguments: [VectorLiteral { Entries.Count: > 1 } literal] } call when Parsing.Functions.ByName[Parsing.Functions.NameOf(call.Function)].TakesEntries:
                output.Append(Parsing.Functions.NameOf(call.Function));
                WriteList('(', literal.Entries, ')');
                break;
            case Call call:
                output.Append(Parsing.Functions.NameOf(call.Function));
                WriteList('(', call.Arguments, ')');
                break;
            case VectorLiteral literal:
                WriteList('[', literal.Entries, ']');
                break;
            case Element element:
                Write(element.Target, Precedence.Postfix);
                WriteList('[', element.Indices, ']');
                break;
            case IndexSum sum:
                output.Append("sum(").Append(Spelt(sum.Index.Name)).Append(": ");
                Write(sum.Body, Precedence.Sum);
                output.Append(')');
                break;
            case Derivative derivative:
                output.Append(derivative.Order == 1 ? "grad(" : "hessian(");
                if (derivative is { By.Name: Derivative.BoundName, Body: Call named })
                {
                    output.Append(Parsing.Functions.NameOf(named.Function));
                }
                else
                {
                    Write(derivative.Body, Precedence.Sum);
                }
                output.Append(")(");
                Write(derivative.At, Precedence.Sum);
                output.Append(')');
                break;
            case PartialDerivative partial:
                output.Append("d/d").Append(Spelt(partial.By.Name));
                if (partial.Index is not null)
                {
                    WriteList('[', [partial.Index], ']');
                }
                output.Append('(');
                Write(partial.Body, Precedence.Sum);
                output.Append(')');
                break;
            case Limit limit:
                output.Append("limit(");
                Write(limit.Body, Precedence.Sum);
                output.Append(", ").Append(Spelt(limit.Variable.Name)).Append($" {Symbol("->", "→")} ").Append(limit.Point switch
                {
                    LimitPoint.ZeroFromAbove => "0+",
                    LimitPoint.PlusInfinity => Symbol("inf", "∞"),
                    _ => Symbol("-inf", "-∞"),
                }).Append(')');
                break;
            default:
                throw new ArgumentException($"No such expression: {expression.GetType().Name}.", nameof(expression));
        }
    }

    private void WriteNotation(Notation notation)
    {
        switch (notation.Form)
        {
            case NotationForm.Entry:
                Write(notation.Arguments[0], Precedence.Postfix);
                output.Append('[').Append(notation.Name).Append(']');
                break;
            case NotationForm.Operator:
                output.Append(notation.Name).Append('(');
                Write(notation.Arguments[0], Precedence.Sum);
                output.Append(")(");
                Write(notation.Arguments[1], Precedence.Sum);
                output.Append(')');
                break;
            default:
                output.Append(notation.Name);
                WriteList('(', notation.Arguments is [VectorLiteral { Entries.Count: > 1 } literal] ? literal.Entries : notation.Arguments, ')');
                output.Append(notation.Form == NotationForm.Square ? "^2" : "");
                break;
        }
    }

    private void WriteBinary(Binary binary)
    {
        Precedence own = Precedences.Of(binary);
        // Sums and products group to the left, powers to the right.
        (Precedence left, Precedence right) = binary.Operator == BinaryOperator.Power
            ? (Precedence.Postfix, Precedence.Power)
            : (own, own == Precedence.Sum ? Precedence.Product : Precedence.Power);
        Write(binary.Left, left);
        output.Append(binary.Operator switch
        {
            BinaryOperator.Add => " + ",
            BinaryOperator.Subtract => " - ",
            BinaryOperator.Multiply => "*",
            BinaryOperator.Divide => "/",
            _ => "^",
        });
        Write(binary.Right, right);
    }

    private void WriteList(char open, Sequence<Expression> items, char close)
    {
        output.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            output.Append(i > 0 ? ", " : "");
            Write(items[i], Precedence.Sum);
        }
        output.Append(close);
    }

    /// <summary>The literal with all its digits. A value that no decimal ends at prints as its fraction; no claim that was read holds one.</summary>
    private static string Decimal(Rational value)
    {
        BigInteger denominator = value.Denominator;
        int places = 0;
        while (!(BigInteger.Pow(10, places) % denominator).IsZero)
        {
            if (++places > denominator.GetBitLength())
            {
                return $"({value})";
            }
        }
        if (places == 0)
        {
            return value.ToString();
        }
        string digits = (value * BigInteger.Pow(10, places)).Abs().Numerator.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return (value.Sign < 0 ? "-" : "") + digits[..^places] + "." + digits[^places..];
    }
}

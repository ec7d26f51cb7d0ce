using System.Globalization;
using System.Text;

namespace Logits.Claims.Language.Printing;

/// <summary>
/// Prints claims as presentation MathML (a <c>math</c> element each), in the forms of a textbook: fractions, Σ, subscripts, ∇², lim. It is for
/// reading; <see cref="PlainText"/> is the form that reads back.
/// </summary>
public sealed class MathMl
{
    private readonly StringBuilder output = new();

    private MathMl()
    {
    }

    /// <summary>The claim with its quantifiers.</summary>
    /// <param name="claim">The claim.</param>
    public static string Print(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Document(printer => printer.Write(claim));
    }

    /// <summary>A statement.</summary>
    /// <param name="statement">The statement.</param>
    public static string Print(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Document(printer => printer.Write(statement));
    }

    /// <summary>An expression.</summary>
    /// <param name="expression">The expression.</param>
    public static string Print(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Document(printer => printer.Write(expression, Precedence.Sum));
    }

    private static string Document(Action<MathMl> write)
    {
        var printer = new MathMl();
        printer.Within("math xmlns=\"http://www.w3.org/1998/Math/MathML\"", () => write(printer));
        return printer.output.ToString();
    }

    private void Write(Claim claim)
    {
        bool first = true;
        void Separate()
        {
            Operator(first ? "∀" : ",");
            first = false;
        }
        if (claim.Sizes is { } sizes)
        {
            Separate();
            Identifier("n");
            Operator(sizes.Maximum == sizes.Minimum ? "=" : sizes.Maximum is null ? "≥" : "∈");
            Token("mn", sizes.Maximum is null || sizes.Maximum == sizes.Minimum
                ? sizes.Minimum.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{{{sizes.Minimum}, …, {sizes.Maximum}}}"));
        }
        foreach (Declaration declaration in claim.Declarations)
        {
            Separate();
            Name(declaration.Name);
            Operator("∈");
            Write(declaration.Domain);
        }
        if (!first)
        {
            Operator(":");
        }
        WriteAll(claim.Hypotheses);
        if (claim.Hypotheses.Count > 0)
        {
            Operator("⇒");
        }
        Write(claim.Conclusion);
    }

    private void Write(Domain domain)
    {
        void Size() => Token("mi", domain.Size.ToString());
        switch (domain.Set)
        {
            case DomainSet.Reals:
                Identifier("ℝ");
                break;
            case DomainSet.RealVectors:
                Within("msup", () => { Identifier("ℝ"); Size(); });
                break;
            case DomainSet.Simplex:
                Within("msub", () => { Identifier("Δ"); Size(); });
                break;
            case DomainSet.OneHot:
                Within("mrow", () => { Operator("{"); Indexed("e", "1"); Operator(","); Operator("…"); Operator(","); Indexed("e", domain.Size.ToString()); Operator("}"); });
                break;
            default:
                Within("mrow", () => { Operator("{"); Token("mn", "1"); Operator(","); Operator("…"); Operator(","); Size(); Operator("}"); });
                break;
        }
    }

    private void WriteAll(Sequence<Statement> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            if (i > 0)
            {
                Operator("∧");
            }
            Write(statements[i]);
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
                        Operator(comparison.Relations[i - 1] switch
                        {
                            Relation.Equal => "=",
                            Relation.NotEqual => "≠",
                            Relation.Less => "<",
                            Relation.LessOrEqual => "≤",
                            Relation.Greater => ">",
                            _ => "≥",
                        });
                    }
                    Write(comparison.Operands[i], Precedence.Sum);
                }
                break;
            case Membership membership:
                Write(membership.Subject, Precedence.Sum);
                Operator("∈");
                Write(membership.Domain);
                break;
            case PositiveSemidefinite semidefinite:
                Write(semidefinite.Matrix, Precedence.Sum);
                Operator("⪰");
                Token("mn", "0");
                break;
            case Conjunction conjunction:
                WriteAll(conjunction.Parts);
                break;
            case Disjunction disjunction:
                for (int i = 0; i < disjunction.Parts.Count; i++)
                {
                    if (i > 0)
                    {
                        Operator("∨");
                    }
                    Write(disjunction.Parts[i]);
                }
                break;
            case Denial denial:
                Operator("¬");
                Operator("(");
                Write(denial.Denied);
                Operator(")");
                break;
            case Existential existential:
                Operator("∃");
                foreach (Declaration declaration in existential.Variables)
                {
                    Name(declaration.Name);
                    Operator("∈");
                    Write(declaration.Domain);
                    Operator(",");
                }
                Write(existential.Body);
                break;
            case Equivalence equivalence:
                Write(equivalence.Left);
                Operator("⇔");
                Write(equivalence.Right);
                break;
        }
    }

    private void Write(Expression expression, Precedence context)
    {
        bool parenthesised = Holds(expression) < context;
        Within("mrow", () =>
        {
            if (parenthesised)
            {
                Operator("(");
            }
            WriteBare(expression);
            if (parenthesised)
            {
                Operator(")");
            }
        });
    }

    /// <summary>A fraction holds together by its bar, a power by its raised exponent.</summary>
    private static Precedence Holds(Expression expression) => expression switch
    {
        { Notation: not null } => Precedences.Of(expression),
        Binary { Operator: BinaryOperator.Divide } => Precedence.Negation,
        Limit or IndexSum => Precedence.Sum,
        Call { Function: Function.Transpose or Function.Quad or Function.Outer or Function.Dot } => Precedence.Product,
        _ => Precedences.Of(expression),
    };

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
                Token("mn", PlainText.Print(number));
                break;
            case SizeSymbol:
                Identifier("n");
                break;
            case Variable variable:
                Name(variable.Name);
                break;
            case Negation negation:
                Operator("−");
                Write(negation.Operand, Precedence.Power);
                break;
            case Binary binary:
                WriteBinary(binary);
                break;
            case Call call:
                WriteCall(call);
                break;
            case VectorLiteral literal:
                List("(", literal.Entries, ")");
                break;
            case Element element:
                Within("msub", () =>
                {
                    Write(element.Target, Precedence.Postfix);
                    List("", element.Indices, "");
                });
                break;
            case IndexSum sum:
                Within("munderover", () =>
                {
                    Operator("∑");
                    Within("mrow", () => { Name(sum.Index.Name); Operator("="); Token("mn", "1"); });
                    Token("mi", sum.Index.Shape.Size.ToString());
                });
                Write(sum.Body, Precedence.Product);
                break;
            case Derivative derivative:
                WriteDerivative(derivative);
                break;
            case PartialDerivative partial:
                Within("mfrac", () =>
                {
                    Operator("∂");
                    Within("mrow", () =>
                    {
                        Operator("∂");
                        if (partial.Index is null)
                        {
                            Name(partial.By.Name);
                        }
                        else
                        {
                            Within("msub", () => { Name(partial.By.Name); Write(partial.Index, Precedence.Sum); });
                        }
                    });
                });
                Write(partial.Body, Precedence.Power);
                break;
            case Limit limit:
                Within("munder", () =>
                {
                    Operator("lim");
                    Within("mrow", () =>
                    {
                        Name(limit.Variable.Name);
                        Operator("→");
                        Token("mn", limit.Point switch { LimitPoint.ZeroFromAbove => "0⁺", LimitPoint.PlusInfinity => "+∞", _ => "−∞" });
                    });
                });
                Write(limit.Body, Precedence.Product);
                break;
        }
    }

    private void WriteNotation(Notation notation)
    {
        switch (notation.Form)
        {
            case NotationForm.Entry:
                Within("msub", () => { Write(notation.Arguments[0], Precedence.Postfix); Token("mi", notation.Name); });
                break;
            case NotationForm.Square:
                Within("msup", () =>
                {
                    Within("mrow", () => { Token("mi", notation.Name); List("(", notation.Arguments, ")"); });
                    Token("mn", "2");
                });
                break;
            case NotationForm.Operator:
                Token("mi", notation.Name);
                List("(", [notation.Arguments[0]], ")");
                List("(", [notation.Arguments[1]], ")");
                break;
            default:
                Token("mi", notation.Name);
                Operator("\u2061");
                List("(", notation.Arguments is [VectorLiteral { Entries.Count: > 1 } literal] ? literal.Entries : notation.Arguments, ")");
                break;
        }
    }

    private void WriteBinary(Binary binary)
    {
        Precedence own = Precedences.Of(binary);
        switch (binary.Operator)
        {
            case BinaryOperator.Divide:
                Within("mfrac", () =>
                {
                    Write(binary.Left, Precedence.Sum);
                    Write(binary.Right, Precedence.Sum);
                });
                break;
            case BinaryOperator.Power:
                Within("msup", () =>
                {
                    Write(binary.Left, Precedence.Postfix);
                    Write(binary.Right, Precedence.Sum);
                });
                break;
            default:
                Write(binary.Left, own);
                Operator(binary.Operator switch { BinaryOperator.Add => "+", BinaryOperator.Subtract => "−", _ => "·" });
                Write(binary.Right, own == Precedence.Sum ? Precedence.Product : Precedence.Power);
                break;
        }
    }

    private void WriteCall(Call call)
    {
        switch (call.Function)
        {
            case Function.Exp when call.Kind == Kind.Scalar:
                Within("msup", () => { Identifier("e"); Write(call.Arguments[0], Precedence.Sum); });
                break;
            case Function.Transpose:
                Transposed(call.Arguments[0]);
                break;
            case Function.Dot:
                Transposed(call.Arguments[0]);
                Write(call.Arguments[1], Precedence.Power);
                break;
            case Function.Outer:
                Write(call.Arguments[0], Precedence.Power);
                Transposed(call.Arguments[1]);
                break;
            case Function.Quad:
                Transposed(call.Arguments[1]);
                Write(call.Arguments[0], Precedence.Power);
                Write(call.Arguments[1], Precedence.Power);
                break;
            case Function.OneHot:
                Within("msub", () => { Identifier("e"); Write(call.Arguments[0], Precedence.Sum); });
                break;
            default:
                Token("mi", Parsing.Functions.NameOf(call.Function));
                Operator("\u2061");
                bool entries = call.Arguments is [VectorLiteral { Entries.Count: > 1 }];
                List("(", entries ? ((VectorLiteral)call.Arguments[0]).Entries : call.Arguments, ")");
                break;
        }
    }

    private void WriteDerivative(Derivative derivative)
    {
        if (derivative.Order == 1)
        {
            Operator("∇");
        }
        else
        {
            Within("msup", () => { Operator("∇"); Token("mn", "2"); });
        }
        if (derivative is { By.Name: Derivative.BoundName, Body: Call named })
        {
            Token("mi", Parsing.Functions.NameOf(named.Function));
        }
        else
        {
            Write(derivative.Body, Precedence.Power);
        }
        Operator("(");
        Write(derivative.At, Precedence.Sum);
        Operator(")");
    }

    private void Transposed(Expression expression) => Within("msup", () =>
    {
        Write(expression, Precedence.Postfix);
        Operator("⊤");
    });

    private void List(string open, Sequence<Expression> items, string close) => Within("mrow", () =>
    {
        if (open.Length > 0)
        {
            Operator(open);
        }
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Operator(",");
            }
            Write(items[i], Precedence.Sum);
        }
        if (close.Length > 0)
        {
            Operator(close);
        }
    });

    private void Name(string name) => Identifier(Parsing.Names.GreekTwins.GetValueOrDefault(name, name));

    private void Indexed(string name, string index) => Within("msub", () => { Identifier(name); Token("mi", index); });

    private void Identifier(string name) => Token("mi", name);

    private void Operator(string symbol) => Token("mo", symbol);

    private void Token(string element, string content) => output.Append('<').Append(element).Append('>')
        .Append(content.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal))
        .Append("</").Append(element).Append('>');

    private void Within(string element, Action content)
    {
        output.Append('<').Append(element).Append('>');
        content();
        output.Append("</").Append(element.Split(' ')[0]).Append('>');
    }
}

namespace Logits.Claims.Language;

/// <summary>Forms in which a notation is written.</summary>
internal enum NotationForm
{
    /// <summary><c>name(a, b)</c>.</summary>
    Call,

    /// <summary><c>name(f)(x)</c>, the arguments f and x.</summary>
    Operator,

    /// <summary><c>a[n + 1]</c>: the entry with the name as its position.</summary>
    Entry,

    /// <summary><c>name(a)^2</c>.</summary>
    Square,
}

/// <summary>
/// How a text wrote an expression that is read as another, <c>tanh(a)</c> for a quotient of exponentials. It belongs to one node: a node copied and
/// changed has none, so that what is printed is always what is meant.
/// </summary>
/// <param name="Form">The form.</param>
/// <param name="Name">The name.</param>
/// <param name="Arguments">What it is applied to.</param>
/// <param name="Meaning">The expression it is read as.</param>
/// <param name="Unfold">What it is read as with other arguments.</param>
internal sealed record Notation(NotationForm Form, string Name, Sequence<Expression> Arguments, Expression Meaning, Func<Sequence<Expression>, Expression> Unfold)
{
    /// <summary>The expression that the arguments unfold to, marked with how it was written.</summary>
    public static Expression Write(NotationForm form, string name, Sequence<Expression> arguments, Func<Sequence<Expression>, Expression> unfold)
    {
        // An argument handed through keeps its own notation: the mark goes on a node of its own.
        Expression meaning = unfold(arguments) with { };
        meaning.WriteAs(new Notation(form, name, arguments, meaning, unfold));
        return meaning;
    }

    /// <summary>The same notation with other arguments.</summary>
    public Expression With(Sequence<Expression> arguments) => Write(Form, Name, arguments, Unfold);
}

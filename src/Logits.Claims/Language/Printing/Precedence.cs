namespace Logits.Claims.Language.Printing;

/// <summary>How tightly an expression holds together; one in a place that asks for more needs parentheses.</summary>
internal enum Precedence
{
    Sum,
    Product,
    Negation,
    Power,
    Postfix,
}

internal static class Precedences
{
    public static Precedence Of(Expression expression) => expression switch
    {
        { Notation: { Form: var form } } => form == NotationForm.Square ? Precedence.Power : Precedence.Postfix,
        Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } => Precedence.Sum,
        Binary { Operator: BinaryOperator.Multiply or BinaryOperator.Divide } => Precedence.Product,
        Binary => Precedence.Power,
        Negation or PartialDerivative or Number { Value.Sign: < 0 } => Precedence.Negation,
        _ => Precedence.Postfix,
    };
}

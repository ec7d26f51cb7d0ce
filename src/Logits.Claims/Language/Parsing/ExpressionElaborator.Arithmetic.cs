namespace Logits.Claims.Language.Parsing;

/// <content>The kinds and sizes of sums, products, quotients and powers.</content>
internal sealed partial class ExpressionElaborator
{
    private Typed Arithmetic(BinarySyntax binary)
    {
        if (binary is { Operator: BinaryOperator.Power, Left: CallSyntax { Function.Name: "norm", Arguments: [var vector] }, Right: NumberSyntax { Value: var two } } && two == 2)
        {
            // The square of a root of a sum of squares is that sum, also where it is 0.
            Typed ofNorm = Argument(vector, Kind.Vector, "What a norm is of");
            return new Typed(Kind.Scalar, default, () => Notation.Write(NotationForm.Square, "norm", [ofNorm.Build()], arguments => Definitions.SumOfSquares(arguments[0])));
        }
        Typed left = Elaborate(binary.Left);
        Typed right = Elaborate(binary.Right);
        if (left.IsRow || right.IsRow)
        {
            return Products.WithRow(this, binary, left, right);
        }
        AsValue(binary.Left, left);
        AsValue(binary.Right, right);
        if (binary.IsDot && left.Kind == Kind.Vector && right.Kind == Kind.Vector)
        {
            Unify(left.Size, right.Size, binary.Left, binary.Right);
            return new Typed(Kind.Scalar, default, () => new Call(Function.Dot, [left.Build(), right.Build()], Shape.Scalar, binary.Span));
        }
        (Kind kind, SizeTerm size) = Combine(binary, left, right);
        return new Typed(kind, size, () => new Binary(binary.Operator, left.Build(), right.Build(), ShapeOf(kind, size), binary.Span));
    }

    private (Kind Kind, SizeTerm Size) Combine(BinarySyntax binary, Typed left, Typed right)
    {
        switch (binary.Operator, left.Kind, right.Kind)
        {
            case (BinaryOperator.Power, Kind.Scalar or Kind.Vector, Kind.Scalar):
            case (_, Kind.Scalar, Kind.Scalar):
            case (BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide, Kind.Vector, Kind.Scalar):
            case (BinaryOperator.Multiply or BinaryOperator.Divide, Kind.Matrix, Kind.Scalar):
                return (left.Kind, left.Size);
            case (BinaryOperator.Power, Kind.Scalar or Kind.Vector, Kind.Vector):
                throw Error($"The exponent `{Quote(binary.Right)}` is a vector; exponents are numbers. Write exp(log(a)*x) for a number to a vector of powers.", binary.Right.Span);
            case (BinaryOperator.Power, _, _):
                throw Error("Matrices have no powers here.", binary.Span);
            case (not BinaryOperator.Power, Kind.Scalar, Kind.Vector):
            case (BinaryOperator.Multiply, Kind.Scalar, Kind.Matrix):
                return (right.Kind, right.Size);
            case (_, Kind.Vector, Kind.Vector):
            case (BinaryOperator.Add or BinaryOperator.Subtract, Kind.Matrix, Kind.Matrix):
            case (BinaryOperator.Multiply, Kind.Matrix, Kind.Vector):
                Unify(left.Size, right.Size, binary.Left, binary.Right);
                return (right.Kind, right.Size);
            case (BinaryOperator.Multiply, Kind.Vector, Kind.Matrix):
                throw Error($"A vector stands left of a matrix only transposed: {Quote(binary.Left)}'*{Quote(binary.Right)}.", binary.Span);
            case (BinaryOperator.Multiply, Kind.Matrix, Kind.Matrix):
                throw Error("Products of two matrices are not part of the language.", binary.Span);
            default:
                string verb = binary.Operator switch
                {
                    BinaryOperator.Add => "added",
                    BinaryOperator.Subtract => "subtracted",
                    BinaryOperator.Multiply => "multiplied",
                    _ => "divided",
                };
                throw Error($"`{Quote(binary.Left)}` is {Describe(left)} and `{Quote(binary.Right)}` is {Describe(right)}: these cannot be {verb}.", binary.Span);
        }
    }
}

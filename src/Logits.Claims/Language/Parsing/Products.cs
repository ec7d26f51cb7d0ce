namespace Logits.Claims.Language.Parsing;

/// <summary>Sums, multiples and products in which a row vector stands: xᵀy is dot(x, y), pᵀq the other way round is outer, vᵀM a row again.</summary>
internal static class Products
{
    /// <summary>The expression, at least one of its sides a row vector.</summary>
    public static Typed WithRow(ExpressionElaborator elaborator, BinarySyntax binary, Typed left, Typed right)
    {
        SourceSpan span = binary.Span;
        switch (binary.Operator, left, right)
        {
            case (BinaryOperator.Multiply, { IsRow: true }, { Kind: Kind.Vector, IsRow: false }):
                elaborator.Unify(left.Size, right.Size, binary.Left, binary.Right);
                return new Typed(Kind.Scalar, default, () => new Call(Function.Dot, [left.Build(), right.Build()], Shape.Scalar, span));
            case (BinaryOperator.Multiply, { Kind: Kind.Vector, IsRow: false }, { IsRow: true }):
                elaborator.Unify(left.Size, right.Size, binary.Left, binary.Right);
                return new Typed(Kind.Matrix, left.Size, () =>
                    new Call(Function.Outer, [left.Build(), right.Build()], ExpressionElaborator.ShapeOf(Kind.Matrix, left.Size), span));
            case (BinaryOperator.Multiply, { IsRow: true }, { Kind: Kind.Matrix }):
                elaborator.Unify(left.Size, right.Size, binary.Left, binary.Right);
                return Row(left.Size, () =>
                {
                    Expression matrix = right.Build();
                    Expression vector = left.Build();
                    return new Binary(BinaryOperator.Multiply, new Call(Function.Transpose, [matrix], matrix.Shape, span), vector, vector.Shape, span);
                });
            case (BinaryOperator.Multiply or BinaryOperator.Divide, { IsRow: true }, { Kind: Kind.Scalar }):
                return Row(left.Size, () => Entrywise(binary, left.Build(), right.Build(), isRight: false));
            case (BinaryOperator.Multiply, { Kind: Kind.Scalar }, { IsRow: true }):
                return Row(right.Size, () => Entrywise(binary, left.Build(), right.Build(), isRight: true));
            case (BinaryOperator.Add or BinaryOperator.Subtract, { IsRow: true }, { IsRow: true }):
                elaborator.Unify(left.Size, right.Size, binary.Left, binary.Right);
                return Row(left.Size, () => Entrywise(binary, left.Build(), right.Build(), isRight: false));
            default:
                throw elaborator.Error(
                    $"`{elaborator.Quote(binary.Left)}` is {ExpressionElaborator.Describe(left)} and `{elaborator.Quote(binary.Right)}` is "
                    + $"{ExpressionElaborator.Describe(right)}: these do not go together. Products are xᵀ*y, p*pᵀ and vᵀ*M*v.", span);
        }
    }

    private static Typed Row(SizeTerm size, Func<Expression> build) => new(Kind.Vector, size, build, IsRow: true);

    private static Binary Entrywise(BinarySyntax binary, Expression left, Expression right, bool isRight) =>
        new(binary.Operator, left, right, isRight ? right.Shape : left.Shape, binary.Span);
}

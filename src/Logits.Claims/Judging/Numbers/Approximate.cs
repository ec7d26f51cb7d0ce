namespace Logits.Claims.Judging.Numbers;

/// <summary>A double: quick, and never a reason for a verdict.</summary>
internal sealed class Approximate(double value) : Real
{
    public double Value { get; } = value;

    public override bool IsKnown => !double.IsNaN(Value);

    public override int? Sign => double.IsNaN(Value) ? null : Math.Sign(Value);

    protected override int Richness => 0;

    public override Real Of(Rational value) => new Approximate(value.ToDouble());

    protected override Real Lift(Real poorer) => poorer;

    protected override Real Plus(Real other) => new Approximate(Value + ((Approximate)other).Value);

    protected override Real Negate() => new Approximate(-Value);

    protected override Real Times(Real other) => new Approximate(Value * ((Approximate)other).Value);

    protected override Real Reciprocal() => new Approximate(1 / Value);

    protected override Real Exponential() => new Approximate(Math.Exp(Value));

    protected override Real Logarithm() => new Approximate(Math.Log(Value));
}

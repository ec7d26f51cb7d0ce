namespace Logits.Claims.Judging.Numbers;

/// <summary>
/// A number plus multiples of infinitesimals ε with ε² = 0, and of products of them: f(x + ε₁u + ε₂v) carries the derivative of f along u at ε₁, and
/// the second one along u and v at ε₁ε₂.
/// </summary>
internal sealed class Jet : Real
{
    // By the set of infinitesimals as bits; 0 is the number itself.
    private readonly Dictionary<uint, Real> _parts;

    private Jet(Dictionary<uint, Real> parts) => _parts = parts;

    private Real Value => _parts[0];

    public override bool IsKnown => Value.IsKnown;

    /// <summary>A number that is 0 may be positive or negative nearby.</summary>
    public override int? Sign => Value.Sign is 0 && _parts.Count > 1 ? null : Value.Sign;

    protected override int Richness => 2;

    /// <summary>value + direction·ε.</summary>
    public static Jet Along(Real value, Rational direction, uint epsilon)
    {
        var parts = value is Jet jet ? new Dictionary<uint, Real>(jet._parts) : new() { [0] = value };
        parts[epsilon] = parts[0].Of(direction);
        return new(parts);
    }

    /// <summary>What stands at ε, itself with whatever other infinitesimals it has.</summary>
    public static Real Part(Real number, uint epsilon)
    {
        if (number is not Jet jet)
        {
            return number.IsKnown ? number.Of(Rational.Zero) : number;
        }
        var parts = jet._parts.Where(part => (part.Key & epsilon) != 0).ToDictionary(part => part.Key & ~epsilon, part => part.Value);
        parts.TryAdd(0, jet.Value.Of(Rational.Zero));
        return Of(parts);
    }

    public override Real Of(Rational value) => new Jet(new() { [0] = Value.Of(value) });

    protected override Real Lift(Real poorer) => new Jet(new() { [0] = poorer });

    protected override Real Plus(Real other)
    {
        var parts = new Dictionary<uint, Real>(_parts);
        foreach ((uint key, Real part) in ((Jet)other)._parts)
        {
            parts[key] = parts.TryGetValue(key, out Real? own) ? own + part : part;
        }
        return Of(parts);
    }

    protected override Real Negate() => Map(part => -part);

    protected override Real Times(Real other)
    {
        var parts = new Dictionary<uint, Real>();
        foreach ((uint left, Real a) in _parts)
        {
            foreach ((uint right, Real b) in ((Jet)other)._parts)
            {
                if ((left & right) == 0)
                {
                    parts[left | right] = parts.TryGetValue(left | right, out Real? sum) ? sum + (a * b) : a * b;
                }
            }
        }
        return Of(parts);
    }

    /// <summary>1/(a + d) = Σ (−d)ᵏ/aᵏ⁺¹.</summary>
    protected override Real Reciprocal()
    {
        Real inverse = Value.Inverse();
        return Series(-inverse, _ => Rational.One, inverse);
    }

    /// <summary>exp(a + d) = exp a Σ dᵏ/k!.</summary>
    protected override Real Exponential()
    {
        Rational factorial = Rational.One;
        return Series(Value.Of(Rational.One), k => (factorial *= k).Reciprocal(), Value.Exp());
    }

    /// <summary>log(a + d) = log a − Σ (−d/a)ᵏ/k.</summary>
    protected override Real Logarithm() => Series(-Value.Inverse(), k => new Rational(-1, k), Value.Of(Rational.One)) - Value.Of(Rational.One) + Value.Log();

    /// <summary>scale · (1 + Σ c(k)·(step·d)ᵏ), which ends because products of enough infinitesimals are 0.</summary>
    private Real Series(Real step, Func<int, Rational> coefficient, Real scale)
    {
        var rest = new Dictionary<uint, Real>(_parts);
        rest[0] = Value.Of(Rational.Zero);
        Real change = new Jet(rest) * step;
        Real sum = Of(Rational.One);
        Real power = sum;
        int most = System.Numerics.BitOperations.PopCount(_parts.Keys.Aggregate(0u, (all, key) => all | key));
        for (int k = 1; k <= most && power.IsKnown; k++)
        {
            power *= change;
            sum += power * Value.Of(coefficient(k));
        }
        return sum * scale;
    }

    private Jet Map(Func<Real, Real> function) => new(_parts.ToDictionary(part => part.Key, part => function(part.Value)));

    private static Real Of(Dictionary<uint, Real> parts)
    {
        if (parts.Values.Any(part => !part.IsKnown))
        {
            return Unknown;
        }
        return parts.Count == 1 ? parts[0] : new Jet(parts);
    }
}

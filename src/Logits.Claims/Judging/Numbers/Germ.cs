using Logits.Claims.Arithmetic;

namespace Logits.Claims.Judging.Numbers;

/// <summary>
/// A function of t far out: Σ c·e^{qt}·t^p·(log t)^r, where each c is a constant, or a function of t that for every t ≥ 2³⁰ lies in the interval that stands for it.
/// What it tends to is thereby enclosed, and exact where it is the constant term.
/// </summary>
internal sealed class Germ : Real
{
    private const int MostTerms = 12;
    private const int Order = 3;
    private const int StartExponent = 30;
    private const int Bits = 160;

    private readonly List<(Scale Scale, Certain Factor)> _terms;

    private Germ(List<(Scale Scale, Certain Factor)> terms) => _terms = terms;

    public override int? Sign => Parts() is var (lead, _) ? lead.Factor.Sign : _terms.Count == 0 ? 0 : null;

    protected override int Richness => 1;

    /// <summary>t, −t or 1/t, as t grows.</summary>
    public static Real Variable(Rational factor, int power) => new Germ([(new(Certain.Of(Rational.Zero, Bits), power, 0), Certain.Of(factor, Bits))]);

    /// <summary>What it tends to; unknown where that is not finite or cannot be told.</summary>
    public static Real Limit(Real number)
    {
        if (number is not Germ germ)
        {
            return number is Certain ? number : Unknown;
        }
        Real limit = Certain.Of(Rational.Zero, Bits);
        foreach ((Scale scale, Certain factor) in germ._terms)
        {
            switch (scale.Growth)
            {
                case 0:
                    limit += factor;
                    break;
                case < 0:
                    // A bounded factor times what vanishes vanishes.
                    break;
                default:
                    return Unknown;
            }
        }
        return limit;
    }

    public override Real Of(Rational value) => value.IsZero ? new Germ([]) : new Germ([(Scale.One, Certain.Of(value, Bits))]);

    protected override Real Lift(Real poorer) => poorer is Certain constant ? constant.Sign == 0 ? new Germ([]) : new Germ([(Scale.One, constant)]) : throw new InvalidOperationException("a double in a germ");

    protected override Real Plus(Real other)
    {
        var terms = new List<(Scale Scale, Certain Factor)>(_terms);
        foreach ((Scale scale, Certain factor) in ((Germ)other)._terms)
        {
            int at = terms.FindIndex(term => term.Scale.CompareTo(scale) == 0);
            if (at < 0)
            {
                terms.Add((scale, factor));
            }
            else if (terms[at].Factor + factor is Certain sum)
            {
                terms[at] = (scale, sum);
            }
            else
            {
                return Unknown;
            }
        }
        terms.RemoveAll(term => term.Factor.Sign == 0);
        return terms.Count <= MostTerms ? new Germ(terms) : Unknown;
    }

    protected override Real Negate() => new Germ([.. _terms.Select(term => (term.Scale, (Certain)(-term.Factor)))]);

    protected override Real Times(Real other)
    {
        Real sum = new Germ([]);
        foreach ((Scale left, Certain a) in _terms)
        {
            var row = new List<(Scale, Certain)>();
            foreach ((Scale right, Certain b) in ((Germ)other)._terms)
            {
                if (left.Times(right) is not { } scale || a * b is not Certain factor)
                {
                    return Unknown;
                }
                row.Add((scale, factor));
            }
            sum += new Germ(row);
        }
        return sum;
    }

    /// <summary>1/(l(1 + d)) = (1/l)(1 − d + d² − d³/(1 + d)).</summary>
    protected override Real Reciprocal() => Parts() is var (lead, rest)
        ? Series(rest, k => k % 2 == 0 ? 1 : -1, far => (Interval.Of(Order % 2 == 0 ? 1 : -1, Bits) / (Interval.Of(1, Bits) + far))) * Single(lead.Scale.Power(-1), lead.Factor.Inverse())
        : Unknown;

    protected override Real Exponential()
    {
        Real factor = Certain.Of(Rational.One, Bits);
        Scale? scale = Scale.One;
        var vanishing = new List<(Scale, Certain)>();
        foreach ((Scale own, Certain coefficient) in _terms)
        {
            if (own.Growth < 0)
            {
                vanishing.Add((own, coefficient));
            }
            else if (own.Growth == 0)
            {
                factor *= coefficient.Exp();
            }
            else
            {
                scale = scale is null || own.Exponential(coefficient) is not { } grown ? null : scale.Times(grown);
            }
        }
        if (scale is null)
        {
            return Unknown;
        }
        Rational factorial = Rational.One;
        Rational last = Enumerable.Range(1, Order).Aggregate(Rational.One, (product, k) => product * k).Reciprocal();
        return Series(new Germ(vanishing), k => k == 0 ? Rational.One : (factorial *= k).Reciprocal(), far => Hull(Interval.Of(0, Bits), far).Exp() * Interval.Of(last, Bits)) * Single(scale, factor);
    }

    /// <summary>log(l(1 + d)) = log l + d − d²/2 + d³/(3(1 + ξ)³) for some ξ between 0 and d.</summary>
    protected override Real Logarithm()
    {
        if (Parts() is not var (lead, rest) || lead.Scale.Logarithm() is not { } outside)
        {
            return Unknown;
        }
        Real series = Series(rest, k => k == 0 ? Rational.Zero : new Rational(k % 2 == 1 ? 1 : -1, k), far =>
        {
            Interval divisor = Hull(Interval.Of(0, Bits), far) + Interval.Of(1, Bits);
            return Interval.Of(new Rational(Order % 2 == 1 ? 1 : -1, Order), Bits) / (divisor * divisor * divisor);
        });
        return new Germ([.. outside]) + lead.Factor.Log() + series;
    }

    /// <summary>Σ c(k)dᵏ for k below <see cref="Order"/>, and the remainder as an interval times d to that power; d vanishes.</summary>
    private static Real Series(Real vanishing, Func<int, Rational> coefficient, Func<Interval, Interval> remainder)
    {
        if (vanishing is not Germ { } d || d.FarOut() is not { IsKnown: true } far)
        {
            return Unknown;
        }
        Real sum = d.Of(coefficient(0));
        Real power = d.Of(Rational.One);
        if (d._terms.Count == 0)
        {
            return sum;
        }
        for (int k = 1; k < Order; k++)
        {
            power *= d;
            sum += power * d.Of(coefficient(k));
        }
        return sum + (power * d * Single(Scale.One, Certain.Between(remainder(far))));
    }

    /// <summary>The term that outgrows all others, and the sum of the others over it; null where that cannot be told.</summary>
    private ((Scale Scale, Certain Factor) Lead, Real Others)? Parts()
    {
        if (_terms.Count == 0 || _terms.Any(term => _terms.Any(other => term.Scale.CompareTo(other.Scale) is null)))
        {
            return null;
        }
        (Scale Scale, Certain Factor) lead = _terms.Aggregate((best, term) => term.Scale.CompareTo(best.Scale) > 0 ? term : best);
        if (lead.Factor.Sign is not (1 or -1))
        {
            return null;
        }
        Real rest = new Germ([.. _terms.Where(term => term.Scale.CompareTo(lead.Scale) != 0)]) * Single(lead.Scale.Power(-1), lead.Factor.Inverse());
        return rest.IsKnown ? (lead, rest) : null;
    }

    /// <summary>All values for t ≥ 2³⁰ of a germ that vanishes.</summary>
    private Interval FarOut()
    {
        Interval sum = Interval.Of(0, Bits);
        foreach ((Scale scale, Certain factor) in _terms)
        {
            sum += factor.Interval * Hull(Interval.Of(0, Bits), scale.LargestFarOut());
        }
        return sum;
    }

    private static Real Single(Scale? scale, Real factor) => scale is not null && factor is Certain certain ? new Germ([(scale, certain)]) : Unknown;

    private static Interval Hull(Interval a, Interval b) => a.IsKnown && b.IsKnown
        ? Interval.Between(a.Low.CompareTo(b.Low) <= 0 ? a.Low : b.Low, a.High.CompareTo(b.High) >= 0 ? a.High : b.High, Bits)
        : Interval.Unknown;

    /// <summary>e^{qt}·t^p·(log t)^r, the rate q a constant.</summary>
    private sealed record Scale(Certain Rate, int TimesT, int TimesLogarithm)
    {
        public static Scale One { get; } = new(Certain.Of(Rational.Zero, Bits), 0, 0);

        /// <summary>+1 where it grows beyond all bounds, 0 where it is 1, −1 where it vanishes; null where that cannot be told.</summary>
        public int? Growth => CompareTo(One);

        public int? CompareTo(Scale other) => (Rate - other.Rate).Sign switch
        {
            0 => TimesT != other.TimesT ? Math.Sign(TimesT - other.TimesT) : Math.Sign(TimesLogarithm - other.TimesLogarithm),
            var sign => sign,
        };

        public Scale? Times(Scale other) => Rate + other.Rate is Certain rate ? new(rate, TimesT + other.TimesT, TimesLogarithm + other.TimesLogarithm) : null;

        public Scale? Power(int exponent) => Rate * Certain.Of(exponent, Bits) is Certain rate ? new(rate, TimesT * exponent, TimesLogarithm * exponent) : null;

        /// <summary>exp(c·this), for c·t and whole multiples of log t.</summary>
        public Scale? Exponential(Certain coefficient) => Rate.Sign == 0 && coefficient.Exact is not null ? (TimesT, TimesLogarithm) switch
        {
            (1, 0) => new(coefficient, 0, 0),
            (0, 1) when coefficient.Exact.Constant is { IsInteger: true } power && power.Abs() <= 100 => new(One.Rate, (int)power.Numerator, 0),
            _ => null,
        } : null;

        /// <summary>log of this as terms; none where (log t)^r stands in it.</summary>
        public IEnumerable<(Scale, Certain)>? Logarithm()
        {
            if (TimesLogarithm != 0)
            {
                return null;
            }
            var terms = new List<(Scale, Certain)>();
            if (Rate.Sign != 0)
            {
                terms.Add((new(One.Rate, 1, 0), Rate));
            }
            if (TimesT != 0)
            {
                terms.Add((new(One.Rate, 0, 1), Certain.Of(TimesT, Bits)));
            }
            return terms;
        }

        /// <summary>A bound for t ≥ 2³⁰ of a scale that vanishes: it falls from there on, where p + r ≤ |q|t, or r ≤ |p| log t, and is largest at 2³⁰.</summary>
        public Interval LargestFarOut()
        {
            Interval start = Interval.Of(new Rational(System.Numerics.BigInteger.One << StartExponent, 1), Bits);
            Interval falling = Rate.Sign == 0 ? Interval.Of(-TimesT * StartExponent / 2, Bits) : -Rate.Interval * start;
            int rising = (Rate.Sign == 0 ? 0 : Math.Max(0, TimesT)) + Math.Max(0, TimesLogarithm);
            if (Growth != -1 || (falling - Interval.Of(rising, Bits)).Sign is not (1 or 0))
            {
                return Interval.Unknown;
            }
            Real size = Certain.Between((Rate.Interval * start).Exp()) * Certain.Between(start).Power(TimesT) * Certain.Between(start.Log()).Power(TimesLogarithm);
            return size is Certain certain ? certain.Interval : Interval.Unknown;
        }
    }
}

namespace Logits.Claims.Certificates.Checking;

/// <summary>A form over a product of cores.</summary>
internal sealed class Fraction : IEquatable<Fraction>
{
    private Fraction(Form top, IReadOnlyList<(Form Core, int Power)> bottom)
    {
        Top = top;
        Bottom = bottom;
    }

    public Form Top { get; }

    /// <summary>Different cores with positive powers, in no order.</summary>
    public IReadOnlyList<(Form Core, int Power)> Bottom { get; }

    public static Fraction Zero { get; } = new(Form.Zero, []);

    public static Fraction One { get; } = new(Form.One, []);

    public bool IsZero => Top.IsZero;

    public bool IsForm => Bottom.Count == 0;

    public static Fraction Of(Rational value) => new(Form.Of(value), []);

    public static Fraction Of(Letter letter) => new(Form.Of(letter), []);

    public static Fraction Of(Form top) => Powers.Settle(new(top, []));

    /// <summary>For what has been settled already.</summary>
    internal static Fraction Unsettled(Form top) => new(top, []);

    public static Fraction operator +(Fraction a, Fraction b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }
        IReadOnlyList<(Form Core, int Power)> bottom = Gathered(a.Bottom, b.Bottom, Math.Max);
        return Powers.Settle(new(a.Raised(bottom) + b.Raised(bottom), bottom));
    }

    public static Fraction operator -(Fraction a) => new(-a.Top, a.Bottom);

    public static Fraction operator -(Fraction a, Fraction b) => a + -b;

    public static Fraction operator *(Fraction a, Fraction b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        IReadOnlyList<(Form Core, int Power)> bottom = Gathered(a.Bottom, b.Bottom, (one, other) => one + other);
        Form left = Cancel(a.Top, ref bottom);
        Form right = Cancel(b.Top, ref bottom);
        return Powers.Settle(new(left * right, bottom));
    }

    public static Fraction operator /(Fraction a, Fraction b) => a * b.Inverse();

    public Fraction Inverse()
    {
        (Rational number, Word word, Form core) = Top.Split();
        Form top = Form.Of(word.Inverse(), number.Reciprocal());
        foreach ((Form factor, int power) in Bottom)
        {
            top *= factor.Pow(power);
        }
        return Powers.Settle(new(top, core.AsConstant() is null ? [(core, 1)] : []));
    }

    public Fraction Pow(int power)
    {
        Fraction result = One;
        Fraction factor = power < 0 ? Inverse() : this;
        for (int i = 0; i < Math.Abs(power); i++)
        {
            result *= factor;
        }
        return result;
    }

    public bool Mentions(Func<VariableLetter, bool> predicate) => Top.Mentions(predicate) || Bottom.Any(part => part.Core.Mentions(predicate));

    public bool Equals(Fraction? other) => other is not null && Top.Equals(other.Top) && Bottom.Count == other.Bottom.Count && Bottom.All(other.Bottom.Contains);

    public override bool Equals(object? obj) => Equals(obj as Fraction);

    public override int GetHashCode() => Top.GetHashCode();

    /// <summary>All cores of both, those in both with their powers combined.</summary>
    private static IReadOnlyList<(Form Core, int Power)> Gathered(IReadOnlyList<(Form Core, int Power)> a, IReadOnlyList<(Form Core, int Power)> b, Func<int, int, int> combine)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b : a;
        }
        List<(Form Core, int Power)> gathered = [.. a];
        foreach ((Form core, int power) in b)
        {
            int at = gathered.FindIndex(part => part.Core.Equals(core));
            if (at < 0)
            {
                gathered.Add((core, power));
            }
            else
            {
                gathered[at] = (core, combine(gathered[at].Power, power));
            }
        }
        return gathered;
    }

    private Form Raised(IReadOnlyList<(Form Core, int Power)> bottom)
    {
        Form result = Top;
        foreach ((Form core, int power) in bottom)
        {
            int missing = power - Bottom.FirstOrDefault(part => part.Core.Equals(core)).Power;
            result = missing == 0 ? result : result * core.Pow(missing);
        }
        return result;
    }

    private static Form Cancel(Form top, ref IReadOnlyList<(Form Core, int Power)> bottom)
    {
        // Only a factor of as many terms can be the core.
        if (top.Count < 2 || !bottom.Any(part => part.Core.Count == top.Count))
        {
            return top;
        }
        (Rational number, Word word, Form core) = top.Split();
        if (!bottom.Any(part => part.Core.Equals(core)))
        {
            return top;
        }
        bottom = [.. bottom.Select(part => part.Core.Equals(core) ? (part.Core, Power: part.Power - 1) : part).Where(part => part.Power > 0)];
        return Form.Of(word, number);
    }
}

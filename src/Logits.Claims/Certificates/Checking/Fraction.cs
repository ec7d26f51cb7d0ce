namespace Logits.Claims.Certificates.Checking;

/// <summary>A form over a product of cores.</summary>
internal sealed class Fraction
{
    private Fraction(Form top, SortedDictionary<string, (Form Core, int Power)> bottom)
    {
        Top = top;
        Bottom = bottom;
    }

    public Form Top { get; }

    public SortedDictionary<string, (Form Core, int Power)> Bottom { get; }

    public static Fraction Zero => Of(Form.Zero);

    public static Fraction One => Of(Rational.One);

    public bool IsZero => Top.IsZero;

    public bool IsForm => Bottom.Count == 0;

    public string Key => $"{Top.Key} / {string.Join(' ', Bottom.Select(pair => $"({pair.Key})^{pair.Value.Power}"))}";

    public static Fraction Of(Rational value) => new(Form.Of(value), []);

    public static Fraction Of(Letter letter) => new(Form.Of(letter), []);

    public static Fraction Of(Form top) => Powers.Settle(new(top, []));

    /// <summary>For what has been settled already.</summary>
    internal static Fraction Unsettled(Form top) => new(top, []);

    public static Fraction operator +(Fraction a, Fraction b)
    {
        var bottom = new SortedDictionary<string, (Form Core, int Power)>(a.Bottom, StringComparer.Ordinal);
        foreach ((string key, (Form core, int power)) in b.Bottom)
        {
            bottom[key] = (core, Math.Max(power, bottom.TryGetValue(key, out var other) ? other.Power : 0));
        }
        return Powers.Settle(new(a.Raised(bottom) + b.Raised(bottom), a.Top.IsZero ? b.Bottom : b.Top.IsZero ? a.Bottom : bottom));
    }

    public static Fraction operator -(Fraction a) => new(a.Top * -Rational.One, a.Bottom);

    public static Fraction operator -(Fraction a, Fraction b) => a + -b;

    public static Fraction operator *(Fraction a, Fraction b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        var bottom = new SortedDictionary<string, (Form Core, int Power)>(a.Bottom, StringComparer.Ordinal);
        foreach ((string key, (Form core, int power)) in b.Bottom)
        {
            bottom[key] = (core, power + (bottom.TryGetValue(key, out var other) ? other.Power : 0));
        }
        Form left = Cancel(a.Top, bottom);
        Form right = Cancel(b.Top, bottom);
        return Powers.Settle(new(left * right, bottom));
    }

    public static Fraction operator /(Fraction a, Fraction b) => a * b.Inverse();

    public Fraction Inverse()
    {
        (Rational number, Word word, Form core) = Top.Split();
        Form top = Form.Of(word.Inverse(), number.Reciprocal());
        foreach ((Form factor, int power) in Bottom.Values)
        {
            top *= factor.Pow(power);
        }
        var bottom = new SortedDictionary<string, (Form, int)>(StringComparer.Ordinal);
        if (core.AsConstant() is null)
        {
            bottom[core.Key] = (core, 1);
        }
        return Powers.Settle(new(top, bottom));
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

    public bool Mentions(Func<VariableLetter, bool> predicate) => Top.Mentions(predicate) || Bottom.Values.Any(part => part.Core.Mentions(predicate));

    private Form Raised(SortedDictionary<string, (Form Core, int Power)> bottom)
    {
        if (Top.IsZero)
        {
            return Top;
        }
        Form result = Top;
        foreach ((string key, (Form core, int power)) in bottom)
        {
            result *= core.Pow(power - (Bottom.TryGetValue(key, out var own) ? own.Power : 0));
        }
        return result;
    }

    private static Form Cancel(Form top, SortedDictionary<string, (Form Core, int Power)> bottom)
    {
        if (top.Count < 2 || bottom.Count == 0)
        {
            return top;
        }
        (Rational number, Word word, Form core) = top.Split();
        if (!bottom.TryGetValue(core.Key, out var factor))
        {
            return top;
        }
        if (factor.Power == 1)
        {
            bottom.Remove(core.Key);
        }
        else
        {
            bottom[core.Key] = (core, factor.Power - 1);
        }
        return Form.Of(word, number);
    }
}

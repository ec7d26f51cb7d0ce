using Logits.Claims.Evaluating;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.Limits;

/// <summary>Σ c_k ε^k from some power of ε = 1/w on, with exact coefficients, known up to a power (excluded) or exactly.</summary>
internal sealed class LaurentSeries
{
    private const int Terms = 5;

    private const int Exactly = int.MaxValue;

    private readonly Quotient[] _coefficients;
    private readonly int _lowest;
    private readonly int _knownBelow;

    private LaurentSeries(Quotient[] coefficients, int lowest, int knownBelow)
    {
        int zeros = coefficients.TakeWhile(coefficient => coefficient.IsZero).Count();
        _coefficients = coefficients[zeros..];
        _lowest = _coefficients.Length == 0 ? 0 : lowest + zeros;
        _knownBelow = knownBelow;
    }

    public static LaurentSeries Zero { get; } = new([], 0, Exactly);

    /// <summary>1/ε, which is w.</summary>
    public static LaurentSeries Reciprocal { get; } = new([Quotient.One], -1, Exactly);

    public bool IsZero => _coefficients.Length == 0 && _knownBelow == Exactly;

    public static LaurentSeries Of(Quotient constant) => new([constant], 0, Exactly);

    public static LaurentSeries operator +(LaurentSeries a, LaurentSeries b)
    {
        int lowest = a._coefficients.Length == 0 ? b._lowest : b._coefficients.Length == 0 ? a._lowest : Math.Min(a._lowest, b._lowest);
        int known = Math.Min(a._knownBelow, b._knownBelow);
        int end = Math.Min(known, Math.Max(a._lowest + a._coefficients.Length, b._lowest + b._coefficients.Length));
        return new([.. Enumerable.Range(lowest, Math.Max(0, end - lowest)).Select(power => a[power] + b[power])], lowest, known);
    }

    public static LaurentSeries operator *(LaurentSeries a, LaurentSeries b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        long known = Math.Min(
            a._knownBelow == Exactly ? Exactly : (long)a._knownBelow + b.LowestKnown,
            b._knownBelow == Exactly ? Exactly : (long)b._knownBelow + a.LowestKnown);
        int lowest = a._lowest + b._lowest;
        int end = (int)Math.Min(known, lowest + a._coefficients.Length + b._coefficients.Length - 1);
        var product = new Quotient[Math.Max(0, end - lowest)];
        Array.Fill(product, Quotient.Zero);
        for (int i = 0; i < a._coefficients.Length; i++)
        {
            for (int j = 0; j < b._coefficients.Length && i + j < product.Length; j++)
            {
                product[i + j] += a._coefficients[i] * b._coefficients[j];
            }
        }
        return new(product, lowest, (int)known);
    }

    public LaurentSeries Pow(int power)
    {
        LaurentSeries result = Of(Quotient.One);
        for (int i = 0; i < power; i++)
        {
            result *= this;
        }
        return result;
    }

    /// <summary>1 / series; the leading coefficient must be known not to vanish.</summary>
    public LaurentSeries Inverse(ExactArithmetic arithmetic)
    {
        Quotient lead = Lead();
        arithmetic.RequireKnown(lead, Facts.Signs.NonZero);
        return Compose(lead, static k => k % 2 == 0 ? 1 : -1) * new LaurentSeries([lead.Inverse()], -_lowest, Exactly);
    }

    public LaurentSeries Log(ExactArithmetic arithmetic)
    {
        Quotient lead = Lead();
        if (_lowest != 0)
        {
            throw new UndefinedException("was not worked out: the logarithm of a power of its variable stands there");
        }
        arithmetic.RequireKnown(lead, Facts.Signs.Positive);
        return Of(arithmetic.Log(lead)) + Compose(lead, static k => k == 0 ? Rational.Zero : new Rational(k % 2 == 0 ? -1 : 1, k));
    }

    /// <summary>exp of a series that stays bounded.</summary>
    public LaurentSeries Exp()
    {
        if (_coefficients.Length > 0 && _lowest < 0)
        {
            throw new UndefinedException("was not worked out: exponentials stand inside exponentials there");
        }
        Rational factorial = 1;
        LaurentSeries constant = Of(LogPowers.Exp(this[0]));
        return constant * (this + Of(-this[0])).Substitute(k => factorial = k == 0 ? Rational.One : factorial / k);
    }

    /// <summary>The limit for ε → 0.</summary>
    public Quotient LimitAtZero() => _knownBelow > 0 ? this[0]
        : throw new UndefinedException("was not worked out: too many of its leading terms cancel");

    /// <summary>Whether it grows beyond all bounds for ε → 0, where its leading coefficient is not 0.</summary>
    public bool IsUnbounded => _coefficients.Length > 0 && _lowest < 0;

    /// <summary>The leading term, for w = 1/ε.</summary>
    public Quotient LeadingTerm(Quotient w) => Lead() * w.Pow(-_lowest);

    private int LowestKnown => _coefficients.Length == 0 ? _knownBelow : _lowest;

    private Quotient this[int power] =>
        power >= _lowest && power < _lowest + _coefficients.Length ? _coefficients[power - _lowest] : Quotient.Zero;

    private Quotient Lead() => _coefficients.Length > 0 ? _coefficients[0] : throw new UndefinedException("was not worked out: its leading terms cancel");

    /// <summary>Σ a_k r^k for series / (lead ε^lowest) = 1 + r.</summary>
    private LaurentSeries Compose(Quotient lead, Func<int, Rational> coefficient)
    {
        Quotient inverse = lead.Inverse();
        var ratio = new LaurentSeries(
            [.. _coefficients.Skip(1).Select(entry => entry * inverse)], 1, _knownBelow == Exactly ? Exactly : _knownBelow - _lowest);
        return ratio.Substitute(coefficient);
    }

    /// <summary>Σ a_k s^k of this series s, which must vanish at ε = 0.</summary>
    private LaurentSeries Substitute(Func<int, Rational> coefficient)
    {
        LaurentSeries sum = Of(Quotient.Of(coefficient(0)));
        if (IsZero)
        {
            return sum;
        }
        LaurentSeries power = Of(Quotient.One);
        for (int k = 1; k < Terms; k++)
        {
            power = (power * this).Truncate(Terms);
            sum += power * Of(Quotient.Of(coefficient(k)));
        }
        return sum.Truncate(Terms);
    }

    private LaurentSeries Truncate(int below) => new([.. _coefficients.Take(Math.Max(0, below - _lowest))], _lowest, Math.Min(_knownBelow, below));
}

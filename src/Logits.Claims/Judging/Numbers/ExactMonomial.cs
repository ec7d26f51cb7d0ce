using System.Globalization;

namespace Logits.Claims.Judging.Numbers;

/// <summary>exp of a sum times whole powers of logarithms of sums. In the exponent no logarithm of a rational stands with a whole coefficient.</summary>
internal sealed class ExactMonomial : IEquatable<ExactMonomial>
{
    private const int LargestPower = 64;

    private readonly SortedDictionary<string, (ExactSum Argument, int Power)> _logarithms;

    private ExactMonomial(ExactSum exponent, SortedDictionary<string, (ExactSum Argument, int Power)> logarithms)
    {
        (Exponent, _logarithms) = (exponent, logarithms);
        IEnumerable<string> powers = logarithms.Select(log => log.Value.Power == 1 ? $"log({log.Key})" : string.Create(CultureInfo.InvariantCulture, $"log({log.Key})^({log.Value.Power})"));
        string[] factors = [.. exponent.IsZero ? [] : (string[])[$"exp({exponent.Key})"], .. powers];
        Key = factors.Length == 0 ? "1" : string.Join('*', factors);
        Size = exponent.Size;
    }

    public ExactSum Exponent { get; }

    public string Key { get; }

    /// <summary>About how large the exponent is, to order monomials so that a common factor leaves the order as it is.</summary>
    public double Size { get; }

    public double LogarithmSize => _logarithms.Values.Aggregate(1.0, (product, log) => product * Math.Pow(Math.Log(Math.Max(double.Epsilon, log.Argument.Size)), log.Power));

    public bool IsOne => Key == "1";

    public bool HasLogarithms => _logarithms.Count > 0;

    /// <summary>The A of log(A), where the monomial is just that.</summary>
    public ExactSum? AsLogarithm => Exponent.IsZero && _logarithms.Count == 1 && _logarithms.Values.First() is (var argument, 1) ? argument : null;

    public static ExactMonomial Exp(ExactSum exponent) => new(exponent, []);

    public static ExactMonomial Log(ExactSum argument) => new(ExactSum.Zero, new(StringComparer.Ordinal) { [argument.Key] = (argument, 1) });

    public ExactMonomial Inverse()
    {
        var powers = new SortedDictionary<string, (ExactSum, int)>(StringComparer.Ordinal);
        foreach ((string key, (ExactSum argument, int power)) in _logarithms)
        {
            powers[key] = (argument, -power);
        }
        return new(Exponent.Times(-1), powers);
    }

    /// <summary>The product with the rational that comes out of roots in it; null where a power comes out that is no monomial.</summary>
    public static (Rational Factor, ExactMonomial Monomial)? Multiply(ExactMonomial a, ExactMonomial b)
    {
        Rational factor = Rational.One;
        ExactSum exponent = ExactSum.Zero;
        foreach ((ExactMonomial monomial, Rational coefficient) in ExactSum.Add(a.Exponent, b.Exponent).Terms)
        {
            Rational rest = coefficient;
            if (monomial.AsLogarithm is { } argument)
            {
                if (argument.Constant is { } prime)
                {
                    System.Numerics.BigInteger whole = coefficient.Floor();
                    if (System.Numerics.BigInteger.Abs(whole) > LargestPower)
                    {
                        return null;
                    }
                    factor *= prime.Pow((int)whole);
                    rest -= new Rational(whole, 1);
                }
                else if (coefficient.IsInteger)
                {
                    return null;
                }
            }
            exponent = ExactSum.Add(exponent, ExactSum.Of(monomial, rest));
        }
        var logarithms = new SortedDictionary<string, (ExactSum Argument, int Power)>(a._logarithms, StringComparer.Ordinal);
        foreach ((string key, (ExactSum argument, int power)) in b._logarithms)
        {
            int total = power + (logarithms.TryGetValue(key, out (ExactSum Argument, int Power) own) ? own.Power : 0);
            if (total == 0)
            {
                logarithms.Remove(key);
            }
            else
            {
                logarithms[key] = (argument, total);
            }
        }
        return (factor, new(exponent, logarithms));
    }

    public bool Equals(ExactMonomial? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as ExactMonomial);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}

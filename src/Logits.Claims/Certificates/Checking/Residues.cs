using System.Numerics;

namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// Values of forms at a random point modulo a large prime. Every letter gets a random residue, the same in all forms; exponentials, which take
/// rational powers, get one in the subgroup of prime order. An identity of forms holds at every such point; what is no identity
/// fails at all but a fraction of about degree/prime of them.
/// </summary>
internal sealed class Residues(BigInteger prime, int seed)
{
    /// <summary>Safe primes: (p − 1)/2 is prime too.</summary>
    public static IReadOnlyList<BigInteger> Primes { get; } = [4611686018427377339, 2305843009213691579];

    private readonly BigInteger _order = (prime - 1) / 2;
    private readonly Dictionary<string, BigInteger> _values = [];
    private readonly Random _random = new(seed);

    public BigInteger Of(Fraction fraction)
    {
        BigInteger value = Of(fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom.Values)
        {
            value = value * BigInteger.ModPow(Inverse(Of(core), prime), power, prime) % prime;
        }
        return value;
    }

    public BigInteger Multiply(BigInteger a, BigInteger b) => a * b % prime;

    public BigInteger Add(BigInteger a, BigInteger b) => (a + b) % prime;

    public BigInteger Of(Rational value) => Modulo(value, prime);

    public BigInteger Of(Form form)
    {
        BigInteger sum = 0;
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            BigInteger product = Modulo(coefficient, prime);
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                product = product * Power(letter, power) % prime;
            }
            sum += product;
        }
        return sum % prime;
    }

    private BigInteger Power(Letter letter, Rational power)
    {
        if (!_values.TryGetValue(letter.Key, out BigInteger value))
        {
            value = (_random.NextInt64(2, long.MaxValue) % (prime - 3)) + 2;
            if (letter is ExponentialLetter)
            {
                value = value * value % prime;
            }
            _values[letter.Key] = value;
        }
        return letter is ExponentialLetter
            ? BigInteger.ModPow(value, Modulo(power, _order), prime)
            : BigInteger.ModPow(power.Sign < 0 ? Inverse(value, prime) : value, power.Abs().Numerator, prime);
    }

    private static BigInteger Modulo(Rational value, BigInteger modulus)
    {
        BigInteger result = value.Numerator * Inverse(value.Denominator % modulus, modulus) % modulus;
        return result.Sign < 0 ? result + modulus : result;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus) => value.IsZero
        ? throw new RejectedException("a denominator vanishes modulo the prime")
        : BigInteger.ModPow(value, modulus - 2, modulus);
}

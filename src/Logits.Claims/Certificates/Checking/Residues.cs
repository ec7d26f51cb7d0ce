namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// Values of forms at a random point modulo a large prime. Every letter gets a random residue, the same in all forms; exponentials, which take
/// rational powers, get one in the subgroup of prime order. An identity of forms holds at every such point; what is no identity
/// fails at all but a fraction of about degree/prime of them.
/// </summary>
internal sealed class Residues(ulong prime, int seed)
{
    /// <summary>Safe primes: (p − 1)/2 is prime too.</summary>
    public static IReadOnlyList<ulong> Primes { get; } = [4611686018427377339, 2305843009213691579];

    private readonly ulong _order = (prime - 1) / 2;
    private readonly Dictionary<Letter, ulong> _values = [];
    private readonly Dictionary<(Letter, Rational), ulong> _powers = [];
    private readonly Random _random = new(seed);

    public ulong Of(Fraction fraction)
    {
        ulong value = Of(fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            value = Multiply(value, Power(Inverse(Of(core), prime), (ulong)power, prime), prime);
        }
        return value;
    }

    public ulong Of(Form form)
    {
        ulong sum = 0;
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            ulong product = Modulo(coefficient, prime);
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                product = Multiply(product, Power(letter, power), prime);
            }
            sum = (sum + product) % prime;
        }
        return sum;
    }

    private ulong Power(Letter letter, Rational power)
    {
        if (!_powers.TryGetValue((letter, power), out ulong result))
        {
            ulong value = ValueOf(letter);
            _powers[(letter, power)] = result = power == Rational.One ? value
                : letter is ExponentialLetter ? Power(value, Modulo(power, _order), prime)
                : Power(power.Sign < 0 ? Inverse(value, prime) : value, (ulong)power.Abs().Numerator, prime);
        }
        return result;
    }

    private ulong ValueOf(Letter letter)
    {
        if (!_values.TryGetValue(letter, out ulong value))
        {
            value = ((ulong)_random.NextInt64(2, long.MaxValue) % (prime - 3)) + 2;
            _values[letter] = value = letter is ExponentialLetter ? Multiply(value, value, prime) : value;
        }
        return value;
    }

    private static ulong Modulo(Rational value, ulong modulus)
    {
        ulong size = (ulong)(value.Numerator % modulus + modulus) % modulus;
        return value.IsInteger ? size : Multiply(size, Inverse((ulong)(value.Denominator % modulus), modulus), modulus);
    }

    private static ulong Inverse(ulong value, ulong modulus) => value == 0
        ? throw new RejectedException("a denominator vanishes modulo the prime")
        : Power(value, modulus - 2, modulus);

    private static ulong Multiply(ulong a, ulong b, ulong modulus) => (ulong)((UInt128)a * b % modulus);

    private static ulong Power(ulong value, ulong exponent, ulong modulus)
    {
        ulong result = 1;
        for (; exponent > 0; exponent >>= 1, value = Multiply(value, value, modulus))
        {
            if ((exponent & 1) != 0)
            {
                result = Multiply(result, value, modulus);
            }
        }
        return result;
    }
}

namespace Logits.Claims.Evaluating;

/// <summary>What an <see cref="Evaluator{T}"/> computes with: doubles, certain intervals, or exact expressions.</summary>
/// <typeparam name="T">Type of a number.</typeparam>
internal interface IArithmetic<T>
{
    T Of(Rational value);

    T Add(T a, T b);

    T Negate(T a);

    T Multiply(T a, T b);

    T Divide(T a, T b);

    T Exp(T a);

    /// <summary>The natural logarithm of a positive number.</summary>
    T Log(T a);

    /// <summary>a to an integer power.</summary>
    T Power(T a, int exponent);

    /// <summary>a to a power that is no whole number: exp(exponent·log a), and 0 where a = 0 &lt; exponent.</summary>
    T Power(T a, T exponent);

    /// <summary>p·log(q), and 0 where p = 0.</summary>
    T TimesLog(T p, T q);

    T Max(IReadOnlyList<T> values);

    /// <summary>1/m at each of the m largest values, 0 elsewhere.</summary>
    T[] ArgmaxIndicator(IReadOnlyList<T> values);
}

internal static class ArithmeticExtensions
{
    public static T Subtract<T>(this IArithmetic<T> arithmetic, T a, T b) => arithmetic.Add(a, arithmetic.Negate(b));

    public static T Sum<T>(this IArithmetic<T> arithmetic, IEnumerable<T> values)
    {
        T sum = arithmetic.Of(Rational.Zero);
        foreach (T value in values)
        {
            sum = arithmetic.Add(sum, value);
        }
        return sum;
    }
}

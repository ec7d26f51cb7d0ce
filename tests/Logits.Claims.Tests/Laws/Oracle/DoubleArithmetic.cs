using Logits.Claims.Evaluating;

namespace Logits.Claims.Tests.Laws.Oracle;

/// <summary>Doubles. What is undefined is NaN.</summary>
internal sealed class DoubleArithmetic : IArithmetic<double>
{
    public double Of(Rational value) => value.ToDouble();

    public double Add(double a, double b) => a + b;

    public double Negate(double a) => -a;

    public double Multiply(double a, double b) => a * b;

    public double Divide(double a, double b) => b == 0 ? double.NaN : a / b;

    public double Exp(double a) => Math.Exp(a);

    public double Log(double a) => a > 0 ? Math.Log(a) : double.NaN;

    public double Power(double a, int exponent) => a == 0 && exponent < 0 ? double.NaN : Math.Pow(a, exponent);

    public double Power(double a, double exponent) => a == 0 && exponent > 0 ? 0 : Exp(exponent * Log(a));

    public double TimesLog(double p, double q) => p == 0 ? 0 : p * Log(q);

    public double Max(IReadOnlyList<double> values) => values.Any(double.IsNaN) ? double.NaN : values.Max();

    public double[] ArgmaxIndicator(IReadOnlyList<double> values)
    {
        double max = Max(values);
        int ties = values.Count(value => value == max);
        return [.. values.Select(value => double.IsNaN(max) ? double.NaN : value == max ? 1.0 / ties : 0)];
    }
}

using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Tests.Laws.Oracle;

namespace Logits.Claims.Tests.Language;

/// <summary>Functions that are read as expressions of others have the values that the field gives them, computed here by the book.</summary>
public class DefinitionsTests
{
    private static readonly double[] X = [0.5, -1.25, 2];
    private static readonly double[] P = [0.5, 0.25, 0.25];
    private static readonly double[] Q = [0.125, 0.375, 0.5];

    public static TheoryData<string, double> Values => new()
    {
        { "tanh(a)", Math.Tanh(0.75) },
        { "logistic(a)", 1 / (1 + Math.Exp(-0.75)) },
        { "sigmoid(-a)", 1 / (1 + Math.Exp(0.75)) },
        { "softplus(a)", Math.Log(1 + Math.Exp(0.75)) },
        { "relu(a)", 0.75 },
        { "relu(-a)", 0 },
        { "|−a|", 0.75 },
        { "logit(a)", Math.Log(3) },
        { "log1p(a)", Math.Log(1.75) },
        { "expm1(a)", Math.Exp(0.75) - 1 },
        { "log2(a)", Math.Log2(0.75) },
        { "log10(a)", Math.Log10(0.75) },
        { "logaddexp(a, 2)", Math.Log(Math.Exp(0.75) + Math.Exp(2)) },
        { "mean(x)", X.Average() },
        { "var(x)", X.Average(v => v * v) - Math.Pow(X.Average(), 2) },
        { "std(x)", Math.Sqrt(X.Average(v => v * v) - Math.Pow(X.Average(), 2)) },
        { "‖x‖", Math.Sqrt(X.Sum(v => v * v)) },
        { "‖x‖²", X.Sum(v => v * v) },
        { "‖x‖_1", 3.75 },
        { "‖x‖_∞", 2 },
        { "abs(x)_2", 1.25 },
        { "sum(abs(x))", 3.75 },
        { "sum(relu(x))", 2.5 },
        { "prod(p)", 0.5 * 0.25 * 0.25 },
        { "∏_i q_i", 0.125 * 0.375 * 0.5 },
        { "max_i (x_i - p_i)", 1.75 },
        { "min_i |x_i|", 0.5 },
        { "trace(cov(p))", 1 - P.Sum(v => v * v) },
        { "det(diag(x))", 0.5 * -1.25 * 2 },
        { "det(outer(x, x) + diag([1, 1, 1]))", 1 + X.Sum(v => v * v) },
        { "delta(1, 1) + delta(1, 2)", 1 },
        { "crossentropy(p, q)", -P.Zip(Q, (p, q) => p * Math.Log(q)).Sum() },
        { "H(p, q)", -P.Zip(Q, (p, q) => p * Math.Log(q)).Sum() },
        { "H(p)", -P.Sum(p => p * Math.Log(p)) },
        { "KL(p || q)", P.Zip(Q, (p, q) => p * Math.Log(p / q)).Sum() },
        { "perplexity(p)", Math.Exp(-P.Sum(p => p * Math.Log(p))) },
        { "tv(p, q)", P.Zip(Q, (p, q) => Math.Abs(p - q)).Sum() / 2 },
        { "jsd(p, q)", P.Zip(Q, (p, q) => (p * Math.Log(2 * p / (p + q)) + q * Math.Log(2 * q / (p + q))) / 2).Sum() },
        { "append(x, a)[n + 1]", 0.75 },
        { "softmax(append(x, a))[n + 1]", Math.Exp(0.75) / (X.Sum(Math.Exp) + Math.Exp(0.75)) },
        { "concat(x, [a, 1])[4]", 0.75 },
        { "sum_{j != 1} x_j", 0.75 },
        { "jacobian(softmax)(x)[1, 2]", -Math.Exp(0.5 - 1.25) / Math.Pow(X.Sum(Math.Exp), 2) },
        { "∂softmax(x)_1/∂x_2", -Math.Exp(0.5 - 1.25) / Math.Pow(X.Sum(Math.Exp), 2) },
        { "σ(x)_1", Math.Exp(0.5) / X.Sum(Math.Exp) },
        { "e^{a}", Math.Exp(0.75) },
        { "x^T p", X.Zip(P, (x, p) => x * p).Sum() },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_definition_has_the_value_of_the_book(string expression, double value)
    {
        Claim claim = Claim.Parse($"a in R, x in R^n, p, q in simplex: {expression} + 0*a*sum(x)*sum(p)*sum(q) == 0 for n = 3");
        Assert.Equal(claim, Claim.Parse(claim.ToString()));
        Rational[] Exact(double[] entries) => [.. entries.Select(entry => new Rational((int)(entry * 8), 8))];
        var point = new Point(3, [("a", [new Rational(3, 4)], true), ("x", Exact(X), false), ("p", Exact(P), false), ("q", Exact(Q), false)], []);
        Expression left = ((Comparison)claim.Conclusion).Operands[0];
        Assert.Equal(value, new NumericEvaluator<double>(new DoubleArithmetic(), point).Evaluate(left).Number, 1e-12);
    }
}

using Logits.Claims.Language;
using Logits.Claims.Language.Printing;

namespace Logits.Claims.Tests.Language;

public class ParserTests
{
    [Theory]
    [InlineData("lse(x + b) == lse(x)", "for every n >= 2, x in R^n, b in R: lse(x + b) == lse(x)")]
    [InlineData("softmax(x + b) = softmax(x)", "for every n >= 2, x in R^n, b in R: softmax(x + b) == softmax(x)")]
    [InlineData("hessian(lse)(x) == cov(softmax(x))", "for every n >= 2, x in R^n: hessian(lse)(x) == cov(softmax(x))")]
    [InlineData("hessian(xent(y, o))(o) == cov(softmax(o)) for y in onehot",
        "for every n >= 2, y in onehot, o in R^n: hessian(xent(y, o))(o) == cov(softmax(o))")]
    [InlineData("limit(lse(λ*x)/λ, λ → ∞) == max(x)", "for every n >= 2, x in R^n: limit(lse(lambda*x)/lambda, lambda -> inf) == max(x)")]
    [InlineData("limit(lse(lambda*x)/lambda, lambda -> -inf) == min(x)",
        "for every n >= 2, x in R^n: limit(lse(lambda*x)/lambda, lambda -> -inf) == min(x)")]
    [InlineData("λ > 0 ⇒ max(x) < lse(λ·x)/λ ≤ max(x) + log(n)/λ",
        "for every n >= 2, lambda in R, x in R^n: lambda > 0 => max(x) < lse(lambda*x)/lambda <= max(x) + log(n)/lambda")]
    [InlineData("realsoftmax(a, b) > max(a, b)", "for every a, b in R: realsoftmax(a, b) > max(a, b)")]
    [InlineData("realsoftmax(a, b) - max(a, b) == log(1 + exp(-abs(a - b)))",
        "for every a, b in R: realsoftmax(a, b) - max(a, b) == log(1 + exp(-abs(a - b)))")]
    [InlineData("d/dx[i] softmax(x)[j] == softmax(x)[i]*(1 - softmax(x)[j]) for i in 1..n, j in 1..n",
        "for every n >= 2, i, j in 1..n, x in R^n: d/dx[i](softmax(x)[j]) == softmax(x)[i]*(1 - softmax(x)[j])")]
    [InlineData("i != j => hessian(lse)(x)[i, j] == -softmax(x)[i]*softmax(x)[j]",
        "for every n >= 2, i, j in 1..n, x in R^n: i != j => hessian(lse)(x)[i, j] == -softmax(x)[i]*softmax(x)[j]")]
    [InlineData("sum(hessian(lse)(x)[i]) == 0", "for every n >= 2, x in R^n, i in 1..n: sum(hessian(lse)(x)[i]) == 0")]
    [InlineData("psd(hessian(lse)(x))", "for every n >= 2, x in R^n: psd(hessian(lse)(x))")]
    [InlineData("entropy(p) <= log(n)", "for every n >= 2, p in simplex: entropy(p) <= log(n)")]
    [InlineData("kl(p, q) >= 0", "for every n >= 2, p, q in simplex: kl(p, q) >= 0")]
    [InlineData("xent(p, o) >= entropy(p)", "for every n >= 2, p in simplex, o in R^n: xent(p, o) >= entropy(p)")]
    [InlineData("y in onehot: sum(y) == 1", "for every n >= 2, y in onehot: sum(y) == 1")]
    [InlineData("vᵀ*hessian(lse)(x)*v >= 0", "for every n >= 2, v, x in R^n: dot(transpose(hessian(lse)(x))*v, v) >= 0")]
    [InlineData("p = softmax(x) => hessian(lse)(x) == diag(p) − p*pᵀ",
        "for every n >= 2, p, x in R^n: p == softmax(x) => hessian(lse)(x) == diag(p) - outer(p, p)")]
    [InlineData("lse(x) == max(x) + log(n) <=> x == max(x)", "for every n >= 2, x in R^n: lse(x) == max(x) + log(n) <=> x == max(x)")]
    [InlineData("softmax(alpha*x/T) == softmax(x/T)^alpha/sum(softmax(x/T)^alpha)",
        "for every n >= 2, alpha in R, x in R^n, T in R: softmax(alpha*x/T) == softmax(x/T)^alpha/sum(softmax(x/T)^alpha)")]
    [InlineData("softmax(append(x, 0))[i] < softmax(x)[i]", "for every n >= 2, x in R^n, i in 1..n: softmax(append(x, 0))[i] < softmax(x)[i]")]
    [InlineData("softmax([a, b, c])[1]/softmax([a, b, c])[2] == exp(a - b)",
        "for every a, b, c in R: softmax(a, b, c)[1]/softmax(a, b, c)[2] == exp(a - b)")]
    [InlineData("x[3] <= lse(x)", "for every n >= 3, x in R^n: x[3] <= lse(x)")]
    [InlineData("lse(x) > x[1] for n = 3", "for every n = 3, x in R^n: lse(x) > x[1]")]
    [InlineData("2 <= n <= 6 => log(n) > 0", "for every n in 2..6: log(n) > 0")]
    [InlineData("lse(x) <= ½ + ¾*n for n = 2..6", "for every n in 2..6, x in R^n: lse(x) <= 1/2 + 3/4*n")]
    [InlineData("lse(x) == x[1] for n = 1", "for every n = 1, x in R^n: lse(x) == x[1]")]
    [InlineData("-x^2 <= 0.250", "for every n >= 2, x in R^n: -x^2 <= 0.25")]
    [InlineData("(a > 0 and b > 0) => a*b > 0 # both positive", "for every a, b in R: a > 0 and b > 0 => a*b > 0")]
    [InlineData("0 <= t <= 1 => lse(t*x + (1-t)*y) <= t*lse(x) + (1-t)*lse(y)",
        "for every n >= 2, t in R, x, y in R^n: 0 <= t <= 1 => lse(t*x + (1 - t)*y) <= t*lse(x) + (1 - t)*lse(y)")]
    [InlineData("scores in R^n: softmax(scores)[1] > 0", "for every n >= 2, scores in R^n: softmax(scores)[1] > 0")]
    [InlineData("sum(k: softmax(x)[k]*outer(onehot(k) - softmax(x), onehot(k) - softmax(x))) == cov(softmax(x))",
        "for every n >= 2, x in R^n: sum(k: softmax(x)[k]*outer(onehot(k) - softmax(x), onehot(k) - softmax(x))) == cov(softmax(x))")]
    [InlineData("for every n, x, b: lse(x + b) == lse(x)", "for every n >= 2, x in R^n, b in R: lse(x + b) == lse(x)")]
    [InlineData("limit(softmax(x/T), T → 0⁺) == argmaxind(x)", "for every n >= 2, x in R^n: limit(softmax(x/T), T -> 0+) == argmaxind(x)")]
    [InlineData("xent(onehot(i), o) == -log(softmax(o)[i])", "for every n >= 2, i in 1..n, o in R^n: xent(onehot(i), o) == -log(softmax(o)[i])")]
    [InlineData("softmax(x₁, x₂)[1] == logistic(x₁ - x₂)", "for every n >= 2, x in R^n: softmax(x[1], x[2])[1] == logistic(x[1] - x[2])")]
    [InlineData("x_2 > 0", "for every n >= 2, x in R^n: x[2] > 0")]
    [InlineData("\\lambda > 0", "for every lambda in R: lambda > 0")]
    [InlineData("limit(exp(a), a -> 1) == c", "for every c in R: limit(exp(1 + a), a -> 0+) == c and limit(exp(1 + -a), a -> 0+) == c")]
    [InlineData("(a > 0 or b > 0) => a + b > c", "for every a, b, c in R: (a > 0 or b > 0) => a + b > c")]
    [InlineData("not (x > 0) => min(x) <= 0", "for every n >= 2, x in R^n: not (x > 0) => min(x) <= 0")]
    public void Reads_a_claim_and_says_how(string text, string reading)
    {
        Claim claim = Claim.Parse(text);
        Assert.Equal(reading, claim.ToString());
        Assert.Equal(claim, Claim.Parse(claim.ToString()));
        Assert.Equal(claim, Claim.Parse(PlainText.Print(claim, Alphabet.Unicode)));
    }
}

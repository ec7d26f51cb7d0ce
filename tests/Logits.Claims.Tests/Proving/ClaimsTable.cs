namespace Logits.Claims.Tests.Proving;

/// <summary>The facts of the subject that must be decided, with the verdict of each; row numbers group what belongs together.</summary>
public static class ClaimsTable
{
    /// <summary>Row, claim, whether it is true, and whether it must be proved for every n at once.</summary>
    public static readonly (int Row, string Claim, bool IsTrue, bool ForEveryN)[] Rows =
    [
        (1, "hessian(xent(y, o))(o) == diag(softmax(o)) - outer(softmax(o), softmax(o))", true, true),
        (1, "for every y in onehot: hessian(xent(y, o))(o) == cov(softmax(o))", true, true),
        (2, "hessian(lse)(x) == cov(softmax(x))", true, true),
        (3, "psd(hessian(lse)(x))", true, true),
        (3, "quad(hessian(lse)(x), v) >= 0", true, true),
        (4, "sum(hessian(lse)(x)[i]) == 0", true, true),
        (5, "realsoftmax(a, b) > max(a, b)", true, false),
        (5, "lse(x) > max(x)", true, true),
        (6, "lse(x) - max(x) <= log(n)", true, true),
        (6, "lse(x) == max(x) + log(n) => x[1] == x[2]", true, true),
        (6, "lse(x) - max(x) < log(n)", false, false),
        (7, "lambda > 0 => max(x) < lse(lambda*x)/lambda <= max(x) + log(n)/lambda", true, true),
        (7, "lambda < 0 => lse(lambda*x)/lambda < min(x)", true, true),
        (7, "lse(lambda*x)/lambda > max(x)", false, false),
        (8, "limit(lse(lambda*x)/lambda, lambda -> inf) == max(x)", true, false),
        (8, "limit(lse(lambda*x)/lambda, lambda -> -inf) == min(x)", true, false),
        (8, "limit(lse(lambda*x)/lambda, lambda -> -inf) == max(x)", false, false),
        (9, "softmin(x) == -lse(-x)", true, true),
        (9, "softmin(x) < min(x)", true, true),
        (10, "softmax(x + b) == softmax(x)", true, true),
        (11, "lse(x + b) == lse(x)", false, false),
        (11, "lse(x + b) == lse(x) + b", true, true),
        (11, "b != 0 => lse(x + b) != lse(x)", true, true),
        (12, "lse(x) == b + lse(x - b)", true, true),
        (12, "lse(x) == b + lse(x + b)", false, false),
        (13, "d/dx[1](softmax(x)[1]) > 0", true, true),
        (13, "h > 0 => softmax(x + h*onehot(1))[1] > softmax(x)[1]", true, true),
        (13, "x[1] >= x[2] => softmax(x)[1] >= softmax(x)[2]", true, true),
        (14, "softmax(append(x, 0))[1]/softmax(append(x, 0))[2] == softmax(x)[1]/softmax(x)[2]", true, true),
        (14, "softmax(append(x, 0))[i] < softmax(x)[i]", true, true),
        (15, "softmax(alpha*logsoftmax(x/T)) == softmax(x/(T/alpha))", true, true),
        (15, "softmax(logsoftmax(x/T)/2) == softmax(x/(2*T))", true, true),
        (15, "softmax(2*logsoftmax(x/T)) == softmax(x/(T/2))", true, true),
        (15, "softmax(2*logsoftmax(x/T)) == softmax(x/(2*T))", false, false),
        (16, "limit(softmax(x/T), T -> 0+) == argmaxind(x)", true, false),
        (16, "limit(softmax(x/T), T -> inf) == 1/n", true, false),
        (17, "limit(softmax(x/T), T -> 0+) == 0*x", false, false),
        (18, "kl(softmax(x), softmax(z)) >= 0", true, true),
        (18, "entropy(softmax(x)) <= log(n)", true, true),
        (18, "0 <= a <= 1 => lse(a*x + (1 - a)*z) <= a*lse(x) + (1 - a)*lse(z)", true, true),
        (18, "lse((x + z)/2) <= (lse(x) + lse(z))/2", true, true),
        (19, "for every y in onehot: sum(y) == 1", true, true),
        (20, "lambda >= 1 => lse(lambda*x)/lambda <= lse(x)", true, false),
        (21, "entropy(softmax(2*x)) <= entropy(softmax(x))", true, false),
    ];
}

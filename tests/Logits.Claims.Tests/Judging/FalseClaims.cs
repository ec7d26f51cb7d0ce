namespace Logits.Claims.Tests.Judging;

/// <summary>False claims of the kinds that a wrong proof passes: true nearly everywhere, or nearly.</summary>
public static class FalseClaims
{
    /// <summary>What is wrong, and the claim.</summary>
    public static readonly (string Kind, string Claim)[] All =
    [
        ("a factor that may be zero", "lse(x)*a == lse(x)*b => a == b"),
        ("a factor that may be zero", "log(7*a - 5)*b == log(7*a - 5)*c => b == c"),
        ("a factor that may be zero", "(a^2 - 2)*b == (a^2 - 2)*c => b == c"),
        ("a factor that may be zero", "(max(x) - 3)*b == 0 => b == 0"),
        ("a factor that may be zero", "entropy(p)*a == entropy(p)*b => a == b"),
        ("the edge of where it is defined", "a >= 0 => sqrt(a) > 0"),
        ("the edge of where it is defined", "a >= 0 and b > 0 => a^b > 0"),
        ("the edge of where it is defined", "for every p in simplex: sqrt(p[1]) > 0"),
        ("the edge of where it is defined", "a >= 3 => sqrt(2*a - 6) > 0"),
        ("a variable inside the sum", "lse(x) == 0 => d/dx[1] sum(k: log(1 + exp(x[1] - x[k]))) == -1/2"),
        ("a variable inside the sum", "d/dx[1] sum(k: x[1]*x[k]) == x[1]"),
        ("nested limits", "limit(limit(T/a, a -> inf), T -> inf) == 1"),
        ("a leading coefficient that may vanish", "limit(lse(x)^2*exp(t)/(lse(x)^2*exp(t) + 1), t -> inf) == 1"),
        ("a leading coefficient that may vanish", "limit((a^2*t + 1)/(a^2*t + 2), t -> inf) == 1"),
        ("small sizes only", "n <= 8"),
        ("small sizes only", "lse(x) <= max(x) + log(8)"),
        ("small sizes only", "x[1] > sum(x)/n => softmax(x)[1] > 1/n"),
        ("a middle entry", "x[2] <= max(x[1], x[3])"),
        ("nearly equal", "1/3 == 0.3333333333333333"),
        ("a tie", "lse(x) - max(x) < log(n)"),
        ("a tie", "lse(x) == 0 and x[1] == x[2] and n == 2 => x[1] != -log(2)"),
    ];
}

using Logits.Claims.Language;

namespace Logits.Claims.Tests.Judging;

/// <summary>
/// False claims whose hypotheses pin a point at which a natural conclusion fails: a factor that was cancelled is zero there, something is at the edge of where it is
/// defined, the variable of a derivative stands inside a sum, a leading coefficient vanishes, limits are nested, or only small sizes obey. Repeatable from the seed.
/// </summary>
internal sealed class PinnedClaims(int seed)
{
    private readonly Random _random = new(seed);

    public (string Kind, Claim Claim) Next()
    {
        (string kind, string text) = _random.Next(6) switch
        {
            0 => ("a factor that may be zero", Cancelled()),
            1 => ("the edge of where it is defined", Edge()),
            2 => ("a variable inside the sum", InsideSum()),
            3 => ("nested limits", Nested()),
            4 => ("a leading coefficient that may vanish", Vanishing()),
            _ => ("small sizes only", SmallSizes()),
        };
        return (kind, Claim.Parse(text));
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private int Whole(int least, int most) => _random.Next(least, most + 1);

    /// <summary>A number that is 0 somewhere and of either sign elsewhere, of s or of x.</summary>
    private string Factor() => _random.Next(12) switch
    {
        0 => $"(lse(x){Offset()})",
        1 => $"log({Whole(2, 9)}*s - {Whole(1, 9)})",
        2 => $"({Whole(1, 9)}*s - {Whole(1, 9)})",
        3 => $"(s^2 - {Whole(1, 6)})",
        4 => $"(max(x) - {Whole(1, 5)})",
        5 => $"(exp(s) - {Whole(1, 5)})",
        6 => $"(sum(x) + {Whole(1, 9)})",
        7 => $"(x[1] - x[2])",
        8 => $"(softmax(x)[1] - 1/{Whole(2, 5)})",
        9 => $"(dot(x, x) - {Whole(1, 4)})",
        10 => "(logsoftmax(x)[1]*s)",
        _ => $"(lse(x) - max(x) - log({Whole(3, 6)})/2)",
    };

    private string Offset() => Pick("", $" - {Whole(1, 3)}", $" + {Whole(1, 3)}");

    private string Cancelled()
    {
        string factor = Factor();
        return Pick($"{factor}*a == {factor}*b => a == b", $"{factor}*a == 0 => a == 0", $"a*{factor} == b*{factor} and a >= 0 => a == b", $"{factor}^2*a <= {factor}^2*b => a <= b", $"{factor}*(a - b)^2 == 0 => a == b");
    }

    private string Edge()
    {
        string inside = Pick($"{Whole(1, 9)}*s - {Whole(1, 9)}", $"s - {Whole(1, 9)}", $"{Whole(2, 7)} - s", "dot(x, x)", $"max(x) - {Whole(1, 4)}", $"sum(x) - {Whole(1, 4)}", "x[1] - x[2]");
        string power = Pick($"sqrt({inside})", $"({inside})^(1/{Whole(2, 5)})", $"({inside})^{Pick("b", "(b + 1/2)")}");
        string known = power.Contains('b', StringComparison.Ordinal) ? "b > 0 and " : "";
        return Pick($"{known}{inside} >= 0 => {power} > 0", $"{known}{inside} >= 0 => {Whole(1, 9)}*{power} != 0", $"{known}{inside} >= 0 => ({power})*a == ({power})*c => a == c");
    }

    private string InsideSum()
    {
        (string body, string wrong) = _random.Next(4) switch
        {
            0 => ("log(1 + exp(x[1] - x[k]))", Pick("-1/2", "sum(k: softmax([x[1], x[k]])[1])", "0")),
            1 => ("x[1]*x[k]", Pick("x[1]", "sum(x)", "2*x[1]")),
            2 => ("(x[1] - x[k])^2", Pick("0", "2*x[1]", $"{Whole(2, 5)}*x[1]")),
            _ => ("exp(x[1] - x[k])", Pick("exp(x[1])", "1", "-sum(exp(x[1] - x))")),
        };
        string hypothesis = Pick("", $"lse(x) == {Whole(0, 3)} => ", $"sum(x) == {Whole(1, 5)} => ", $"max(x) == {Whole(1, 3)} => ", $"x[1]*x[2] == {Whole(1, 4)} => ");
        return $"{hypothesis}d/dx[1] sum(k: {body}) == {wrong}";
    }

    private string Nested() => _random.Next(4) switch
    {
        0 => $"limit(limit({Whole(1, 9)}*T/a, a -> inf), T -> inf) == {Whole(1, 9)}",
        1 => $"limit(limit((T + {Whole(1, 9)}*a)/(T + a), a -> inf), T -> inf) == 1/{Whole(10, 20)}",
        2 => $"limit(limit(exp(-T/a)*{Whole(1, 9)}, a -> inf), T -> inf) == 0",
        _ => $"limit(limit(T^{Whole(1, 3)}/a, a -> inf), T -> inf) == {Whole(1, 9)}",
    };

    private string Vanishing()
    {
        string factor = Pick("lse(x)", $"(s - {Whole(1, 9)})", $"log({Whole(2, 9)}*s)", "max(x)", $"(s^2 - {Whole(1, 6)})", "(x[1] - x[2])", $"(sum(x) - {Whole(1, 5)})");
        string scale = Pick("t", "exp(t)", "t^2");
        int below = Whole(2, 6);
        return Pick(
            $"limit({factor}^2*{scale}/({factor}^2*{scale} + {below}), t -> inf) == 1",
            $"limit(({factor}^2*{scale} + 1)/({factor}^2*{scale} + {below}), t -> inf) == 1",
            $"limit({below}/({factor}^2*{scale} + 1), t -> inf) == 0");
    }

    private string SmallSizes() => _random.Next(5) switch
    {
        0 => $"n <= {Whole(3, 10)}",
        1 => $"lse(x) <= max(x) + log({Whole(3, 10)})",
        2 => $"max(softmax(x)) >= 1/{Whole(3, 10)}",
        3 => $"sum(exp(x)) <= {Whole(3, 10)}*exp(max(x))",
        _ => $"for every p in simplex: dot(p, p) >= 1/{Whole(3, 10)}",
    };
}

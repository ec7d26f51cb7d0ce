using Logits.Claims.Language;
using Logits.Claims.Repairing;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Laws;

/// <summary>Claims that somebody might believe: small expressions compared, and true claims with a slip or two in them. Repeatable from the seed.</summary>
internal sealed class PlausibleClaims(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Claim[] _true = [.. ClaimsTable.Rows.Where(row => row.IsTrue).Select(row => Claim.Parse(row.Claim))];

    public Claim Next()
    {
        while (true)
        {
            Claim? claim = _random.Next(2) == 0 ? Fresh() : Slipped();
            if (claim is not null)
            {
                return claim;
            }
        }
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private Claim? Slipped()
    {
        Claim claim = Pick(_true);
        for (int slips = _random.Next(1, 3); slips > 0; slips--)
        {
            Claim[] edits = [.. ClaimEdits.Nearest(claim)];
            claim = edits.Length == 0 ? claim : Pick(edits);
        }
        return Read(claim.ToString());
    }

    private Claim? Fresh()
    {
        string hypothesis = Pick("", "", "", "lambda > 0 => ", "T > 0 => ", "b >= 0 => ", "b != 0 => ", "lambda < 0 => ", "x[1] >= x[2] => ", "x[1] == x[2] => ", "lambda >= 1 => ", "b > 0 and lambda > 1 => ");
        string relation = Pick("==", "==", "<=", "<=", "<", ">=", ">", "!=");
        int kind = _random.Next(10);
        string conclusion = kind < 6 ? $"{Number(2)} {relation} {Number(2)}"
            : kind < 8 ? $"{Vector(2)} {(relation == "!=" ? "==" : relation)} {Vector(2)}"
            : kind < 9 ? $"{Number(1)} <= {Number(2)} <= {Number(2)}"
            : $"limit({Pick("softmax(x/s)", "lse(s*x)/s", "entropy(softmax(s*x))", "softmax(s*x)[1]", "s*log(sum(exp(x/s)))", "lse(x/s)*s")}, s -> {Pick("inf", "-inf", "0+")}) == {Pick("max(x)", "min(x)", "argmaxind(x)", "argmaxind(-x)", "1/n", "0", "log(n)", "1")}";
        return Read(hypothesis + conclusion);
    }

    private static Claim? Read(string text)
    {
        try
        {
            return Claim.Parse(text);
        }
        catch (ClaimSyntaxException)
        {
            return null;
        }
    }

    private string Number(int depth) => depth == 0
        ? Pick("b", "lambda", "1", "0", "2", "1/2", "x[1]", "log(2)", "log(n)", "T")
        : _random.Next(14) switch
        {
            0 => $"lse({Vector(depth - 1)})",
            1 => $"max({Vector(depth - 1)})",
            2 => $"min({Vector(depth - 1)})",
            3 => $"sum({Vector(depth - 1)})",
            4 => $"{Distribution(depth)}[1]",
            5 => $"entropy({Distribution(depth)})",
            6 => $"dot({Distribution(depth)}, {Vector(depth - 1)})",
            7 => $"lse({Vector(depth - 1)})/{Pick("2", "lambda", "T")}",
            8 => $"({Number(depth - 1)} + {Number(depth - 1)})",
            9 => $"({Number(depth - 1)} - {Number(depth - 1)})",
            10 => $"{Pick("2", "lambda", "b")}*{Number(depth - 1)}",
            11 => $"exp({Number(depth - 1)})",
            12 => $"kl({Distribution(depth)}, {Distribution(depth)})",
            _ => Number(depth - 1),
        };

    private string Distribution(int depth) => $"softmax({Vector(depth - 1)})";

    private string Vector(int depth) => depth == 0
        ? Pick("x", "x", "x + b", "x - b", "2*x", "-x", "x/2", "lambda*x", "x/T", "z", "x + z")
        : _random.Next(6) switch
        {
            0 => $"softmax({Vector(depth - 1)})",
            1 => $"logsoftmax({Vector(depth - 1)})",
            2 => $"({Vector(depth - 1)} + {Number(0)})",
            3 => $"exp({Vector(depth - 1)})",
            _ => Vector(depth - 1),
        };
}

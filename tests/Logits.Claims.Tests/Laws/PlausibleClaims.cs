using Logits.Claims.Language;
using Logits.Claims.Repairing;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Laws;

/// <summary>
/// Claims that somebody might believe: small expressions compared, shapes of known facts filled at random, and true claims with a slip or two in them.
/// Repeatable from the seed.
/// </summary>
internal sealed class PlausibleClaims(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Claim[] _true = [.. ClaimsTable.Rows.Where(row => row.IsTrue).Select(row => Claim.Parse(row.Claim))];

    public Claim Next()
    {
        while (true)
        {
            Claim? claim = _random.Next(5) < 2 ? Slipped() : Read(Hypothesis() + Conclusion());
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

    private string Hypothesis() => Pick(
        "", "", "", "", "", "", "lambda > 0 => ", "T > 0 => ", "b >= 0 => ", "b != 0 => ", "lambda < 0 => ", "lambda >= 1 => ", "0 <= b <= 1 => ", "b > 0 and lambda > 1 => ",
        "x[1] >= x[2] => ", "x[1] == x[2] => ", "x[1] > x[2] => ", "x[1] != x[2] => ", "x[1] == max(x) => ", "x == z => ", "sum(x) == 0 => ", "softmax(x) == softmax(z) => ",
        "lse(x) == lse(z) => ", "b == lambda => ", "b <= lambda => ", "max(x) <= b => ", "i != j => ", "x[i] >= x[j] => ", "p[1] > 0 => ", "dot(x, x) == 0 => ", "b^2 == lambda^2 => ",
        "exp(b) == 2 => ", "b*lambda == 1 => ", "b + lambda == 0 => ", $"{Number(1)} {Order()} {Number(1)} => ");

    private string Order() => Pick("<", "<=", "<=", ">", ">=", ">=");

    private string Relation() => Pick("==", "==", "==", Order(), Order(), Order(), "!=");

    private string Conclusion() => _random.Next(20) switch
    {
        < 6 => $"{Number(2)} {Relation()} {Number(2)}",
        < 8 => $"{Vector(2)} {Pick("==", "==", Order())} {Vector(2)}",
        8 => $"{Number(1)} {Pick("<=", "<")} {Number(2)} {Pick("<=", "<", "==")} {Number(2)}",
        9 => $"{Matrix()} == {Matrix()}",
        10 => $"psd({Matrix()})",
        11 => $"quad({Matrix()}, {Vector(1)}) {Order()} {Pick("0", "0", Number(1))}",
        < 14 => Limit(),
        14 => $"{Number(1)} {Relation()} {Number(1)} <=> {Number(1)} {Relation()} {Number(1)}",
        15 => $"{Entry()} {Relation()} {Entry()}",
        16 => $"{Entry()} {Order()} {Entry()} <=> {Entry()} {Order()} {Entry()}",
        17 => Definedness(),
        18 => Weights(),
        _ => $"{Derivative()} {Relation()} {Pick(Derivative(), Number(1), "0")}",
    };

    private string Limit()
    {
        string body = Pick(
            "softmax(x/s)", "softmax(s*x)", "lse(s*x)/s", "lse(x/s)*s", "entropy(softmax(s*x))", "entropy(softmax(x/s))", "softmax(s*x)[1]", "s*log(sum(exp(x/s)))", "dot(softmax(s*x), x)",
            "dot(softmax(x/s), x)", "realsoftmax(s*b, 0)/s", "lse(s*x)/s - log(n)/s", "softmax(s*x + z)", "softmax(x + z/s)", "(lse(x + b/s) - lse(x))*s", "kl(softmax(s*x), softmax(s*x + b))",
            "max(s*x)/s", "lse(s*softmax(x))/s", "logsoftmax(s*x)/s", "exp(-s)*b", "1/(s + b)", "exp(s*b)/(1 + exp(s*b))", "softmin(s*x)/s", "lse(b*x + s)/s", "s/(s + 1)", "softmax(s*x)[i]",
            "(1 + exp(s))^s/exp(s^2)", "exp(-s*exp(-s))", "1/(1 + exp(s*exp(-s)))", "exp(-s/(1 + s))", "(1 + b/s)^s", "softmax(s*softmax(s*x))", "lse(s*softmax(s*x))/s", "lse(s*logsoftmax(x))/s");
        string value = Pick(
            "max(x)", "min(x)", "argmaxind(x)", "argmaxind(-x)", "argmaxind(x)[1]", "argmaxind(x)[i]", "1/n", "0", "log(n)", "1", "dot(x, argmaxind(x))", "sum(x)/n", "max(b, 0)", "b", "softmax(z)", "softmax(x)",
            "max(softmax(x))", "x - max(x)", "x - min(x)", "lse(x)", "log(sum(argmaxind(x)))", "-max(x)", "-min(x)");
        return $"limit({body}, s -> {Pick("inf", "-inf", "0+")}) {Pick("==", "==", "==", "<=", ">=", "<")} {value}";
    }

    private string Entry() => Pick("x", "z", "softmax(x)", "softmax(z)", "logsoftmax(x)", "softmax(x/T)", "exp(x)", "softmax(lambda*x)", "argmaxind(x)", "argmaxind(softmax(x))") + Pick("[1]", "[2]", "[i]", "[j]");

    private string Matrix() => Pick(
        $"hessian(lse)({Vector(0)})", $"cov(softmax({Vector(0)}))", $"diag(softmax({Vector(0)}))", $"outer({Vector(1)}, {Vector(1)})", $"diag(softmax({Vector(0)})) - outer(softmax({Vector(0)}), softmax({Vector(0)}))",
        "hessian(xent(y, x))(x)", "cov(p)", "diag(p) - outer(p, p)", $"{Pick("2", "b", "-1", "1/2", "lambda")}*cov(softmax({Vector(0)}))", $"diag({Vector(1)})", "hessian(softmin)(x)", "cov(softmax(x))'");

    private string Derivative() => Pick(
        "d/dx[i] softmax(x)[j]", "d/dx[1] softmax(x)[1]", "d/dx[1] softmax(x)[2]", "d/dx[i] lse(x)", "d/db lse(b*x)", "d/dT entropy(softmax(x/T))", "d/dx[i] softmin(x)", "grad(lse)(x)[1]",
        "hessian(lse)(x)[1, 2]", "softmax(x)[i]*softmax(x)[j]", "-softmax(x)[i]*softmax(x)[j]", "softmax(x)[1]*(1 - softmax(x)[1])", "softmax(x)[i]", "d/dx[i] entropy(softmax(x))", "d/dx[i] xent(y, x)", "softmax(x)[i] - y[i]");

    /// <summary>Identities that hold only where both sides are defined, or nearly.</summary>
    private string Definedness() => Pick(
        "x/x == 1", "log(exp(b)) == b", "log(b^2) == 2*log(b)", "log(b^2)/2 == log(b)", "exp(log(b)) == b", "b/b == 1", "b*lambda/lambda == b", "log(b*lambda) == log(b) + log(lambda)", "log(b/lambda) == log(b) - log(lambda)",
        "1/(b - lambda) == -1/(lambda - b)", "(b^2 - lambda^2)/(b - lambda) == b + lambda", "0*log(b) == 0", "b^lambda == exp(lambda*log(b))", "(b^2)^(1/2) == b", "(b^2)^(1/2) == abs(b)", "b^(1/2)*b^(1/2) == b", "1/(1/b) == b",
        "log(x) + log(z) == log(x*z)", "lse(log(x)) == log(sum(x))", "softmax(log(p)) == p", "softmax(log(x)) == x/sum(x)", "abs(b)*abs(lambda) == abs(b*lambda)", "abs(b + lambda) <= abs(b) + abs(lambda)", "lse(x/T)*T >= max(x)",
        "log(b) <= b - 1", "log(b) < b", "log(b) >= 1 - 1/b", "exp(b) >= 1 + b", "exp(b) > b", "b + 1/b >= 2", "b^2 + lambda^2 >= 2*b*lambda", "b*log(b) >= b - 1", "log(1 + exp(b)) > b", "log(1 + exp(b)) == b + log(1 + exp(-b))");

    /// <summary>Claims about weights that sum to 1, zeros among them, and about labels.</summary>
    private string Weights() => $"for every {Pick("p in simplex", "p in simplex, q in simplex", "p in simplex, x in R^n", "y in onehot, x in R^n")}: " + Pick(
        $"entropy(p) {Order()} log(n)", $"entropy(p) {Order()} 0", $"kl(p, q) {Order()} 0", "kl(p, p) == 0", "kl(p, q) == kl(q, p)", $"dot(p, x) + entropy(p) {Order()} lse(x)", $"p[1] {Order()} 1", $"p[1] {Order()} p[2]",
        $"max(p) {Order()} 1/n", $"dot(p, p) {Order()} 1", $"dot(p, x) {Order()} max(x)", $"dot(p, x) {Order()} lse(x)", "sum(p) == 1", $"xent(p, x) {Order()} entropy(p)", $"xent(y, x) {Order()} 0", "xent(y, x) == lse(x) - dot(y, x)",
        $"dot(y, x) {Order()} max(x)", "entropy(y) == 0", $"kl(p, softmax(x)) {Order()} 0", "kl(p, softmax(x)) == lse(x) - dot(p, x) - entropy(p)", $"entropy((p + q)/2) {Order()} (entropy(p) + entropy(q))/2", "psd(cov(p))",
        $"quad(cov(p), x) {Order()} 0", $"min(p) {Order()} 1/n", "p*p == p", "y*y == y", $"xent(p, log(q)) {Order()} entropy(p)", $"-dot(p, log(q)) {Order()} entropy(p)", "p/sum(p) == p", $"dot(p, log(p)) {Order()} 0");

    private string Number(int depth) => depth == 0
        ? Pick("b", "lambda", "1", "0", "2", "1/2", "-1", "x[1]", "x[2]", "log(2)", "log(n)", "T", "n", "1/n", "x[i]")
        : _random.Next(26) switch
        {
            0 or 1 => $"lse({Vector(depth - 1)})",
            2 => $"max({Vector(depth - 1)})",
            3 => $"min({Vector(depth - 1)})",
            4 => $"sum({Vector(depth - 1)})",
            5 => $"{Distribution(depth)}[{Pick("1", "2", "i", "j")}]",
            6 => $"entropy({Distribution(depth)})",
            7 => $"dot({Distribution(depth)}, {Vector(depth - 1)})",
            8 => $"lse({Vector(depth - 1)})/{Pick("2", "lambda", "T")}",
            9 => $"({Number(depth - 1)} + {Number(depth - 1)})",
            10 => $"({Number(depth - 1)} - {Number(depth - 1)})",
            11 => $"{Pick("2", "lambda", "b", "-1", "-2", "1/2")}*{Number(depth - 1)}",
            12 => $"exp({Number(depth - 1)})",
            13 => $"kl({Distribution(depth)}, {Distribution(depth)})",
            14 => $"max({Number(depth - 1)}, {Number(depth - 1)})",
            15 => $"min({Number(depth - 1)}, max({Vector(depth - 1)}))",
            16 => $"realsoftmax({Number(depth - 1)}, {Number(depth - 1)})",
            17 => $"softmin({Vector(depth - 1)})",
            18 => $"dot(argmaxind({Vector(depth - 1)}), {Vector(depth - 1)})",
            19 => $"xent({Pick("onehot(1)", "y", "softmax(z)", "argmaxind(x)")}, {Vector(depth - 1)})",
            20 => $"quad(cov(softmax({Vector(depth - 1)})), {Vector(0)})",
            21 => $"({Number(depth - 1)})^2",
            22 => $"log({Pick($"1 + exp({Number(depth - 1)})", Number(depth - 1), $"sum(exp({Vector(depth - 1)}))")})",
            23 => $"lse(append({Vector(depth - 1)}, {Number(depth - 1)}))",
            24 => $"abs({Number(depth - 1)})",
            _ => Number(depth - 1),
        };

    private string Distribution(int depth) => $"softmax({Vector(depth - 1)})";

    private string Vector(int depth) => depth == 0
        ? Pick("x", "x", "x", "x + b", "x - b", "2*x", "-x", "x/2", "lambda*x", "-lambda*x", "x/T", "z", "x + z", "x - max(x)", "x - lse(x)", "0*x", "b*x", "x + onehot(1)")
        : _random.Next(8) switch
        {
            0 => $"softmax({Vector(depth - 1)})",
            1 => $"logsoftmax({Vector(depth - 1)})",
            2 => $"({Vector(depth - 1)} + {Number(0)})",
            3 => $"exp({Vector(depth - 1)})",
            4 => $"argmaxind({Vector(depth - 1)})",
            5 => $"{Vector(depth - 1)} - max({Vector(depth - 1)})",
            _ => Vector(depth - 1),
        };
}

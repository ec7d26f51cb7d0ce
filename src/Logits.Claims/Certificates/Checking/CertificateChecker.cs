using System.Numerics;
using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// Checks a proof of a claim at one size, or for every n, starting again from the claim's text. It has its own algebra, signs, derivatives and
/// limits and shares with what finds proofs only the parser and the numbers; identities are tested at random points modulo
/// two large primes before they are multiplied out.
/// </summary>
internal sealed partial class CertificateChecker
{
    private const int Seed = 20_011;

    private readonly Claim _claim;
    private readonly int? _size;
    private readonly Residues[] _residues = [.. Residues.Primes.Select((prime, i) => new Residues(prime, Seed + i))];

    private CertificateChecker(Claim claim, int? size)
    {
        _claim = claim;
        _size = size;
    }

    /// <summary>Checks the proof; gives the conditions under which the claim's sides are defined.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="size">The size, or null for every n the claim speaks of (and for a claim without n).</param>
    /// <param name="proof">The proof.</param>
    /// <exception cref="RejectedException">The proof does not hold.</exception>
    public static IReadOnlyList<string> Check(Claim claim, int? size, ProofNode proof)
    {
        var checker = new CertificateChecker(claim, size);
        var context = new CaseContext(claim, size);
        try
        {
            checker.CheckWhole(context, proof);
        }
        catch (UndefinedHereException)
        {
            throw new RejectedException("something in the claim is never defined");
        }
        return [.. context.Conditions.Select(ConditionText.Of).Distinct()];
    }

    private void CheckWhole(CaseContext context, ProofNode proof)
    {
        if (_claim.Conclusion is Equivalence equivalence)
        {
            var directions = Expect<DirectionsNode>(proof);
            CaseContext forward = context.Inner(), backward = context.Inner();
            Check(new([.. _claim.Hypotheses, equivalence.Left], equivalence.Right), forward, directions.Forward);
            Check(new([.. _claim.Hypotheses, equivalence.Right], equivalence.Left), backward, directions.Backward);
            context.Adopt(forward);
            context.Adopt(backward);
            return;
        }
        Check(new(_claim.Hypotheses, _claim.Conclusion), context, proof);
    }

    private void Check(Task task, CaseContext context, ProofNode proof)
    {
        Budget.CheckNow();
        switch (proof)
        {
            case CasesNode { Of: "index" or "onehot" } cases:
                CheckPositions(task, context, cases);
                break;
            case CasesNode cases:
                CheckCases(task, context, cases);
                break;
            case ContradictionNode contradiction:
                CheckContradiction(task, context, contradiction);
                break;
            case ComparisonsNode comparisons:
                CheckComparisons(task, context, comparisons);
                break;
            default:
                throw new RejectedException($"a step of the kind {proof.GetType().Name} cannot stand here");
        }
    }

    /// <summary>Puts values in place of symbols, each shown by one of the equations.</summary>
    private void Solve(CaseContext context, IReadOnlyList<Fraction> equations, IReadOnlyList<Substitution> substitutions)
    {
        foreach (Substitution substitution in substitutions)
        {
            Fraction symbol = Parse(substitution.Symbol, context);
            Fraction value = Parse(substitution.Value, context);
            if (symbol is not { IsForm: true, Top.Count: 1 } || symbol.Top.Terms.First() is not { Word.Letters: [(VariableLetter letter, _)] }
                || value.Mentions(letter.Equals))
            {
                throw new RejectedException($"{substitution.Symbol} cannot be replaced");
            }
            Form wanted = (symbol - value).Top.Split().Core is { } core && core.AsConstant() is null ? core : (symbol - value).Top;
            if (!equations.Any(equation => context.Current(equation) is { IsZero: false } current && ZeroOf(current.Top, context) is { } zero && zero.Equals(wanted)))
            {
                throw new RejectedException($"nothing says that {substitution.Symbol} is {substitution.Value}");
            }
            context.Solve(letter.Key, value);
        }
    }

    /// <summary>What is 0 where the form is: the form without factors that cannot be 0; null where one of them may be.</summary>
    private static Form? ZeroOf(Form form, CaseContext context)
    {
        (Rational _, Word word, Form core) = form.Split();
        if (core.AsConstant() is not null)
        {
            return Form.Of(word, Rational.One);
        }
        return !context.Signs.Of(word).Implies(SignSet.NotZero) ? null
            : SignTable.LogRatio(core) is { IsZero: false } ratio ? ZeroOf(ratio, context)
            : core;
    }

    /// <summary>The hypotheses' facts, after its equations were solved as the certificate says.</summary>
    private List<Comparand> Assume(Task task, CaseContext context, IReadOnlyList<Substitution> substitutions)
    {
        foreach (Substitution substitution in substitutions)
        {
            Solve(context, [.. Comparisons(task.Hypotheses, context, forgiving: true).Where(goal => goal.Signs == SignSet.Nil).Select(goal => goal.Difference)], [substitution]);
        }
        List<Comparand> assumed = [.. Comparisons(task.Hypotheses, context, forgiving: true)];
        foreach (Comparand goal in assumed)
        {
            context.Signs.Assume(goal.Difference, goal.Signs);
        }
        return assumed;
    }

    private void CheckContradiction(Task task, CaseContext context, ContradictionNode node)
    {
        List<Comparand> assumed = Assume(task, context, node.Substitutions);
        if (node.Hypothesis is not { } number || node.Proof is null)
        {
            if (!context.Signs.Contradictory)
            {
                throw new RejectedException("the assumptions of a case do not exclude each other");
            }
            return;
        }
        if (number < 0 || number >= assumed.Count || !assumed[number].Signs.And(SignSet.Positive).IsEmpty || node.Proof is null)
        {
            throw new RejectedException("there is no such equation among the hypotheses");
        }
        Fraction difference = node.Reversed ? -assumed[number].Difference : assumed[number].Difference;
        CheckComparison(new(difference, SignSet.Positive, assumed[number].Left, assumed[number].Right), context, node.Proof);
    }

    private void CheckComparisons(Task task, CaseContext context, ComparisonsNode node)
    {
        Assume(task, context, node.Substitutions);
        int conditions = context.Conditions.Count;
        List<Comparand> goals = [.. Comparisons([task.Conclusion], context, forgiving: false)];
        if (context.Conditions.Count > conditions)
        {
            // Conditions met on the way let logarithms be split that came before them.
            goals = [.. Comparisons([task.Conclusion], context, forgiving: false)];
        }
        if (goals.Count != node.Proofs.Count)
        {
            throw new RejectedException($"{goals.Count} comparisons are to be proved and {node.Proofs.Count} are");
        }
        for (int i = 0; i < goals.Count; i++)
        {
            if (context.TouchesBoundary && !goals[i].Signs.Zero)
            {
                throw new RejectedException("a strict comparison where 0·log 0 = 0 was used");
            }
            CheckComparison(goals[i], context.TouchesBoundary ? Interior(context) : context, node.Proofs[i]);
        }
    }

    /// <summary>
    /// The case with all weights positive. What holds there, not strictly and between continuous sides, holds on the simplex' boundary too; not so
    /// where hypotheses could keep to the boundary or something jumps.
    /// </summary>
    private CaseContext Interior(CaseContext context)
    {
        bool isClosed = context.Conditions.Any(condition => condition.Signs.Zero);
        return _claim.Hypotheses.Count > 0 || _claim.Conclusion is Equivalence || isClosed || MentionsJumps(_claim.Conclusion.ToString()) ? context : context.Interior();
    }

    private static bool MentionsJumps(string statement) =>
        statement.Contains("argmaxind", StringComparison.Ordinal) || statement.Contains("limit", StringComparison.Ordinal);

    private static T Expect<T>(ProofNode? node) where T : ProofNode => node as T ?? throw new RejectedException($"a {typeof(T).Name} should stand here");

    /// <summary>Reads an expression of the certificate in the letters of the case.</summary>
    private Fraction Parse(string text, CaseContext context, params IEnumerable<string> generic) => CertificateText.Read(text, _claim, context, generic);

    /// <summary>Whether two fractions are the same: at random points modulo two primes, then multiplied out.</summary>
    private void RequireEqual(Fraction left, Fraction right, string what)
    {
        foreach (Residues residues in _residues)
        {
            if (residues.Of(left) != residues.Of(right))
            {
                throw new RejectedException($"{what}: the two sides differ modulo a prime");
            }
        }
        if (!(left - right).IsZero)
        {
            throw new RejectedException($"{what}: the two sides differ");
        }
    }

    private sealed record Task(IReadOnlyList<Statement> Hypotheses, Statement Conclusion);
}

/// <summary>A scalar comparison as the checker sees it: right − left has one of the signs.</summary>
internal sealed record Comparand(Fraction Difference, SignSet Signs, Expression? Left, Expression? Right);

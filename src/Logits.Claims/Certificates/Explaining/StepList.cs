using System.Text.RegularExpressions;
using Logits.Claims.Language;
using Logits.Claims.Language.Printing;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>
/// The steps of an explanation. A step's claim is printed as the language prints it and decided before it is shown; the variables in it are those
/// of the claim that is explained, with the same kinds.
/// </summary>
internal sealed partial class StepList(Claim claim, int? size)
{
    private const int MostSteps = 40;
    private const int LongestClaim = 700;

    private static readonly DecideOptions Quickly = new() { Repair = false, TimeLimit = TimeSpan.FromSeconds(2) };

    private readonly List<ProofStep> _steps = [];
    private readonly HashSet<string> _shown = [];
    private readonly Dictionary<string, Domain> _extra = [];

    public IReadOnlyList<ProofStep> Steps => _steps;

    /// <summary>A name that the steps use and the claim does not have.</summary>
    public void Introduce(string name, DomainSet set) => _extra[name] = new(set, set == DomainSet.Reals ? default : VectorSize.N);

    /// <summary>Prose that joins steps.</summary>
    public void Say(string text)
    {
        if (_steps.Count < MostSteps)
        {
            _steps.Add(new(text, null));
        }
    }

    /// <summary>Adds the first of the statements that is proved, unless it has been shown already.</summary>
    /// <returns>Whether one was proved.</returns>
    public bool Show(string text, params IEnumerable<string> statements)
    {
        foreach (string statement in statements)
        {
            if (ProvedText(statement) is { } proved)
            {
                if (_shown.Add(proved) && _steps.Count < MostSteps)
                {
                    _steps.Add(new(text, proved));
                }
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the statement is proved, as a claim of its own.</summary>
    public bool Holds(string statement) => ProvedText(statement) is not null;

    /// <summary>The statement as a claim of its own, in the shortest words that say the same, or null where it is not proved as it stands.</summary>
    private string? ProvedText(string statement)
    {
        try
        {
            string body = SumText.WithoutIndices(WithoutTotals(statement));
            string text = size is null ? body : $"{body} for n = {size}";
            if (text.Length > LongestClaim)
            {
                return null;
            }
            Claim? read = TryRead(text);
            if (read is null || !read.Declarations.All(Agrees))
            {
                text = $"for every {Declared(body)}: {text}";
                read = Claim.Parse(text);
            }
            else
            {
                string tidy = Print(read, size);
                text = Claim.Parse(tidy).Equals(read) ? tidy : text;
            }
            if (IsProved(read))
            {
                return text;
            }
            // What does not hold for every n may hold for those that the claim speaks of.
            return size is null && read.Sizes is not null && claim.Sizes is not null && read.Sizes != claim.Sizes && IsProved(read with { Sizes = claim.Sizes })
                ? (read with { Sizes = claim.Sizes }).ToString()
                : null;
        }
        catch (ClaimSyntaxException)
        {
            return null;
        }
    }

    /// <summary>Certificates divide the weights of a simplex variable by their sum; in a claim that is 1.</summary>
    private string WithoutTotals(string statement) => claim.Declarations.Where(own => own.Domain.Set == DomainSet.Simplex)
        .Select(own => Regex.Escape($"sum(k: {own.Name}[k])") + @"(\^\d+)?")
        .Aggregate(statement, (text, total) => Regex.Replace(text, $@"/{total}|{total}\*", ""));

    private static string Print(Claim read, int? size)
    {
        string hypotheses = string.Join(" and ", read.Hypotheses.Select(hypothesis => PlainText.Print(hypothesis)));
        return $"{hypotheses}{(hypotheses.Length == 0 ? "" : " => ")}{PlainText.Print(read.Conclusion)}{(size is null || read.Sizes is null ? "" : $" for n = {size}")}";
    }

    private static Claim? TryRead(string text)
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

    private static bool IsProved(Claim read)
    {
        Verdict verdict = Decider.Decide(read, Quickly);
        // What ended the decision may be that no time is left for the explanation.
        Budget.CheckNow();
        return verdict is Proved;
    }

    private bool Agrees(Declaration declaration) => DomainOf(declaration.Name) is not { } domain || domain == declaration.Domain;

    private Domain? DomainOf(string name) =>
        claim.Declarations.FirstOrDefault(own => own.Name == name)?.Domain ?? (_extra.TryGetValue(name, out Domain domain) ? domain : null);

    private string Declared(string body)
    {
        string[] words = [.. Words().Matches(body).Select(match => match.Value).Distinct()];
        IEnumerable<string> declared = claim.Declarations.Select(own => own.Name).Concat(_extra.Keys)
            .Where(words.Contains).Select(name => $"{name} in {PlainText.Print(DomainOf(name)!.Value)}");
        return string.Join(", ", declared);
    }

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Words();
}

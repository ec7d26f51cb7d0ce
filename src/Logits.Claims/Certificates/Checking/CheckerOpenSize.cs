using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Cases about positions, those of an open n among them.</summary>
internal sealed partial class CertificateChecker
{
    private static readonly string[] FreshPositions = ["i", "j", "l", "m"];

    /// <summary>What a position may be: any number at one size; for every n, one of the positions with a name or one of its own.</summary>
    private IReadOnlyList<string> PositionChoices(CaseContext context, Declaration variable)
    {
        if (_size is not null)
        {
            return context.PositionsOf(variable.Domain.Size).Names;
        }
        if (!variable.Domain.Size.IsSymbolic || variable.Domain.Size.Offset != 0)
        {
            throw new RejectedException("a position in a vector that is not of n entries, n left open");
        }
        string own = variable.Domain.Set == DomainSet.Indices
            ? variable.Name
            : FreshPositions.FirstOrDefault(name => IsFresh(name, context)) ?? throw new RejectedException("no name is left for a position");
        return [.. context.Named, own];
    }

    /// <summary>Where n is open: the position of a largest entry, which may be any position, gets a name; its entry is at least every other.</summary>
    private void CheckLargest(Task task, CaseContext context, CasesNode cases)
    {
        if (_size is not null || cases is not { Candidates: [var text], Branches: [var branch], Variable: { } position })
        {
            throw new RejectedException("a position of a largest entry stands where it cannot");
        }
        if (!FreshPositions.Contains(position) || !IsFresh(position, context))
        {
            throw new RejectedException($"{position} is no fresh name for a position");
        }
        Fraction generic = new Reader(context).Alike(at =>
        {
            CaseContext inside = context.Inner();
            inside.Choose("k", at);
            return CertificateText.Read(text, _claim, inside, at);
        });
        CaseContext largest = context.Inner();
        largest.SetLargest(generic, position);
        largest.Choose(position, position);
        Fraction Entry(string at) => Renaming.Of(generic, SumLetter.Bound, at);
        foreach (string other in context.Named)
        {
            largest.Signs.Assume(Entry(position) - Entry(other), SignSet.NotNegative);
        }
        largest.Signs.Assume(Entry(position) - generic, SignSet.NotNegative);
        Check(task, largest, branch.Proof);
        if (largest.Conditions.Any(condition => condition.Mentions(letter => letter.Index == position)))
        {
            throw new RejectedException("a condition on a largest entry, n left open");
        }
        context.Conditions.AddRange(largest.Conditions);
    }

    /// <summary>Whether nothing has that name: no variable, no position told apart, no largest entry.</summary>
    private bool IsFresh(string name, CaseContext context) => !context.Named.Contains(name) && !context.Signs.LargestPositions.Contains(name)
        && _claim.Declarations.All(declaration => declaration.Name != name);
}

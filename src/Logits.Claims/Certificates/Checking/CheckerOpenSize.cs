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
            : FreshPositions.FirstOrDefault(name => _claim.Declarations.All(declaration => declaration.Name != name) && !context.Named.Contains(name))
                ?? throw new RejectedException("no name is left for a position");
        return [.. context.Named, own];
    }

    /// <summary>Where n is open: the position of a largest entry, which may be any position, gets a name; its entry is at least every other.</summary>
    private void CheckLargest(Task task, CaseContext context, CasesNode cases)
    {
        if (_size is not null || cases is not { Candidates: [var text], Branches: [var branch], Variable: { } position })
        {
            throw new RejectedException("a position of a largest entry stands where it cannot");
        }
        bool isFresh = FreshPositions.Contains(position) && !context.Named.Contains(position) && !context.Signs.LargestPositions.Contains(position)
            && _claim.Declarations.All(declaration => declaration.Name != position);
        if (!isFresh)
        {
            throw new RejectedException($"{position} is no fresh name for a position");
        }
        Fraction Entry(string at)
        {
            CaseContext inside = context.Branch();
            inside.Choose("k", at);
            return Parse(text, inside);
        }
        CaseContext largest = context.Branch();
        Fraction generic = Entry(SumLetter.Bound);
        largest.SetLargest(generic, position);
        largest.Choose(position, position);
        foreach (string other in context.Named.Append(SumLetter.Bound))
        {
            largest.Signs.Assume(Entry(position) - Entry(other), SignSet.NotNegative);
        }
        Check(task, largest, branch.Proof);
    }
}

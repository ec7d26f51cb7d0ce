using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Cases about positions, those of an open n among them.</summary>
internal sealed partial class CertificateChecker
{
    /// <summary>What a position may be: any number at one size; for every n, one of the positions with a name or one of its own.</summary>
    private IReadOnlyList<string> PositionChoices(CaseContext context, Declaration variable)
    {
        if (_size is { } n)
        {
            return context.PositionsOf(variable.Domain.Size).Names;
        }
        if (!variable.Domain.Size.IsSymbolic || variable.Domain.Size.Offset != 0)
        {
            throw new RejectedException("a position in a vector that is not of n entries, n left open");
        }
        if (context.Named.Count == 0)
        {
            context.Named.AddRange(LiteralPositions(_claim));
        }
        return [.. context.Named, variable.Name];
    }

    /// <summary>The numbered positions that the claim's text mentions.</summary>
    private static IEnumerable<string> LiteralPositions(Claim claim) => Array.Empty<string>();

    /// <summary>Where n is open: the position of a largest entry gets a name, and its entry is at least every other.</summary>
    private void CheckLargest(Task task, CaseContext context, CasesNode cases) => throw new RejectedException("the largest entry, n left open");
}

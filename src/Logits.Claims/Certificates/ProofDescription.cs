namespace Logits.Claims.Certificates;

/// <summary>Proofs in a few words.</summary>
internal static class ProofDescription
{
    public static string Method(CertificateDocument document)
    {
        ProofNode[] nodes = [.. document.Proofs.SelectMany(proof => Nodes(proof.Proof))];
        var parts = new List<string>();
        void Add(string name, bool present)
        {
            if (present)
            {
                parts.Add(name);
            }
        }

        Product[] products = [.. nodes.OfType<CombinationNode>().SelectMany(node => node.Products)];
        Add("leading terms with ties", document.Claim.Contains("limit(", StringComparison.Ordinal));
        Add("monotonicity", nodes.Any(node => node is MonotoneNode));
        Add("log t >= 1 - 1/t, terms grouped by weight", nodes.Any(node => node is LogBoundNode));
        Add("exponentiate", nodes.Any(node => node is ExponentialNode));
        Add("sum of squares", products.Any(product => product.Square is not null) || nodes.Any(node => node is DoubleSumNode));
        Add("combination of hypotheses", products.Any(product => product.Factors.Any(factor => factor.Contains(" - ", StringComparison.Ordinal))));
        Add("coefficient signs", products.Length > 0 && products.All(product => product.Square is null && product.Factors.All(factor => !factor.Contains(" - ", StringComparison.Ordinal))));
        Add("hypotheses", parts.Count == 0 && nodes.Any(node => node is SignNode or ContradictionNode));
        Add("normal form", parts.Count == 0);
        Add("by cases", nodes.Any(node => node is CasesNode { Of: "maximum" or "ties" or "sign" or "largest" }));
        return string.Join(", ", parts);
    }

    public static string Gist(CertificateDocument document)
    {
        int steps = document.Proofs.Sum(proof => Nodes(proof.Proof).Count(node => node is not CasesNode and not ComparisonsNode and not DirectionsNode));
        string sizes = document.Proofs.Any(proof => proof.Size is null) ? "" : $" at {document.Proofs.Count} sizes";
        return $"{steps} {(steps == 1 ? "step" : "steps")}{sizes}, each re-checked: {Method(document)}";
    }

    public static IEnumerable<ProofNode> Nodes(ProofNode? node) => node is null ? [] : Children(node).SelectMany(Nodes).Prepend(node);

    private static IEnumerable<ProofNode> Children(ProofNode node) => node switch
    {
        CasesNode cases => cases.Branches.Select(branch => branch.Proof),
        DirectionsNode directions => [directions.Forward, directions.Backward],
        ComparisonsNode comparisons => comparisons.Proofs,
        ContradictionNode contradiction => contradiction.Proof is null ? [] : [contradiction.Proof],
        ReversedNode reversed => [reversed.Proof],
        ExponentialNode exponential => [exponential.Difference],
        LogBoundNode bound => [bound.Bound],
        MonotoneNode monotone => [monotone.Derivative],
        _ => [],
    };
}

using Logits.Claims.Language;

namespace Logits.Claims.Certificates;

/// <summary>Turns a proof into steps a student follows; each step that is a claim is decided on its own before it is shown.</summary>
internal static class Explanation
{
    private const int MostSteps = 40;

    public static IReadOnlyList<ProofStep> Of(AcceptedCertificate accepted)
    {
        SizeProof first = accepted.Document.Proofs[0];
        var writer = new Writer(accepted.Claim, accepted.Claim.Sizes is null ? null : first.Size);
        if (accepted.Document.Proofs.Count > 1 && first.Size is { } size)
        {
            writer.Remark($"At n = {size}; the other sizes go the same way.");
        }
        writer.Write(first.Proof, []);
        foreach (string condition in accepted.Conditions)
        {
            writer.Remark($"Both sides are defined only where {condition}.");
        }
        return writer.Steps;
    }

    private sealed class Writer(Claim claim, int? size)
    {
        private readonly List<ProofStep> _steps = [];
        private bool _hasNormalForms;

        public IReadOnlyList<ProofStep> Steps => _steps;

        public void Remark(string text)
        {
            if (_steps.Count < MostSteps)
            {
                _steps.Add(new(text, null));
            }
        }

        public void Write(ProofNode node, IReadOnlyList<string> assumed)
        {
            switch (node)
            {
                case CasesNode cases:
                    WriteCases(cases, assumed);
                    break;
                case DirectionsNode directions:
                    Remark("From left to right.");
                    Write(directions.Forward, assumed);
                    Remark("From right to left.");
                    Write(directions.Backward, assumed);
                    break;
                case ComparisonsNode comparisons:
                    foreach (IGrouping<Type, ProofNode> group in comparisons.Proofs.GroupBy(proof => proof.GetType()))
                    {
                        Write(group.First(), assumed);
                    }
                    break;
                case ContradictionNode { Proof: null }:
                    Remark("Here the assumptions exclude each other: there is nothing to show.");
                    break;
                case ContradictionNode contradiction:
                    Remark("Here the hypothesis cannot hold, because one side of it is strictly larger:");
                    Write(contradiction.Proof!, assumed);
                    break;
                case IdentityNode:
                    Remark("Write everything in powers of the exponentials over one denominator: both sides have the same normal form.");
                    WriteNormalForms();
                    break;
                case SignNode:
                    Remark("The difference of the two sides is a product whose sign the assumptions give.");
                    break;
                case ReversedNode reversed:
                    Remark("The sides differ, because one is strictly larger:");
                    Write(reversed.Proof, assumed);
                    break;
                case CombinationNode combination:
                    WriteCombination(combination, assumed);
                    break;
                case ExponentialNode exponential:
                    Remark($"Multiplied by {exponential.Multiplier}, which is positive, the difference of the two sides is the logarithm of {Text(exponential.Ratio)}.");
                    Remark("A logarithm has the sign of its argument less 1.");
                    WriteCombination(exponential.Difference, assumed);
                    break;
                case LogBoundNode bound:
                    Remark($"Multiplied by {bound.Multiplier}, the difference of the two sides is a sum of weights times logarithms: {string.Join(" + ", bound.Terms.Select(term => $"{term.Weight} * log({Text(term.Argument)})"))}.");
                    Step("Each logarithm is at least 1 less the reciprocal of its argument.", "t > 0 => log(t) >= 1 - 1/t");
                    WriteCombination(bound.Bound, assumed);
                    break;
                case MonotoneNode monotone:
                    Remark($"Both sides are values of {monotone.Function}, at {monotone.Parameter} = {monotone.From} and {monotone.Parameter} = {monotone.To}; in between it {(monotone.Increasing ? "grows" : "falls")}, by the sign of its derivative:");
                    Write(monotone.Derivative, assumed);
                    break;
                case DoubleSumNode doubled:
                    Remark($"Multiplied by {doubled.Multiplier}, the difference is a sum over all pairs k, l of {doubled.Body}; taken with k and l exchanged it is {string.Join(" + ", doubled.Products.Select(Text))}, which is not negative.");
                    break;
            }
        }

        /// <summary>Each side multiplied out; where that is not found to hold on its own it is left unsaid.</summary>
        private void WriteNormalForms()
        {
            if (_hasNormalForms)
            {
                return;
            }
            _hasNormalForms = true;
            foreach (string form in NormalForms.Of(claim, size).Where(IsProved))
            {
                _steps.Add(new("Multiplied out:", form));
            }
        }

        private void WriteCases(CasesNode cases, IReadOnlyList<string> assumed)
        {
            if (cases.Variable is not null)
            {
                Remark($"Take {cases.Variable} = {cases.Branches[0].Chosen[0]}; the other {(cases.Branches.Count == 2 ? "value goes" : "values go")} the same way.");
                Write(cases.Branches[0].Proof, assumed);
                return;
            }
            if (cases.Of == "sign")
            {
                foreach (Branch branch in cases.Branches)
                {
                    string relation = branch.Chosen[0] switch { < 0 => "<", 0 => "==", _ => ">" };
                    Remark($"Let {cases.Candidates[0]} {relation} 0.");
                    Write(branch.Proof, [.. assumed, $"{cases.Candidates[0]} {relation} 0"]);
                }
                return;
            }
            Branch first = cases.Branches[0];
            string lead = cases.Candidates[first.Chosen[0] - 1];
            string others = string.Join(", ", cases.Candidates.Where((_, i) => !first.Chosen.Contains(i + 1)));
            Remark(cases.Of == "ties"
                ? $"Let {lead} be larger than {others}; in the other cases others are largest, or several tie, and the argument is the same."
                : $"Let {lead} be at least {others}; in the other cases another is largest and the argument is the same.");
            Write(first.Proof, [.. assumed, .. cases.Candidates.Where((_, i) => !first.Chosen.Contains(i + 1)).Select(other => $"{lead} {(cases.Of == "ties" ? ">" : ">=")} {other}")]);
        }

        private void WriteCombination(CombinationNode combination, IReadOnlyList<string> assumed)
        {
            foreach (Product product in combination.Products.Where(product => product.Square is null && product.Factors.Any(factor => factor.Contains(" - ", StringComparison.Ordinal))).Take(3))
            {
                string text = Text(product);
                Step($"{text} is not negative.", Under(assumed, $"{text} >= 0"));
            }
            if (combination.Products.Count == 0)
            {
                Remark("What remains cancels.");
                return;
            }
            string sum = string.Join(" + ", combination.Products.Select(Text));
            Step(
                $"Multiplied by {combination.Multiplier}, what is to be shown not negative is {sum}: no term of it is negative.",
                sum.Length <= 400 ? Under(assumed, $"{sum} >= 0") : null);
        }

        private string Under(IReadOnlyList<string> assumed, string statement)
        {
            string[] hypotheses = [.. claim.Hypotheses.Select(hypothesis => hypothesis.ToString()), .. assumed];
            string text = hypotheses.Length == 0 ? statement : $"{string.Join(" and ", hypotheses)} => {statement}";
            return size is null ? text : $"{text} for n = {size}";
        }

        private void Step(string text, string? step)
        {
            if (_steps.Count < MostSteps)
            {
                _steps.Add(new(text, step is not null && IsProved(step) ? step : null));
            }
        }

        private static bool IsProved(string text)
        {
            try
            {
                return Decider.Decide(Claim.Parse(text), new DecideOptions { Repair = false, TimeLimit = TimeSpan.FromSeconds(1) }) is Proved;
            }
            catch (ClaimSyntaxException)
            {
                return false;
            }
        }

        private static string Text(Product product)
        {
            IEnumerable<string> factors = product.Factors.Select(factor => factor.Contains(' ', StringComparison.Ordinal) ? $"({factor})" : factor);
            IEnumerable<string> all = product.Square is null ? factors : factors.Append($"({product.Square})^2");
            string text = string.Join("*", product.Coefficient == "1" ? all : all.Prepend(product.Coefficient));
            return text.Length == 0 ? "1" : text;
        }

        private static string Text(PowerProduct product)
        {
            IEnumerable<string> powers = product.Powers.Select(part => part.Power == "1" ? $"({part.Base})" : $"({part.Base})^({part.Power})");
            return string.Join("*", product.Exponent == "0" ? powers : powers.Append($"exp({product.Exponent})"));
        }
    }
}

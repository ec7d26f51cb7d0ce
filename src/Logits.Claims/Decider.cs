using Logits.Claims.Certificates;
using Logits.Claims.Certificates.Checking;
using Logits.Claims.Evaluating;
using Logits.Claims.Judging;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.OpenSize;
using Logits.Claims.Refuting;

namespace Logits.Claims;

/// <summary>Decides claims.</summary>
public static class Decider
{
    /// <summary>The largest n at which a claim about every n is proved by itself where no proof for every n is found.</summary>
    private const int LargestSize = 8;

    /// <summary>How many times the usual work is spent on numbers where no proof was found.</summary>
    private const int Patience = 20;

    /// <summary>
    /// Proves the claim, refutes it, or says that it did neither: a few simple points first, then a proof for every n, then proofs size by size,
    /// and at last many points. A proof counts only once <see cref="Certificate.Check"/> accepted it.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="options">How far to go; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Verdict Decide(Claim claim, DecideOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        options ??= new();
        claim = options.Sizes is null ? claim : claim.WithSizes(options.Sizes);
        using var budget = new Budget(options.TimeLimit, options.MemoryLimit, cancellationToken);
        var search = new Search(claim);
        try
        {
            Verdict verdict = search.Run();
            return verdict is Refuted refuted && options.Repair ? Repairing.Repair.Complete(claim, refuted, options) : verdict;
        }
        catch (BudgetException spent)
        {
            return search.Partial(spent.Message);
        }
        catch (ArithmeticException beyond)
        {
            return search.Partial($"numbers grew beyond what can be held: {beyond.Message}");
        }
    }

    private sealed class Search(Claim claim)
    {
        private long _points;
        private readonly List<AcceptedCertificate> _accepted = [];
        private string? _obstacle;

        public Verdict Run()
        {
            int first = claim.Sizes?.Minimum ?? 1;
            int last = claim.Sizes is null ? 1 : Math.Min(claim.Sizes.Maximum ?? int.MaxValue, Math.Max(LargestSize, first));
            if (Enumerable.Range(first, Math.Min(first + 1, last) - first + 1).Select(n => Refuted(NumericJudge.Glance(claim, n))).FirstOrDefault(found => found is not null) is { } simple)
            {
                return simple;
            }
            if (claim.Sizes is { } sizes && sizes.Maximum != sizes.Minimum && Proof(new EverySizeProver(claim).Prove) is { } every && Accept(null, every))
            {
                return Judged(new Proved(_accepted[0]));
            }
            var prover = new FixedSizeProver(claim);
            for (int n = first; n <= last; n++)
            {
                if (Proof(() => prover.Prove(n)) is not { } proof || !Accept(claim.Sizes is null ? null : n, proof))
                {
                    _obstacle ??= prover.Obstacle;
                    break;
                }
            }
            if (_accepted.Count == last - first + 1)
            {
                return Judged(new Proved(AcceptedCertificate.Join(_accepted)));
            }
            return Refuted(NumericJudge.Attack(claim, NumericJudge.Usual * Patience)) ?? Partial(_obstacle ?? "no proof was found");
        }

        /// <summary>What was reached when something stopped the search.</summary>
        public Verdict Partial(string reason)
        {
            return _accepted.Count > 0
                ? Judged(new Proved(AcceptedCertificate.Join(_accepted)))
                : new Undecided { Points = _points, Reason = reason };
        }

        /// <summary>The proof, unless numbers speak against it: then the claim is refuted, or at least not called proved.</summary>
        private Verdict Judged(Proved proved)
        {
            Finding finding = NumericJudge.Attack(claim);
            return !finding.IsAgainst ? proved
                : Refuted(finding) is { } refuted ? refuted with { ContradictedProofs = 1 }
                : new Undecided { Points = _points, Reason = "a proof was found that numbers seem to contradict", ContradictedProofs = 1 };
        }

        /// <summary>A proof, or null where the prover meets something that it has no rule for.</summary>
        private ProofNode? Proof(Func<ProofNode?> prove)
        {
            try
            {
                return prove();
            }
            catch (Exception beyond) when (beyond is NeedsCaseException or NeedsLargestException or UndefinedException or RejectedException)
            {
                _obstacle ??= beyond.Message;
                return null;
            }
        }

        private bool Accept(int? size, ProofNode proof)
        {
            try
            {
                _accepted.Add(AcceptedCertificate.Accept(new CertificateDocument(CertificateDocument.CurrentFormat, claim.ToString(), [new(size, proof)]).ToJson()));
                return true;
            }
            catch (CertificateException rejected)
            {
                _obstacle ??= $"a proof was found that its check did not accept: {rejected.Message}";
                return false;
            }
        }

        private Refuted? Refuted(Finding finding)
        {
            _points += finding.PointsMet;
            return finding.Contradiction is { } contradiction
                ? new() { Counterexample = CounterexampleWriter.Write(claim, contradiction), Method = "search, confirmed in interval arithmetic" }
                : null;
        }
    }
}

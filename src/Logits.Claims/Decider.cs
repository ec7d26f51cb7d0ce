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
        private Verdict? _contradicted;
        private string? _obstacle;

        public Verdict Run()
        {
            int first = claim.Sizes?.Minimum ?? 1;
            int last = claim.Sizes is null ? 1 : Math.Min(claim.Sizes.Maximum ?? int.MaxValue, Math.Max(LargestSize, first));
            for (int n = first; n <= Math.Min(first + 1, last); n++)
            {
                if (Refuted(NumericJudge.Glance(claim, n)) is { } simple)
                {
                    return simple;
                }
            }
            if (claim.Sizes is { } sizes && sizes.Maximum != sizes.Minimum && Proof(new EverySizeProver(claim).Prove) is { } every && Accept(null, every))
            {
                return new Proved(_accepted[0]);
            }
            var prover = new FixedSizeProver(claim);
            for (int n = first; n <= last && _contradicted is null; n++)
            {
                if (Proof(() => prover.Prove(n)) is not { } proof || !Accept(claim.Sizes is null ? null : n, proof))
                {
                    _obstacle ??= prover.Obstacle;
                    break;
                }
            }
            if (_contradicted is not null)
            {
                return _contradicted;
            }
            bool isWhole = _accepted.Count == last - first + 1;
            bool isOpen = claim.Sizes is { } all && last < (all.Maximum ?? int.MaxValue);
            // A claim that holds at small sizes may fail at larger ones.
            return (isWhole && !isOpen ? null : Refuted(NumericJudge.Attack(claim, NumericJudge.Usual * (isWhole ? 1 : Patience))))
                ?? Partial(_obstacle ?? (isWhole ? "no proof for every n was found" : "no proof was found"));
        }

        /// <summary>What was reached when something stopped the search.</summary>
        public Verdict Partial(string reason)
        {
            if (_accepted.Count == 0)
            {
                return new Undecided { Points = _points, Reason = reason };
            }
            var proof = new Proved(AcceptedCertificate.Join(_accepted));
            return claim.Sizes is null || proof.Sizes.SequenceEqual([claim.Sizes]) ? proof : new PartlyProved(proof, _points, reason);
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

        /// <summary>Takes a proof that its check accepts and that numbers do not contradict.</summary>
        private bool Accept(int? size, ProofNode proof)
        {
            AcceptedCertificate accepted;
            try
            {
                accepted = AcceptedCertificate.Accept(new CertificateDocument(CertificateDocument.CurrentFormat, claim.ToString(), [new(size, proof)]).ToJson());
            }
            catch (TooLargeException large)
            {
                _obstacle ??= $"a proof was found whose check needs {large.Message}";
                return false;
            }
            catch (CertificateException rejected)
            {
                _obstacle ??= $"a proof was found that its check did not accept: {rejected.Message}";
                return false;
            }
            Finding finding = NumericJudge.Attack(size is { } n ? claim.WithSizes(new SizeRange(n, n)) : claim, NumericJudge.Usual / (size is null ? 1 : LargestSize));
            if (finding.IsAgainst)
            {
                _contradicted = Refuted(finding) is { } refuted
                    ? refuted with { ContradictedProofs = 1 }
                    : new Undecided { Points = _points, Reason = "a proof was found that numbers seem to contradict", ContradictedProofs = 1 };
                return false;
            }
            _points += finding.PointsMet;
            _accepted.Add(accepted);
            return true;
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

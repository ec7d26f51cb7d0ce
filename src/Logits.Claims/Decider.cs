using Logits.Claims.Certificates;
using Logits.Claims.Certificates.Checking;
using Logits.Claims.Evaluating;
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

    /// <summary>Sizes beyond, at which a claim that was proved up to there may fail.</summary>
    private static readonly int[] LargerSizes = [9, 16, 100];

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
        private readonly Refuter _refuter = new(claim);
        private readonly List<AcceptedCertificate> _accepted = [];
        private string? _obstacle;

        public Verdict Run()
        {
            int first = claim.Sizes?.Minimum ?? 1;
            int last = claim.Sizes is null ? 1 : Math.Min(claim.Sizes.Maximum ?? int.MaxValue, Math.Max(LargestSize, first));
            if (Refute(first, Math.Min(first + 1, last), 60, TimeSpan.FromSeconds(1), quick: true) is { } simple)
            {
                return simple;
            }
            if (claim.Sizes is { } sizes && sizes.Maximum != sizes.Minimum && Proof(new EverySizeProver(claim).Prove) is { } every && Accept(null, every))
            {
                return new Proved(_accepted[0]);
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
                foreach (int n in LargerSizes.Where(n => n > last && claim.Sizes is { } all && n <= (all.Maximum ?? int.MaxValue)))
                {
                    if (Refute(n, n, 60, TimeSpan.FromSeconds(0.3), quick: true) is { } larger)
                    {
                        return larger;
                    }
                }
                return Partial(_obstacle ?? "no proof for every n was found");
            }
            // What was not proved at some size may fail there, or at the next.
            int open = first + _accepted.Count;
            return Refute(open, Math.Min(open + 2, last), 3000, TimeSpan.FromSeconds(1.5), quick: false) ?? Partial(_obstacle ?? "no proof was found");
        }

        /// <summary>What was reached when something stopped the search.</summary>
        public Verdict Partial(string reason)
        {
            if (_accepted.Count == 0)
            {
                return new Undecided { Points = _refuter.Points, Reason = reason };
            }
            var proof = new Proved(AcceptedCertificate.Join(_accepted));
            return claim.Sizes is null || proof.Sizes.SequenceEqual([claim.Sizes]) ? proof : new PartlyProved(proof, _refuter.Points, reason);
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
        }

        private Refuted? Refute(int from, int to, int points, TimeSpan time, bool quick)
        {
            for (int n = from; n <= to; n++)
            {
                if (_refuter.Search(n, points, time, quick) is { } point)
                {
                    return new() { Counterexample = CounterexampleWriter.Write(claim, point), Method = "search, confirmed in interval arithmetic" };
                }
            }
            return null;
        }
    }
}

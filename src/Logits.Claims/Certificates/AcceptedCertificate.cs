using Logits.Claims.Certificates.Checking;
using Logits.Claims.Language;

namespace Logits.Claims.Certificates;

/// <summary>A certificate that the checker went through and accepted. Nothing else makes one, and only one of these makes a <see cref="Proved"/>.</summary>
internal sealed class AcceptedCertificate
{
    private AcceptedCertificate(string json, CertificateDocument document, Claim claim, IReadOnlyList<string> conditions)
    {
        Document = document;
        Claim = claim;
        Conditions = conditions;
        Sizes = claim.Sizes is null ? [] : Ranges(document, claim.Sizes);
        Method = ProofDescription.Method(document);
        Certificate = new(json) { Gist = ProofDescription.Gist(document) };
    }

    public CertificateDocument Document { get; }

    public Claim Claim { get; }

    public IReadOnlyList<SizeRange> Sizes { get; }

    public IReadOnlyList<string> Conditions { get; }

    public string Method { get; }

    public Certificate Certificate { get; }

    /// <summary>Certificates of one claim at different sizes as one.</summary>
    public static AcceptedCertificate Join(IReadOnlyList<AcceptedCertificate> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }
        if (parts.Any(part => part.Document.Claim != parts[0].Document.Claim))
        {
            throw new ArgumentException("the certificates are of different claims", nameof(parts));
        }
        CertificateDocument document = parts[0].Document with { Proofs = [.. parts.SelectMany(part => part.Document.Proofs)] };
        return new(document.ToJson(), document, parts[0].Claim, Gathered(parts.SelectMany(part => part.Conditions), parts[0].Claim));
    }

    /// <exception cref="CertificateException">It is no certificate, or does not prove its claim.</exception>
    public static AcceptedCertificate Accept(string json)
    {
        CertificateDocument document = CertificateDocument.Read(json);
        try
        {
            Claim claim = Claim.Parse(document.Claim);
            var conditions = new List<string>();
            foreach (SizeProof proof in document.Proofs)
            {
                if (proof.Proof is null || (proof.Size is { } size && (claim.Sizes is null || size < claim.Sizes.Minimum || size > (claim.Sizes.Maximum ?? int.MaxValue))))
                {
                    throw new CertificateException("A proof is missing, or is about a size the claim does not speak of.");
                }
                conditions.AddRange(CertificateChecker.Check(claim, claim.Sizes is null ? 1 : proof.Size, proof.Proof));
            }
            return new(json, document, claim, Gathered(conditions, claim));
        }
        catch (ClaimSyntaxException error)
        {
            throw new CertificateException($"The certificate's claim cannot be read: {error.Message}");
        }
        catch (RejectedException error)
        {
            throw new CertificateException($"The certificate does not prove its claim: {error.Message}.");
        }
        catch (Exception error) when (error is ArithmeticException or NullReferenceException or InvalidCastException or FormatException or KeyNotFoundException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // A document may be anything; whatever trips the checker proves nothing.
            throw new CertificateException($"The certificate does not prove its claim: {error.Message}");
        }
    }

    /// <summary>Conditions on each entry of a vector are one condition: x[1] != 0, x[2] != 0 and so on are x[i] != 0.</summary>
    private static List<string> Gathered(IEnumerable<string> conditions, Claim claim)
    {
        var gathered = new List<string>();
        string[] all = [.. conditions.Distinct()];
        foreach (string condition in all)
        {
            string general = condition;
            foreach (Declaration vector in claim.Declarations.Where(declaration => condition.StartsWith($"{declaration.Name}[", StringComparison.Ordinal)))
            {
                int end = condition.IndexOf(']', StringComparison.Ordinal);
                string rest = condition[(end + 1)..];
                int size = vector.Domain.Size.At(claim.Sizes?.Minimum ?? 1);
                bool everywhere = !rest.Contains('[', StringComparison.Ordinal) && Enumerable.Range(1, size).All(k => all.Contains($"{vector.Name}[{k}]{rest}"));
                general = everywhere ? $"{vector.Name}[i]{rest}" : condition;
            }
            if (!gathered.Contains(general))
            {
                gathered.Add(general);
            }
        }
        return gathered;
    }

    private static List<SizeRange> Ranges(CertificateDocument document, SizeRange all)
    {
        if (document.Proofs.Any(proof => proof.Size is null))
        {
            return [all];
        }
        var ranges = new List<SizeRange>();
        foreach (int size in document.Proofs.Select(proof => proof.Size!.Value).Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Maximum == size - 1)
            {
                ranges[^1] = ranges[^1] with { Maximum = size };
            }
            else
            {
                ranges.Add(new(size, size));
            }
        }
        return ranges;
    }
}

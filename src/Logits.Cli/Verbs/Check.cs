using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Logits.Claims;
using Logits.Claims.Language;
using Logits.Claims.Language.Printing;
using Logits.Cli.Json;
using Logits.Cli.Terminal;
using Logits.Data;

namespace Logits.Cli.Verbs;

/// <summary><c>logits check</c>: says of a claim, or of each in a file, whether it is proved, refuted or undecided.</summary>
internal sealed class Check : Command, IHasExamples
{
    private readonly Screen _screen;
    private readonly CancellationToken _cancellationToken;

    private readonly Argument<string?> _claim = new("CLAIM")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A claim in quotation marks, a file with one claim a line (# begins a comment), or - for standard input. The language: docs/claims.md.",
    };

    private readonly Option<SizeRange?> _sizes = new("--n")
    {
        HelpName = "SIZES",
        Description = "Decide these sizes only: 3, or 2..6. Default: those the claim names, else every n ≥ 2.",
        CustomParser = ParseSizes,
    };

    private readonly Option<bool> _explain = new("--explain") { Description = "Print the proof, step by step." };
    private readonly Option<bool> _json = Parameters.Json();

    private readonly Option<string?> _certificate = new("--certificate")
    {
        HelpName = "FILE",
        Description = "Write the proof's certificate to a file. Without a claim: check the certificate in that file again.",
    };

    private readonly Option<string?> _smt = new("--smt") { HelpName = "FILE",
        Description = "Write the inequalities that remain as an SMT-LIB 2 file, for z3 or cvc5." };

    private readonly Option<double?> _time = Parameters.Number("--time", "Seconds after which a claim is left undecided. Default: 10.", s =>
        s > 0 && s <= 86_400, "must be a number of seconds above 0");

    public Check(Screen screen, CancellationToken cancellationToken)
        : base("check", "Prove or refute what is claimed of softmax and the log-partition function.")
    {
        (_screen, _cancellationToken) = (screen, cancellationToken);
        Add(_claim);
        foreach (Option option in (Option[])[_sizes, _explain, _json, _certificate, _smt, _time])
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "check \"lse(x + b) == lse(x) + b\"",
        "check \"hessian(lse)(x) == cov(softmax(x))\" --n 2..4 --explain",
        "check answers.txt",
        "check --certificate proof.json",
    ];

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_claim) is not { } given)
            return parsed.GetValue(_certificate) is { } path
                ? CheckCertificate(path, parsed.GetValue(_json))
                : throw new TableException("Say what to check: a claim in quotation marks, a file of claims, or --certificate FILE alone. See logits check --help.");
        return IsFile(given) ? CheckFile(given, parsed) : CheckOne(given, parsed);
    }

    private int CheckOne(string text, ParseResult parsed)
    {
        Checked result = Decide(new ClaimLine(text, null), parsed);
        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, CheckJson.Of(result));
        else if (result.Error is null)
            new CheckText(_screen, parsed.GetValue(_explain)).Write(result);
        if (result.Error is { } error)
            Refuse(error, null);
        else
            Keep(result, parsed);
        return result.ExitCode;
    }

    private int CheckFile(string path, ParseResult parsed)
    {
        if (parsed.GetValue(_certificate) is not null || parsed.GetValue(_smt) is not null)
            throw new TableException("--certificate and --smt write one claim's file. Give the claim itself in quotation marks.");
        List<Checked> results = [];
        CheckText text = new(_screen, parsed.GetValue(_explain));
        foreach (ClaimLine line in ClaimLine.ReadAll(path))
        {
            Checked result = Decide(line, parsed);
            results.Add(result);
            if (!parsed.GetValue(_json))
                text.WriteLine(result);
            if (result.Error is { } error)
                Refuse(error, $"{path}, line {line.Number}");
        }
        if (results.Count == 0)
            throw new TableException($"{path} has no claims. Write one a line; # begins a comment.");
        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, results.Select(CheckJson.Of));
        else
            text.WriteTally(results);
        int[] codes = [.. results.Select(result => result.ExitCode)];
        return codes.Contains(ExitCode.BadInput) ? ExitCode.BadInput
            : codes.Contains(ExitCode.AnswerIsNo) ? ExitCode.AnswerIsNo
            : codes.Max();
    }

    private Checked Decide(ClaimLine line, ParseResult parsed)
    {
        Claim claim;
        try
        {
            claim = Claim.Parse(line.Text);
            if (parsed.GetValue(_sizes) is { } sizes)
                claim = WithSizes(claim, sizes);
        }
        catch (ClaimSyntaxException error)
        {
            return new Checked(line, null, null, error, TimeSpan.Zero);
        }
        DecideOptions options = new();
        if (parsed.GetValue(_time) is { } seconds)
            options = options with { TimeLimit = TimeSpan.FromSeconds(seconds) };
        long start = TimeProvider.System.GetTimestamp();
        Verdict verdict = Live.Wait(_screen, $"deciding {Figures.Name(line.Text.Trim())}", () => Decider.Decide(claim, options, _cancellationToken));
        return new Checked(line, claim, verdict, null, TimeProvider.System.GetElapsedTime(start));
    }

    private static Claim WithSizes(Claim claim, SizeRange sizes)
    {
        return claim.SpeaksOf(sizes)
            ? claim.WithSizes(sizes)
            : throw new TableException($"--n {Print(sizes)} does not fit: the claim speaks of {PlainText.Print(claim.Sizes!, Alphabet.Unicode)}.");
    }

    private void Keep(Checked result, ParseResult parsed)
    {
        Write(parsed.GetValue(_certificate), "certificate", proved => proved.Certificate.Json);
        Write(parsed.GetValue(_smt), "SMT-LIB file", proved => SmtLib.Write(proved.Certificate));

        void Write(string? path, string what, Func<Proved, string> content)
        {
            if (path is null)
                return;
            if (((result.Verdict as PartlyProved)?.Proof ?? result.Verdict as Proved) is not { } proved)
            {
                _screen.Warn($"Only what is proved has a {what}; {path} was not written.");
                return;
            }
            byte[] bytes = Encoding.UTF8.GetBytes(content(proved));
            WholeFile.Write(path, stream => stream.Write(bytes));
            _screen.Note($"The {what} is in {path}.");
        }
    }

    private int CheckCertificate(string path, bool json)
    {
        string document = ReadCertificate(path);
        string? claim;
        try
        {
            claim = (string?)JsonNode.Parse(document)?["claim"];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new TableException($"{path} is not a certificate: {error.Message}", error);
        }
        try
        {
            Proved proved = Live.Wait(_screen, "checking", () => Certificate.Check(document, cancellationToken: _cancellationToken));
            if (json)
                JsonOutput.Write(_screen, new { Claim = claim, Accepted = true, Sizes = CheckJson.Sizes(proved.Sizes), proved.Conditions, proved.Method });
            else
                new CheckText(_screen, explain: false).WriteAccepted(claim, proved);
            return CheckText.LeavesSizesOpen(proved.Sizes, Claim.Parse(claim!).Sizes) ? ExitCode.Unfinished : ExitCode.Done;
        }
        catch (CertificateException error)
        {
            if (json)
                JsonOutput.Write(_screen, new { Claim = claim, Accepted = false, Reason = error.Message });
            else
                new CheckText(_screen, explain: false).WriteRejected(claim, error.Message);
            return ExitCode.AnswerIsNo;
        }
    }

    private static string ReadCertificate(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException($"There is no file {path}.", error);
        }
    }

    private void Refuse(ClaimSyntaxException error, string? place)
    {
        (string line, string carets) = error.Pointer;
        _screen.Fail(place is null ? error.Message : $"{place}: {error.Message}");
        if (line.Length == 0)
            return;
        _screen.Note("  " + line);
        _screen.Note("  " + carets);
    }

    /// <summary>A claim always compares something; what does not, and is not a file, was meant as one.</summary>
    private static bool IsFile(string given)
    {
        if (given == "-" || File.Exists(given))
            return true;
        bool isPath = given.IndexOfAny(['=', '<', '>', '≤', '≥', '≠', '∈', '(', ' ']) < 0 && Path.GetExtension(given).Length > 1;
        if (isPath)
            throw new TableException($"There is no file {given}.");
        if (Directory.Exists(given))
            throw new TableException($"{given} is a directory. Name a file with one claim a line.");
        return false;
    }

    private static string Print(SizeRange sizes) => sizes.Maximum == sizes.Minimum
        ? sizes.Minimum.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{sizes.Minimum}..{sizes.Maximum}");

    private static SizeRange? ParseSizes(ArgumentResult result)
    {
        string[] ends = result.Tokens[0].Value.Split("..");
        if (ends.Length <= 2 && Array.TrueForAll(ends, end =>
            int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= SizeRange.Largest))
        {
            int[] sizes = [.. ends.Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
            if (sizes[0] <= sizes[^1])
                return new SizeRange(sizes[0], sizes[^1]);
        }
        result.AddError($"--n must be a size such as 3 or a range such as 2..6, from 1 to {SizeRange.Largest:N0}, not '{result.Tokens[0].Value}'.");
        return null;
    }
}

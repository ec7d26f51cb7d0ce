using System.Globalization;
using Logits.Claims;
using Logits.Claims.Language;
using Logits.Claims.Language.Printing;
using Logits.Cli.Terminal;
using Spectre.Console;

namespace Logits.Cli.Verbs;

/// <summary>Verdicts for people: what was read, what became of it, where it fails and what would be true.</summary>
internal sealed class CheckText(Screen screen, bool explain)
{
    public void Write(Checked result)
    {
        Say($"I read: {PlainText.Print(result.Claim!, Alphabet.Unicode)}");
        if (result.Claim!.IsVacuous)
            Say("The hypotheses exclude each other: the claim is vacuous, it speaks of no values at all.");
        screen.Output.WriteLine();
        switch (result.Verdict)
        {
            case Proved proved:
                Write(proved, "PROVED", Color.Green, null);
                break;
            case PartlyProved partly:
                Write(partly.Proof, "PROVED FOR SOME SIZES ONLY,", Color.Yellow, partly);
                break;
            case Refuted refuted:
                Write(refuted);
                break;
            case Undecided undecided:
                Write(undecided);
                break;
        }
    }

    public void WriteAccepted(string? claim, Proved proved)
    {
        Section section = new Section("ACCEPTED", Color.Green).Line("proves", (claim ?? "") + Sizes(proved.Sizes));
        AddConditions(section, proved.Conditions);
        section.Line("by", proved.Method).Write(screen.Output);
    }

    public void WriteRejected(string? claim, string reason) =>
        new Section("REJECTED", Color.Red).Line("of", claim ?? "no claim").Line("why", reason).Write(screen.Output);

    /// <summary>One claim of many: a line, and beneath it what a refutation rests on.</summary>
    public void WriteLine(Checked result)
    {
        (string word, string colour) = result.Verdict switch
        {
            Proved => ("proved", "green"),
            PartlyProved => ("in part", "yellow"),
            Refuted => ("refuted", "red"),
            Undecided => ("undecided", "yellow"),
            _ => ("unreadable", "red"),
        };
        string number = result.Line.Number!.Value.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        screen.Output.MarkupLine($"[grey]{number}[/]  [{colour}]{word,-10}[/]  {Markup.Escape(result.Line.Text)}");
        const string indent = "                  ";
        if (result.Verdict is Refuted refuted)
        {
            Counterexample counterexample = refuted.Counterexample;
            string relation = $"{counterexample.Left.Value} on the left, {counterexample.Right.Value} on the right";
            Say($"{indent}at {Values(counterexample)}: {relation}");
            if (refuted.Repair is { } repair)
                Say($"{indent}true is: {repair}");
        }
        else if (result.Verdict is Undecided undecided)
            Say($"{indent}{undecided.Reason}");
        else if (result.Verdict is PartlyProved partly)
            Say($"{indent}proved{Sizes(partly.Proof.Sizes)} only: {partly.Reason}");
        if (explain && ((result.Verdict as PartlyProved)?.Proof ?? result.Verdict as Proved) is { } proved)
            WriteSteps(proved, indent);
    }

    public void WriteTally(IReadOnlyCollection<Checked> results)
    {
        screen.Output.WriteLine();
        List<string> parts = [];
        void Count<T>(string word) where T : Verdict
        {
            if (results.Count(result => result.Verdict is T) is > 0 and int count)
                parts.Add($"{count} {word}");
        }
        Count<Proved>("proved");
        Count<PartlyProved>("proved for some sizes only");
        Count<Refuted>("refuted");
        Count<Undecided>("undecided");
        if (results.Count(result => result.Error is not null) is > 0 and int unreadable)
            parts.Add($"{unreadable} unreadable");
        Say($"{Figures.Count(results.Count, "claim")}: {string.Join(", ", parts)}.");
    }

    private void Write(Proved proved, string word, Color colour, PartlyProved? partly)
    {
        Section section = new Section(word + Sizes(proved.Sizes), colour).Line("by", proved.Method);
        AddConditions(section, proved.Conditions);
        section.Line("checked", proved.Certificate.Gist);
        if (partly is not null)
            section.Line("open", $"whether it holds at other sizes: {partly.Reason}")
                .Line("tried", $"it held at {Figures.Count(partly.Points, "point")}, which proves nothing");
        section.Write(screen.Output);
        if (!explain)
            return;
        WriteSteps(proved, "  ");
        screen.Output.WriteLine();
    }

    /// <summary>Whether some of the sizes that the claim speaks of are not among those proved.</summary>
    public static bool LeavesSizesOpen(IReadOnlyList<SizeRange> proved, SizeRange? claimed) => claimed is not null && !proved.Contains(claimed);

    private void WriteSteps(Proved proved, string indent)
    {
        int number = 0;
        foreach (ProofStep step in proved.Explanation)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{indent}{++number}. {step.Text}"));
            if (step.Claim is not null)
                Say($"{indent}   {step.Claim}");
        }
    }

    private void Write(Refuted refuted)
    {
        Counterexample counterexample = refuted.Counterexample;
        string size = counterexample.Size is { } n ? string.Create(CultureInfo.InvariantCulture, $" at n = {n}") : "";
        Section section = new Section("REFUTED" + size, Color.Red)
            .Line("values", Values(counterexample))
            .Line("fails", counterexample.Failing);
        AddSide(section, "left", counterexample.Left);
        AddSide(section, "right", counterexample.Right);
        AddConditions(section, refuted.Conditions);
        if (refuted.PartialTruth is { } partial)
            section.Line("but", partial);
        if (refuted.Repair is { } repair)
            section.Line("true is", repair);
        section.Write(screen.Output);
    }

    private static void AddSide(Section section, string name, Evaluation side)
    {
        for (int i = 0; i < side.Steps.Count; i++)
            section.Line(i == 0 ? name : "", (i == 0 ? "  " : "= ") + side.Steps[i]);
        if (side.Exact is { } exact && exact != side.Steps[^1] && exact != side.Value)
            section.Line("", "= " + exact);
        if (side.Value != side.Steps[^1])
            section.Line("", (side.Exact == side.Value ? "= " : "≈ ") + side.Value);
    }

    private void Write(Undecided undecided) => new Section("UNDECIDED", Color.Yellow)
        .Line("why", undecided.Reason)
        .Line("tried", undecided.Points == 0 ? "no points" : $"it held at {Figures.Count(undecided.Points, "point")}, which proves nothing")
        .Write(screen.Output);

    private static void AddConditions(Section section, IReadOnlyList<string> conditions)
    {
        if (conditions.Count > 0)
            section.Line("where", string.Join(", ", conditions));
    }

    private static string Values(Counterexample counterexample)
    {
        IEnumerable<string> values = counterexample.Values.Select(pair => $"{pair.Key} = {pair.Value}");
        return counterexample.Values.Count == 0 ? "any values" : string.Join(", ", values);
    }

    /// <summary>The sizes as a phrase, a space before it.</summary>
    public static string Sizes(IReadOnlyList<SizeRange> sizes, Alphabet alphabet = Alphabet.Unicode) => sizes.Count == 0
        ? ""
        : (sizes[0].Maximum is null ? " for every " : " for ") + string.Join(" and ", sizes.Select(range => PlainText.Print(range, alphabet)));

    private void Say(string text) => screen.Output.MarkupLine(Markup.Escape(text));
}

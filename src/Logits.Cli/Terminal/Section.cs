using Spectre.Console;

namespace Logits.Cli.Terminal;

/// <summary>A titled block of lines, each with a name: what most of the text output is made of.</summary>
internal sealed class Section(string title, Color? color = null)
{
    private readonly List<(string Name, string Markup)> _lines = [];

    /// <summary>Adds a line of plain text.</summary>
    public Section Line(string name, string text)
    {
        _lines.Add((name, Markup.Escape(text)));
        return this;
    }

    /// <summary>Adds a line of plain text with a remark that stands back.</summary>
    public Section Line(string name, string text, string remark)
    {
        _lines.Add((name, $"{Markup.Escape(text)}{(remark.Length > 0 ? $"  [grey]({Markup.Escape(remark)})[/]" : "")}"));
        return this;
    }

    /// <summary>Adds a line of plain text in a colour.</summary>
    public Section Line(string name, string text, Color color)
    {
        _lines.Add((name, $"[{color.ToMarkup()}]{Markup.Escape(text)}[/]"));
        return this;
    }

    public void Write(IAnsiConsole console)
    {
        console.Write(new Text(title + "\n", new Style(color, decoration: Decoration.Bold)));
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0))
            .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        // Names align across sections.
        const int widest = 9;
        foreach ((string name, string markup) in _lines)
            grid.AddRow(new Markup($"[grey]{name.PadRight(widest)}[/]"), new Markup(markup));
        console.Write(grid);
    }
}

using Spectre.Console;

namespace Logits.Cli.Terminal;

/// <summary>A table without lines, under a title, indented as sections are.</summary>
internal sealed class PlainTable
{
    private readonly string _title;
    private readonly Grid _grid = new();

    /// <summary>A table with the given column titles; those of numbers, which are set right, begin with '>'.</summary>
    public PlainTable(string title, params IEnumerable<string> columns)
    {
        _title = title;
        string[] titles = [.. columns];
        foreach (string column in titles)
            _grid.AddColumn(new GridColumn().NoWrap().Padding(2, 0, 0, 0).Alignment(column.StartsWith('>') ? Justify.Right : Justify.Left));
        AddRow(titles.Select(c => $"[grey]{Title(c)}[/]"));
    }

    /// <summary>A name as it may stand in a cell.</summary>
    public static string Name(string name) => Markup.Escape(Figures.Name(name));

    /// <summary>A bar of a share between 0 and 1, in eighths of a character.</summary>
    public static string Bar(double share, int width = 16)
    {
        if (!(share > 0))
            return "";
        int eighths = (int)Math.Round(Math.Min(1, share) * width * 8);
        string rest = eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[eighths % 8 - 1].ToString();
        return $"[blue]{new string('█', eighths / 8)}{rest}[/]";
    }

    /// <summary>Adds a row of cells, each in markup.</summary>
    public void AddRow(params IEnumerable<string> cells) => _grid.AddRow([.. cells.Select(c => new Markup(c))]);

    public void Write(IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{Markup.Escape(_title)}[/]");
        console.Write(_grid);
    }

    private static string Title(string column)
    {
        string title = column.StartsWith('>') ? column[1..] : column;
        return title.Length == 0 ? "" : Name(title);
    }
}

using Logits.Data;
using Logits.Regression;
using Spectre.Console;

namespace Logits.Cli.Terminal;

/// <summary>Progress on standard error, while it is a terminal; nothing elsewhere.</summary>
internal static class Live
{
    /// <summary>Opens a table, which takes long where standard input or a query has to be read to its end.</summary>
    public static TableSource Open(Screen screen, string path, string? query, CancellationToken cancellationToken) =>
        Run(screen, new SpinnerColumn(), null, $"opening {(path == "-" ? "standard input" : path)}", _ => TableSource.Open(path, query, cancellationToken));

    /// <summary>Counts rows while <paramref name="work"/> goes on.</summary>
    public static T Rows<T>(Screen screen, string doing, Func<IProgress<long>?, T> work) =>
        Run(screen, new SpinnerColumn(), null, doing, task => work(task is null ? null : new RowCount(task, doing)));

    /// <summary>Shows that something is being worked on.</summary>
    public static T Wait<T>(Screen screen, string doing, Func<T> work) => Run(screen, new SpinnerColumn(), new ElapsedTimeColumn(), doing, _ => work());

    /// <summary>Follows a fit on a logarithmic scale: each factor by which the gap shrinks is the same length of bar.</summary>
    public static T Fit<T>(Screen screen, Func<IProgress<FitProgress>?, T> work) =>
        Run(screen, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn(), "fitting", task => work(task is null ? null : new GapBar(task)));

    private static T Run<T>(Screen screen, ProgressColumn first, ProgressColumn? last, string description, Func<ProgressTask?, T> work)
    {
        if (!screen.ErrorIsTerminal)
            return work(null);
        ProgressColumn[] columns = last is null ? [first, new TaskDescriptionColumn()] : [first, new TaskDescriptionColumn(), last];
        return screen.Error.Progress().AutoClear(true).Columns(columns)
            .Start(context => work(context.AddTask(Markup.Escape(description), maxValue: 1)));
    }

    private sealed class RowCount(ProgressTask task, string doing) : IProgress<long>
    {
        public void Report(long value) => task.Description = Markup.Escape($"{doing}: {Figures.Count(value, "row")}");
    }

    private sealed class GapBar(ProgressTask task) : IProgress<FitProgress>
    {
        private double _first = double.NaN;

        public void Report(FitProgress value)
        {
            if (double.IsNaN(_first) && double.IsFinite(value.RelativeGap))
                _first = value.RelativeGap;
            if (_first > value.Tolerance && value.RelativeGap > 0)
                task.Value = Math.Max(task.Value, Math.Log(_first / value.RelativeGap) / Math.Log(_first / value.Tolerance));
            string gap = double.IsFinite(value.RelativeGap)
                ? $", gap {Figures.Significant(value.RelativeGap, 2)} → {Figures.Significant(value.Tolerance, 1)}" : "";
            task.Description = Markup.Escape($"iteration {value.Iteration}: objective {Figures.Significant(value.Objective, 6)}{gap}");
        }
    }
}

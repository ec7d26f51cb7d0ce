using System.CommandLine;
using System.Numerics;
using Logits.Cli.Json;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli.Verbs;

/// <summary><c>logits fit</c>: learns a model from a table, says how good it is, and writes it to a file.</summary>
internal sealed class Fit : Command, IHasExamples
{
    private static readonly Dictionary<string, MissingValues> MissingChoices = new()
    {
        ["refuse"] = MissingValues.Refuse,
        ["drop"] = MissingValues.Drop,
        ["mean"] = MissingValues.Mean,
        ["indicator"] = MissingValues.Indicator,
    };

    private readonly Screen _screen;
    private readonly CancellationToken _cancellationToken;

    private readonly Argument<string> _table = Parameters.Table("The table to learn from");
    private readonly Option<string> _label = new("--label") { HelpName = "COLUMN", Description = "The column to predict.", Required = true };
    private readonly Option<string[]?> _features = Parameters.Names("--features", "Learn from these columns only.");
    private readonly Option<string[]?> _exclude = Parameters.Names("--exclude", "Leave these columns out.");
    private readonly Option<string?> _weights = Parameters.Weights();
    private readonly Option<WeightMeaning?> _weightsAre = Parameters.WeightsAre();

    private readonly Option<double?> _strength = Parameters.Number(
        "--strength", "λ, the weight of the penalty λ/2 ‖W‖². Default: 1/n of the training rows.",
        value => value >= 0 && double.IsFinite(value), "must be a number of at least 0");

    private readonly Option<double?> _test = Parameters.Number(
        "--test", "The share of rows to hold out and judge by; 0 trains on every row. Default: 0.2.",
        value => value is >= 0 and < 1, "must be at least 0 and below 1");

    private readonly Option<int?> _seed = Parameters.Integer("--seed", "Which rows are held out. Default: 0.", int.MinValue, "must be a whole number");
    private readonly Option<bool> _stratify = new("--stratify") { Description = "Hold out the same share of every class. This is the default." };
    private readonly Option<bool> _noStratify = new("--no-stratify") { Description = "Hold out rows whatever their class." };

    private readonly Option<MissingValues?> _missing = Parameters.Choice(
        "--missing", "Refuse missing values, drop their rows, fill in the column's mean, or the mean and an indicator column. Default: refuse.",
        MissingChoices);

    private readonly Option<bool> _noStandardize = new("--no-standardize") { Description = "Fit the columns as they are, not scaled to mean 0 and standard deviation 1." };
    private readonly Option<string?> _query = Parameters.Query();
    private readonly Option<bool> _float64 = new("--float64") { Description = "Hold the table in double precision: twice the memory." };
    private readonly Option<int?> _threads = Parameters.Integer(
        "--threads", "Threads; the result is the same for any number. Default: one a processor.", 1, "must be a whole number of at least 1");

    private readonly Option<double?> _tolerance = Parameters.Number(
        "--tolerance", "Stop when the gap to the optimum is at most this share of the objective. Default: 1e-6.",
        value => value > 0 && value < 1, "must be above 0 and below 1");

    private readonly Option<int?> _maxIterations = Parameters.Integer(
        "--max-iterations", "Stop after so many Newton iterations. Default: 100.", 1, "must be a whole number of at least 1");
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "The model file. Default: the table's name with .logits.json, in this folder." };
    private readonly Option<bool> _json = Parameters.Json();

    public Fit(Screen screen, CancellationToken cancellationToken)
        : base("fit", "Learn a model from a table, judge it on rows held out, and write it to a file.")
    {
        (_screen, _cancellationToken) = (screen, cancellationToken);
        Add(_table);
        foreach (Option option in (Option[])
            [_label, _features, _exclude, _weights, _weightsAre, _strength, _test, _seed, _stratify, _noStratify, _missing, _noStandardize, _query, _float64, _threads,
             _tolerance, _maxIterations, _out, _json])
            Add(option);
        Validators.Add(Parameters.NeedsWeights(_weights, _weightsAre));
        Validators.Add(result =>
        {
            if (result.GetValue(_stratify) && result.GetValue(_noStratify))
                result.AddError("--stratify and --no-stratify exclude each other.");
        });
        SetAction(parsed => parsed.GetValue(_float64) ? Run<double>(parsed) : Run<float>(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "fit samples/digits.csv --label digit",
        "fit 'year-*.parquet' --label outcome --exclude id,name --missing indicator --out outcome.logits.json",
        "fit shop.duckdb --query \"select * from orders where year = 2024\" --label returned --weights amount",
    ];

    private int Run<T>(ParseResult parsed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string path = parsed.GetRequiredValue(_table);
        string modelPath = parsed.GetValue(_out) ?? ModelFile.DefaultFor(path);
        ModelFile.CheckWritable(modelPath);

        using TableSource source = Live.Open(_screen, path, parsed.GetValue(_query), _cancellationToken);
        TrainingOptions training = Training(parsed);
        TrainingTable<T> table = Live.Rows(_screen, $"reading {source.Name}", rows => TrainingTable<T>.Read(source, training, rows, _cancellationToken));
        FitOptions options = Fitting(parsed, table.RowWeights, table.WeightsAre);
        FitResult result;
        ModelDocument document;
        try
        {
            result = Live.Fit(_screen, progress => SoftmaxRegression.Fit(table.Rows, table.Labels, options, progress, _cancellationToken));
            document = new ModelDocument { Encoding = table.Encoding, Model = table.Encoding.ToTableUnits(result.Model), Report = result.Report };
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw Unusable(source, e);
        }
        // Before the model is written: what the rows held out tell may be that there is something wrong with them.
        Evaluation? heldOut = HeldOut(result.Model, table, source);
        document.Save(modelPath);

        FitSummary summary = new()
        {
            Table = source.Name,
            TableColumns = source.Columns.Count,
            Training = training,
            StrengthIsDefault = options.Strength is null,
            Tolerance = options.Tolerance,
            Encoding = table.Encoding,
            Reading = table.Summary,
            Report = result.Report,
            Separation = result.Report.Separation is { } separation ? SeparationInTable.Of(separation, table.Encoding, row => table.TableRow(row)) : null,
            Dependencies = [.. result.Report.DependentColumns.Select(c => Dependency.Of(c, table.Encoding))],
            WeightsAre = table.WeightsAre,
            HeldOut = heldOut,
            ModelPath = modelPath,
        };
        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, FitJson.Of(summary));
        else
            FitText.Write(_screen, summary);
        if (FitText.Caution(summary) is { } caution)
            _screen.Warn(caution);
        return result.Report.StopReason switch
        {
            StopReason.Converged => ExitCode.Done,
            StopReason.Cancelled => ExitCode.Cancelled,
            StopReason.NoFiniteOptimum => ExitCode.NoFiniteOptimum,
            _ => ExitCode.Unfinished,
        };
    }

    private TrainingOptions Training(ParseResult parsed) => new()
    {
        Label = parsed.GetRequiredValue(_label),
        Features = parsed.GetValue(_features) is { Length: > 0 } names ? names : null,
        Exclude = parsed.GetValue(_exclude) ?? [],
        Weights = parsed.GetValue(_weights),
        WeightsAre = parsed.GetValue(_weightsAre),
        Missing = parsed.GetValue(_missing) ?? MissingValues.Refuse,
        Standardize = !parsed.GetValue(_noStandardize),
        TestFraction = parsed.GetValue(_test) ?? 0.2,
        Stratify = !parsed.GetValue(_noStratify),
        Seed = parsed.GetValue(_seed) ?? 0,
    };

    private FitOptions Fitting(ParseResult parsed, ReadOnlyMemory<double> rowWeights, WeightMeaning? weightsAre)
    {
        FitOptions options = new() { Strength = parsed.GetValue(_strength), RowWeights = rowWeights, WeightsAre = weightsAre };
        return options with
        {
            Tolerance = parsed.GetValue(_tolerance) ?? options.Tolerance,
            MaxIterations = parsed.GetValue(_maxIterations) ?? options.MaxIterations,
            Threads = parsed.GetValue(_threads) ?? options.Threads,
        };
    }

    /// <exception cref="TableException">A row held out has logits that overflow.</exception>
    private static Evaluation? HeldOut<T>(SoftmaxModel model, TrainingTable<T> table, TableSource source) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (table is not { TestRows: { } rows, TestLabels: { } labels })
            return null;
        try
        {
            return Evaluation.Of(model, rows, labels, table.TestRowWeights.Span, table.WeightsAre);
        }
        catch (ArgumentException)
        {
            double[] row = new double[rows.Features], logits = new double[model.Classes];
            for (long i = 0; i < rows.Count; i++)
            {
                rows.CopyRow(i, row);
                model.Logits<double>(row, logits);
                if (!logits.All(double.IsFinite))
                    throw new TableException(
                        $"{source.Place(table.TableRowOfTest(i) - 1)}: '{table.Encoding.FeatureNames[ScoredTable.LargestTerm(model, row)]}' of this row, which is held out, is so large "
                        + "that its logits overflow. Look for a wrong unit or a code for missing values, or leave out the row.");
            }
            throw;
        }
    }

    private static TableException Unusable(TableSource source, Exception e)
    {
        string reason = e.Message.Split(" (Parameter '")[0].TrimEnd('.');
        return new TableException(
            $"{source.Name} cannot be fitted: {reason}. Look for values or weights that are very much larger or smaller than others, measure columns in another unit, or try --float64.", e);
    }
}

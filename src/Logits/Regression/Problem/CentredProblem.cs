using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// A problem some of whose columns lie far from 0, told in terms of x − c: the same problem, because W x + b = W (x − c) + (b + W c) and intercepts are not
/// penalised; but its logits are not differences of large numbers.
/// </summary>
internal sealed class CentredProblem(SoftmaxProblem<double> centred, double[] centres, string dataPrecision) : SoftmaxProblem
{
    public override long Rows => centred.Rows;

    public override int Features => centred.Features;

    public override int Classes => centred.Classes;

    public override double DefaultStrength => centred.DefaultStrength;

    public override FitResult Solve(
        Penalty penalty, FitOptions options, SoftmaxModel? start = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FitResult result = centred.Solve(penalty, options, start is null ? null : Moved(start, 1), progress, cancellationToken);
        FitReport report = result.Report with
        {
            DataPrecision = dataPrecision,
            DependentColumns = [.. result.Report.DependentColumns.Select(column => column with
            {
                Constant = column.Constant + centres[column.Feature] - column.Terms.Sum(term => term.Coefficient * centres[term.Feature]),
            })],
        };
        return new FitResult(Moved(result.Model, -1), report);
    }

    /// <summary>b + sign · W c in place of b.</summary>
    private SoftmaxModel Moved(SoftmaxModel model, double sign)
    {
        double[] intercepts = model.Intercepts.ToArray();
        for (int k = 0; k < intercepts.Length && model.Features == centres.Length; k++)
            intercepts[k] += sign * VectorArithmetic.Dot(model.Weights.Slice(k * model.Features, model.Features), centres);
        return new SoftmaxModel(model.Weights, intercepts);
    }
}

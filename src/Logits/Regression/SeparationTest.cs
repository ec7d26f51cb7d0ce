using System.Numerics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// Whether a direction of the coefficients lowers the loss of some rows forever and raises that of none: u_y − u_k ≥ 0 for every row, its label y and every class k,
/// where u is the change of the row's logits. Then the unpenalised objective has no minimiser.
/// </summary>
/// <remarks>Source: A. Albert and J. A. Anderson, Biometrika 71 (1984).</remarks>
internal sealed unsafe class SeparationTest<T>(RowPasses<T> passes, Labels labels, int features) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A Newton step along a direction without a minimum changes logits by about 1, however often it is taken; towards a minimum, steps vanish.</summary>
    public const double SettledGain = 0.1;

    private const int MostExamples = 10;

    private readonly T[] _packed = RowPasses<T>.Allocate<T>((long)labels.Classes * passes.Width);
    private readonly T[] _intercepts = new T[labels.Classes];
    private readonly float[] _margins = new float[labels.Count];
    private readonly float[] _gains = new float[labels.Count];

    /// <summary>Passes over the data made so far.</summary>
    public int Passes { get; private set; }

    /// <summary>Whether all rows gain along the weights and intercepts themselves, by more than rounding could feign.</summary>
    public Separation? Complete(ReadOnlySpan<double> point)
    {
        (double margin, double gain) = Measure(point);
        return margin > 1e-4 * gain && gain > 0 ? Describe(point, gain, complete: true) : null;
    }

    /// <summary>Whether a move that still changes logits, when there is nothing left to gain for the rest, hurts no row.</summary>
    /// <param name="move">A change of weights and intercepts between late iterations.</param>
    /// <param name="gain">How much the move still changes some row's logits against each other.</param>
    public Separation? QuasiComplete(ReadOnlySpan<double> move, out double gain)
    {
        (double margin, gain) = Measure(move);
        return gain > SettledGain && margin > -1e-3 * gain ? Describe(move, gain, margin > 1e-3 * gain) : null;
    }

    /// <summary>The least margin u_y − max u over the other classes, and the largest gain u_y − min u, of all rows that weigh anything.</summary>
    private (double Margin, double Gain) Measure(ReadOnlySpan<double> direction)
    {
        Passes++;
        for (int k = 0; k < labels.Classes; k++)
        {
            for (int j = 0; j < features; j++)
                _packed[k * passes.Width + j] = T.CreateTruncating(direction[k * features + j]);
            _intercepts[k] = T.CreateTruncating(direction[labels.Classes * features + k]);
        }
        passes.Run((workspace, tile) =>
        {
            int stride = passes.TileRows;
            T* changes = RowPasses<T>.Pointer(workspace.Scores);
            TileKernels<T>.RowProducts(
                (T*)tile.X, tile.Rows, tile.Stride, RowPasses<T>.Pointer(_packed), passes.Width, labels.Classes, passes.Width, changes, stride);
            SoftmaxTile<T>.AddIntercepts(changes, stride, tile.Rows, _intercepts);
            for (int i = 0; i < tile.Rows; i++)
                if (((T*)tile.Weights)[i] > T.Zero)
                    (_margins[tile.First + i], _gains[tile.First + i]) = Measure(changes + i, stride, tile.First + i);
                else
                    (_margins[tile.First + i], _gains[tile.First + i]) = (float.PositiveInfinity, 0);
        });
        double margin = double.PositiveInfinity, gain = 0;
        for (int i = 0; i < _gains.Length; i++)
        {
            margin = Math.Min(margin, _margins[i]);
            gain = Math.Max(gain, _gains[i]);
        }
        return (margin, gain);
    }

    /// <summary>For soft labels every class with a share of the label is y, and none of them may lose against another.</summary>
    private (float Margin, float Gain) Measure(T* column, int stride, int row)
    {
        float ownLeast = float.PositiveInfinity, ownMost = float.NegativeInfinity, otherMost = float.NegativeInfinity, least = float.PositiveInfinity;
        for (int k = 0; k < labels.Classes; k++)
        {
            float change = float.CreateTruncating(column[(nint)k * stride]);
            bool own = labels.AreIndices ? labels.Indices[row] == k : labels.Probabilities[row * labels.Classes + k] > 0;
            if (own)
                (ownLeast, ownMost) = (Math.Min(ownLeast, change), Math.Max(ownMost, change));
            else
                otherMost = Math.Max(otherMost, change);
            least = Math.Min(least, change);
        }
        return (Math.Min(ownLeast - otherMost, ownLeast < ownMost ? ownLeast - ownMost : float.PositiveInfinity), ownMost - least);
    }

    private Separation Describe(ReadOnlySpan<double> direction, double gain, bool complete)
    {
        double norm = VectorArithmetic.Norm(direction);
        double[] unit = direction.ToArray();
        foreach (ref double entry in unit.AsSpan())
            entry /= norm;
        bool[] classes = new bool[labels.Classes];
        List<int> examples = [];
        int separated = 0;
        for (int i = 0; i < _gains.Length; i++)
        {
            // What moves less than this is a remainder of the last step, not part of the direction.
            if (_gains[i] <= 0.01 * gain)
                continue;
            separated++;
            if (examples.Count < MostExamples)
                examples.Add(i);
            for (int k = 0; k < labels.Classes; k++)
                classes[k] |= labels.AreIndices ? labels.Indices[i] == k : labels.Probabilities[i * labels.Classes + k] > 0;
        }
        return new Separation
        {
            Complete = complete,
            WeightDirection = unit.AsMemory(0, labels.Classes * features),
            InterceptDirection = unit.AsMemory(labels.Classes * features),
            Classes = [.. Enumerable.Range(0, labels.Classes).Where(k => classes[k])],
            Features = TellingFeatures(unit),
            SeparatedRows = separated,
            ExampleRows = examples,
        };
    }

    /// <summary>The features by the range of logits that each contributes, as long as it is a hundredth of the first one's.</summary>
    private List<int> TellingFeatures(double[] unit)
    {
        double[] ranges = new double[features];
        for (int j = 0; j < features; j++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int k = 0; k < labels.Classes; k++)
            {
                least = Math.Min(least, unit[k * features + j]);
                most = Math.Max(most, unit[k * features + j]);
            }
            ranges[j] = (most - least) * passes.ColumnScales[j];
        }
        double largest = ranges.Max();
        return [.. Enumerable.Range(0, features).Where(j => ranges[j] > 0.01 * largest).OrderByDescending(j => ranges[j]).Take(MostExamples)];
    }
}

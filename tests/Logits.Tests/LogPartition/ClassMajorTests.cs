using System.Numerics;
using Logits.Numerics;
using Logits.Tests.Reference;

namespace Logits.Tests.LogPartitions;

/// <summary>Softmax and its derivative on class-major tiles: the stated bounds, and the same bits whatever the registers and the other columns.</summary>
public unsafe class ClassMajorTests
{
    private static readonly int[] Classes = [.. Enumerable.Range(1, 40), 63, 64, 65, 100, 257];

    [Fact]
    public void Probabilities_and_log_partitions_of_floats_keep_their_bounds() => AssertSoftmaxes<float>(Math.ScaleB(1, -23));

    [Fact]
    public void Probabilities_and_log_partitions_of_doubles_keep_their_bounds() => AssertSoftmaxes<double>(Math.ScaleB(1, -52));

    [Fact]
    public void Covariance_products_of_floats_keep_their_bound() => AssertProducts<float>(Math.ScaleB(1, -23));

    [Fact]
    public void Covariance_products_of_doubles_keep_their_bound() => AssertProducts<double>(Math.ScaleB(1, -52));

    [Fact]
    public void Every_number_of_rows_has_the_same_bits_in_every_shape()
    {
        AssertShapes<float>();
        AssertShapes<double>();
    }

    [Fact]
    public void Many_classes_keep_the_bounds()
    {
        foreach (int classes in new[] { 1_000, 40_000 })
        {
            Tile<float> tile = new(classes, 16, 16, k => k == 7 ? 0.1 : -8.2, fill: 0);
            tile.Softmax<Lanes512<float>>();
            tile.AssertSoftmax(Math.ScaleB(1, -23), columns: 1);
        }
    }

    [Fact]
    public void A_logit_of_minus_infinity_has_probability_0()
    {
        AssertVanishes<float>(double.NegativeInfinity, 1);
        AssertVanishes<double>(double.NegativeInfinity, 1);
        AssertVanishes<float>(-1e30, 1);
        AssertVanishes<double>(-1e300, 1);
        AssertVanishes<float>(-89, 0);
        AssertVanishes<double>(-710, 0);
    }

    /// <summary>Where others are so far below the largest logit that their exponentials vanish, nothing but 0 and 1 is left.</summary>
    private static void AssertVanishes<T>(double other, double largest) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tile<T> tile = new(11, 16, 16, k => k == 3 ? largest : other, fill: 0);
        tile.Softmax<Lanes256<T>>();
        for (int k = 0; k < 11; k++)
            for (int i = 0; i < 16; i++)
                Assert.Equal(k == 3 ? 1 : 0, double.CreateTruncating(tile.Probabilities[k * 16 + i]), 1e-37);
        Assert.Equal(T.CreateTruncating(largest), tile.LogPartition[5]);
    }

    private static void AssertSoftmaxes<T>(double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int classes in Classes)
        {
            Random random = new(classes);
            Tile<T> tile = new(classes, 32, 19, _ => 30 * random.NextDouble() - 15, fill: 0);
            tile.Softmax<Lanes512<T>>();
            tile.AssertSoftmax(epsilon, columns: 3);
        }
    }

    private static void AssertProducts<T>(double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int classes in Classes)
        {
            Random random = new(classes);
            Tile<T> tile = new(classes, 32, 19, _ => 6 * random.NextDouble() - 3, fill: 0);
            tile.Softmax<Lanes512<T>>();
            tile.CovarianceProduct<Lanes512<T>>();
            tile.AssertProducts(epsilon);
        }
    }

    private static void AssertShapes<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((int classes, int stride) in new[] { (2, 48), (3, 48), (10, 48), (33, 48), (100, 48), (1_000, 48), (10, 272) })
            for (int rows = 1; rows <= stride; rows += classes > 100 || stride > 48 ? 13 : 1)
            {
                T[] single = Bits<SingleLane<T>, T>(classes, stride, rows, fill: 0);
                Assert.Equal(single, Bits<Lanes128<T>, T>(classes, stride, rows, fill: 100));
                Assert.Equal(single, Bits<Lanes256<T>, T>(classes, stride, rows, fill: -1e4));
                Assert.Equal(single, Bits<Lanes512<T>, T>(classes, stride, rows, fill: 3));
            }
    }

    /// <summary>All results of the columns that matter, in place and not.</summary>
    private static T[] Bits<V, T>(int classes, int stride, int rows, double fill)
        where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(rows);
        // Some columns have exponentials that vanish.
        Tile<T> tile = new(classes, stride, rows, _ => 1 / (random.NextDouble() - 0.5), fill), inPlace = new(tile);
        tile.Softmax<V>();
        inPlace.Softmax<V>(inPlace: true);
        T[] probabilities = tile.OfRows(tile.Probabilities);
        Assert.Equal(probabilities, inPlace.OfRows(inPlace.Logits));
        tile.CovarianceProduct<V>();
        return [.. probabilities, .. tile.LogPartition.AsSpan(0, rows), .. tile.OfRows(tile.Products)];
    }

    private sealed class Tile<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _classes, _stride, _rows;
        private readonly T[] _changes, _weights;

        public Tile(int classes, int stride, int rows, Func<int, double> logit, double fill)
        {
            (_classes, _stride, _rows) = (classes, stride, rows);
            Random random = new(classes * 1000 + rows);
            (Logits, Probabilities, LogPartition) = (new T[classes * stride], new T[classes * stride], new T[stride]);
            (_changes, _weights) = (new T[classes * stride], new T[stride]);
            Array.Fill(Logits, T.CreateTruncating(fill));
            Array.Fill(_changes, T.CreateTruncating(fill));
            for (int i = 0; i < rows; i++)
            {
                _weights[i] = T.CreateTruncating(random.NextDouble());
                for (int k = 0; k < classes; k++)
                {
                    Logits[k * stride + i] = T.CreateTruncating(logit(k));
                    _changes[k * stride + i] = T.CreateTruncating(random.NextDouble() - 0.3);
                }
            }
            Products = [.. _changes];
        }

        public Tile(Tile<T> other)
        {
            (_classes, _stride, _rows, _changes, _weights) = (other._classes, other._stride, other._rows, other._changes, other._weights);
            (Logits, Probabilities, LogPartition, Products) = ([.. other.Logits], [.. other.Probabilities], [.. other.LogPartition], [.. other.Products]);
        }

        public T[] Logits { get; }

        public T[] Probabilities { get; }

        public T[] LogPartition { get; }

        public T[] Products { get; }

        public void Softmax<V>(bool inPlace = false) where V : struct, ILanes<V, T>
        {
            fixed (T* logits = Logits, probabilities = inPlace ? Logits : Probabilities, logPartition = LogPartition)
                ClassMajor<T>.Softmax<V>(logits, _stride, _rows, _classes, probabilities, logPartition);
        }

        public void CovarianceProduct<V>() where V : struct, ILanes<V, T>
        {
            fixed (T* probabilities = Probabilities, products = Products, weights = _weights)
                ClassMajor<T>.CovarianceProduct<V>(probabilities, products, _stride, _rows, _classes, weights);
        }

        public T[] OfRows(T[] tile) => [.. Enumerable.Range(0, _classes).SelectMany(k => tile.Skip(k * _stride).Take(_rows))];

        /// <summary>The first columns against 200-bit arithmetic.</summary>
        public void AssertSoftmax(double epsilon, int columns)
        {
            for (int i = 0; i < columns; i++)
            {
                double[] logits = [.. Column(Logits, i)], p = [.. Column(Probabilities, i)];
                Wide[] exact = [.. logits.Select(Wide.From)];
                Wide value = Wide.LogPartition(exact);
                double max = logits.Max(), bound = 8 * epsilon * (logits.Max(Math.Abs) + Math.Log(_classes) + 1);
                Assert.Equal(value.ToDouble(), double.CreateTruncating(LogPartition[i]), bound);
                for (int k = 0; k < _classes; k++)
                {
                    double expected = Wide.Exp(exact[k] - value).ToDouble();
                    Assert.Equal(expected, p[k], (max - logits[k] + 8) * epsilon * expected);
                }
            }
        }

        /// <summary>All columns against the formula, in double-double precision where numbers are doubles.</summary>
        public void AssertProducts(double epsilon)
        {
            for (int i = 0; i < _rows; i++)
            {
                double[] p = [.. Column(Probabilities, i)], u = [.. Column(_changes, i)], products = [.. Column(Products, i)];
                double weight = double.CreateTruncating(_weights[i]), size = p.Zip(u, (a, b) => a * Math.Abs(b)).Sum();
                DoubleDouble mean = default;
                for (int k = 0; k < _classes; k++)
                    mean += new DoubleDouble(p[k], 0) * new DoubleDouble(u[k], 0);
                for (int k = 0; k < _classes; k++)
                {
                    DoubleDouble centred = new DoubleDouble(u[k], 0) + new DoubleDouble(-mean.High, -mean.Low);
                    DoubleDouble exact = new DoubleDouble(weight * p[k], 0) * centred;
                    Assert.Equal(exact.High, products[k], 8 * epsilon * weight * p[k] * (Math.Abs(u[k]) + size));
                }
            }
        }

        private IEnumerable<double> Column(T[] tile, int column) =>
            Enumerable.Range(0, _classes).Select(k => double.CreateTruncating(tile[k * _stride + column]));
    }
}

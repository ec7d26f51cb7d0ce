using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// Rows of logits, transposed into a small class-major tile, in which a row is a column. All columns go through each step together, so that the work of one
/// register fills the waits of another.
/// </summary>
internal readonly unsafe ref struct ColumnBlock<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The registers of a block, which must stay in the first-level cache beside the rows themselves.</summary>
    public const int MaxRegisters = 256;

    private const int MaxGroups = 8;

    private readonly int _classes;
    private readonly T* _tile;

    // A number a row: what is written is (x − shift)·factor + constant. The shifts are the largest logits, and 0 once they have been taken off.
    private readonly T* _shifts;
    private readonly T* _factors;
    private readonly T* _constants;
    private readonly T* _errors;
    private readonly T* _ties;

    public ColumnBlock(T* storage, int rows, int classes)
    {
        _classes = classes;
        Rows = Math.Min(rows / V.Count, Math.Min(MaxGroups, MaxRegisters / classes)) * V.Count;
        _tile = storage;
        _shifts = _tile + MaxRegisters * V.Count;
        _factors = _shifts + MaxGroups * V.Count;
        _constants = _factors + MaxGroups * V.Count;
        _errors = _constants + MaxGroups * V.Count;
        _ties = _errors + MaxGroups * V.Count;
    }

    /// <summary>The numbers that the storage of a block must hold.</summary>
    public static int Size => (MaxRegisters + 5 * MaxGroups) * V.Count;

    /// <summary>The rows of the block, and the stride of the tile.</summary>
    public int Rows { get; }

    /// <summary>
    /// Reads the rows and finds the largest logit of each; false where one of those is not finite. Says whether <see cref="NearExponential"/> serves them all.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public bool Load(ref readonly T logits, T scale, out bool near)
    {
        ref T source = ref Unsafe.AsRef(in logits);
        int classes = _classes, stride = Rows;
        V finite = default, spread = default;
        for (int row = 0; row < stride; row += V.Count)
        {
            T* column = _tile + row;
            V min = V.Create(T.PositiveInfinity), max = V.Create(T.NegativeInfinity);
            if (classes < 4)
                for (int k = 0; k < classes; k++)
                {
                    V x = V.Gather(in Unsafe.Add(ref source, k), classes);
                    x.Store(ref column[k * stride]);
                    min = V.Min(min, x);
                    max = V.Max(max, x);
                }
            else
                for (int i = 0; i < classes; i += 4)
                {
                    // The last four may overlap the ones before.
                    int k = Math.Min(i, classes - 4);
                    V.GatherFour(in Unsafe.Add(ref source, k), classes, out V a, out V b, out V c, out V d);
                    T* four = column + k * stride;
                    a.Store(ref four[0]);
                    b.Store(ref four[stride]);
                    c.Store(ref four[2 * stride]);
                    d.Store(ref four[3 * stride]);
                    min = V.Min(min, V.Min(V.Min(a, b), V.Min(c, d)));
                    max = V.Max(max, V.Max(V.Max(a, b), V.Max(c, d)));
                }
            max.Store(ref _shifts[row]);
            // 0 or NaN.
            finite += max - max;
            spread = V.Min(spread, min - max);
            source = ref Unsafe.Add(ref source, classes * V.Count);
        }
        near = NearExponential.Serves<V, T>(spread, scale);
        return !V.Any(V.AndNot(V.Create(T.One), V.Equal(finite, default)));
    }

    /// <summary>
    /// From logits o to exp((o − max)·scale), which are to be written times the reciprocals of their sums. Meanwhile the memory of the next rows and of the
    /// results is fetched, here as in <see cref="Logarithms"/>: these steps compute, the others wait for memory.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Exponentials<E>(T scale, Ahead<T> ahead) where E : IExponential
    {
        ColumnSums<V, T>.Sum<ExponentialTerm<E, V, T>>(
            _tile, _tile, Rows, Rows, _classes, _shifts, V.Create(E.Rate(scale)), _factors, _errors, _ties, ahead);
        V one = V.Create(T.One);
        for (int row = 0; row < Rows; row += V.Count)
        {
            (one / V.Load(in _factors[row])).Store(ref _factors[row]);
            default(V).Store(ref _shifts[row]);
            default(V).Store(ref _constants[row]);
        }
    }

    /// <summary>
    /// Finds log Σ exp((o − max)·scale), so that what is written is (o − max)·scale − log Σ. The sums are without one largest term, which is 1: so their
    /// logarithms are exact to a relative error even where all other terms vanish beside it.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Logarithms<E>(T scale, Ahead<T> ahead) where E : IExponential
    {
        ColumnSums<V, T>.Sum<SmallerExponentialTerm<E, V, T>>(
            _tile, _tile, Rows, Rows, _classes, _shifts, V.Create(E.Rate(scale)), _constants, _errors, _ties, ahead);
        V one = V.Create(T.One), factor = V.Create(scale);
        for (int row = 0; row < Rows; row += V.Count)
        {
            V excess = VectorMath.Number<V, T>(V.Load(in _ties[row])) - one + V.Load(in _constants[row]);
            (default(V) - VectorMath.Log1P<V, T>(excess)).Store(ref _constants[row]);
            factor.Store(ref _factors[row]);
        }
    }

    /// <summary>Writes the registers, shifted and scaled, as rows.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Write(ref T destination)
    {
        int classes = _classes, stride = Rows;
        for (int row = 0; row < stride; row += V.Count)
        {
            T* column = _tile + row;
            V shift = V.Load(in _shifts[row]), factor = V.Load(in _factors[row]), constant = V.Load(in _constants[row]);
            if (classes < 4)
                for (int k = 0; k < classes; k++)
                    Result(column + k * stride, shift, factor, constant).Scatter(ref Unsafe.Add(ref destination, k), classes);
            else
                for (int i = 0; i < classes; i += 4)
                {
                    int k = Math.Min(i, classes - 4);
                    T* four = column + k * stride;
                    V.ScatterFour(
                        Result(four, shift, factor, constant),
                        Result(four + stride, shift, factor, constant),
                        Result(four + 2 * stride, shift, factor, constant),
                        Result(four + 3 * stride, shift, factor, constant),
                        ref Unsafe.Add(ref destination, k), classes);
                }
            destination = ref Unsafe.Add(ref destination, classes * V.Count);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Result(T* x, V shift, V factor, V constant) => V.MultiplyAdd(V.Load(in *x) - shift, factor, constant);

    /// <summary>Writes max·scale − constant, one number a row, after <see cref="Logarithms"/>.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void WriteValues(ref readonly T logits, ref T destination, T scale)
    {
        V factor = V.Create(scale), four = V.Constant(4);
        for (int row = 0; row < Rows; row += V.Count)
        {
            V log = default(V) - V.Load(in _constants[row]), value = V.Load(in _shifts[row]) * factor + log;
            value.Store(ref Unsafe.Add(ref destination, row));
            if (scale == T.One && V.Any(V.LessThan(V.Max(value, default(V) - value) * four, log)))
                for (int lane = 0; lane < V.Count; lane++)
                    if (CancellingValue.Cancels(value[lane], log[lane]))
                        Unsafe.Add(ref destination, row + lane) =
                            CancellingValue.Of(in Unsafe.Add(ref Unsafe.AsRef(in logits), (row + lane) * _classes), _classes);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// Rows of logits, transposed: in groups of as many rows as a register has lanes, a group being a column of registers, one a class. All groups go through each
/// step together, so that the work of one fills the waits of another.
/// </summary>
internal readonly ref struct ColumnBlock<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The registers of a block, which must stay in the first-level cache beside the rows themselves.</summary>
    public const int MaxRegisters = 256;

    private const int MaxGroups = 4;

    /// <summary>So many terms are summed without compensation: what that loses is small beside what exponentials lose.</summary>
    private const int PlainTerms = 16;

    private readonly int _classes;
    private readonly int _groups;
    private readonly ref T _registers;

    // One register a group: what is written is (x − shift)·factor + constant. The shifts are the largest logits, and 0 once they have been taken off.
    private readonly ref T _shifts;
    private readonly ref T _factors;
    private readonly ref T _constants;

    public ColumnBlock(Span<T> storage, int rows, int classes)
    {
        _classes = classes;
        _groups = Math.Min(rows / V.Count, Math.Min(MaxGroups, MaxRegisters / classes));
        _registers = ref MemoryMarshal.GetReference(storage);
        _shifts = ref Unsafe.Add(ref _registers, MaxRegisters * V.Count);
        _factors = ref Unsafe.Add(ref _shifts, MaxGroups * V.Count);
        _constants = ref Unsafe.Add(ref _factors, MaxGroups * V.Count);
    }

    /// <summary>The numbers that the storage of a block must hold.</summary>
    public static int Size => (MaxRegisters + 3 * MaxGroups) * V.Count;

    public int Rows => _groups * V.Count;

    /// <summary>
    /// Reads the rows and finds the largest logit of each; false where one of those is not finite. And says whether <see cref="NearExponential"/> serves all rows.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public bool Load(ref readonly T logits, T scale, out bool near)
    {
        ref T source = ref Unsafe.AsRef(in logits), register = ref _registers;
        int classes = _classes;
        V finite = default, spread = default;
        for (int group = 0; group < _groups; group++)
        {
            V min = V.Create(T.PositiveInfinity), max = V.Create(T.NegativeInfinity);
            if (classes < 4)
                for (int k = 0; k < classes; k++)
                {
                    V x = V.Gather(in Unsafe.Add(ref source, k), classes);
                    x.Store(ref Unsafe.Add(ref register, k * V.Count));
                    min = V.Min(min, x);
                    max = V.Max(max, x);
                }
            else
                for (int i = 0; i < classes; i += 4)
                {
                    // The last four may overlap the ones before.
                    int k = Math.Min(i, classes - 4);
                    V.GatherFour(in Unsafe.Add(ref source, k), classes, out V a, out V b, out V c, out V d);
                    ref T four = ref Unsafe.Add(ref register, k * V.Count);
                    a.Store(ref four);
                    b.Store(ref Unsafe.Add(ref four, V.Count));
                    c.Store(ref Unsafe.Add(ref four, 2 * V.Count));
                    d.Store(ref Unsafe.Add(ref four, 3 * V.Count));
                    min = V.Min(min, V.Min(V.Min(a, b), V.Min(c, d)));
                    max = V.Max(max, V.Max(V.Max(a, b), V.Max(c, d)));
                }
            max.Store(ref Unsafe.Add(ref _shifts, group * V.Count));
            // 0 or NaN.
            finite += max - max;
            spread = V.Min(spread, min - max);
            source = ref Unsafe.Add(ref source, classes * V.Count);
            register = ref Unsafe.Add(ref register, classes * V.Count);
        }
        near = NearExponential.Serves<V, T>(spread, scale);
        return !V.Any(V.AndNot(V.Create(T.One), V.Equal(finite, default)));
    }

    /// <summary>
    /// From logits o to exp((o − max)·scale), which are to be written times the reciprocals of their sums. Meanwhile the memory of the next rows and of the
    /// results is fetched, here as in <see cref="Logarithms"/>: these steps compute, the others wait for memory.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Exponentials<E>(T scale, ref readonly T next, ref readonly T destination) where E : IExponential
    {
        Walk walk = new(in _registers, in next, in destination);
        V rate = V.Create(E.Rate(scale)), one = V.Create(T.One);
        for (int group = 0; group < _groups; group++)
        {
            V ties = default, sum = Sum<Exponential<E>>(ref walk, _classes, V.Load(in Unsafe.Add(ref _shifts, group * V.Count)), rate, ref ties);
            default(V).Store(ref Unsafe.Add(ref _shifts, group * V.Count));
            (one / sum).Store(ref Unsafe.Add(ref _factors, group * V.Count));
            default(V).Store(ref Unsafe.Add(ref _constants, group * V.Count));
        }
    }

    /// <summary>
    /// Finds log Σ exp((o − max)·scale), so that what is written is (o − max)·scale − log Σ. The sums are without one largest term, which is 1: so their
    /// logarithms are exact to a relative error even where all other terms vanish beside it.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Logarithms<E>(T scale, ref readonly T next, ref readonly T destination) where E : IExponential
    {
        Walk walk = new(in _registers, in next, in destination);
        V rate = V.Create(E.Rate(scale));
        for (int group = 0; group < _groups; group++)
        {
            V ties = default, sum = Sum<Smaller<E>>(ref walk, _classes, V.Load(in Unsafe.Add(ref _shifts, group * V.Count)), rate, ref ties);
            (VectorMath.Number<V, T>(ties) - V.Create(T.One) + sum).Store(ref Unsafe.Add(ref _constants, group * V.Count));
        }
        for (int group = 0; group < _groups; group++)
        {
            ref T constant = ref Unsafe.Add(ref _constants, group * V.Count);
            (default(V) - VectorMath.Log1P<V, T>(V.Load(in constant))).Store(ref constant);
            V.Create(scale).Store(ref Unsafe.Add(ref _factors, group * V.Count));
        }
    }

    /// <summary>The sum of a term for each class of a group.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Sum<TTerm>(ref Walk walk, int classes, V max, V rate, ref V ties) where TTerm : ITerm
    {
        CompensatedSum<V, T> sum = default;
        for (int rest = classes; rest > 0; rest -= PlainTerms)
        {
            int terms = Math.Min(rest, PlainTerms);
            V part = default;
            for (; terms >= 4; terms -= 4)
            {
                walk.Fetch();
                part += (TTerm.Of(ref walk.Register(0), max, rate, ref ties) + TTerm.Of(ref walk.Register(1), max, rate, ref ties))
                    + (TTerm.Of(ref walk.Register(2), max, rate, ref ties) + TTerm.Of(ref walk.Register(3), max, rate, ref ties));
                walk.Pass(4);
            }
            if (terms >= 2)
            {
                part += TTerm.Of(ref walk.Register(0), max, rate, ref ties) + TTerm.Of(ref walk.Register(1), max, rate, ref ties);
                walk.Pass(2);
            }
            if (terms % 2 == 1)
            {
                part += TTerm.Of(ref walk.Register(0), max, rate, ref ties);
                walk.Pass(1);
            }
            sum.Add(part);
        }
        return sum.Total;
    }

    /// <summary>Where the registers are read, and what will be needed soon.</summary>
    private ref struct Walk(ref readonly T registers, ref readonly T next, ref readonly T destination)
    {
        private ref T _register = ref Unsafe.AsRef(in registers);
        private ref T _next = ref Unsafe.AsRef(in next);
        private ref T _destination = ref Unsafe.AsRef(in destination);

        [MethodImpl(AggressiveInlining)]
        public readonly ref T Register(int k) => ref Unsafe.Add(ref _register, k * V.Count);

        [MethodImpl(AggressiveInlining)]
        public void Pass(int registers) => _register = ref Unsafe.Add(ref _register, registers * V.Count);

        [MethodImpl(AggressiveInlining)]
        public void Fetch()
        {
            Prefetch.Four<V, T>(in _next);
            Prefetch.Four<V, T>(in _destination);
            _next = ref Unsafe.Add(ref _next, 4 * V.Count);
            _destination = ref Unsafe.Add(ref _destination, 4 * V.Count);
        }
    }

    /// <summary>What is summed over the classes.</summary>
    private interface ITerm
    {
        static abstract V Of(ref T register, V max, V rate, ref V ties);
    }

    /// <summary>The exponential, which replaces the logit.</summary>
    private readonly struct Exponential<E> : ITerm where E : IExponential
    {
        [MethodImpl(AggressiveInlining)]
        public static V Of(ref T register, V max, V rate, ref V ties)
        {
            V exponential = E.Of<V, T>(V.Load(in register) - max, rate);
            exponential.Store(ref register);
            return exponential;
        }
    }

    /// <summary>The exponential where it is not the largest, which is counted instead.</summary>
    private readonly struct Smaller<E> : ITerm where E : IExponential
    {
        [MethodImpl(AggressiveInlining)]
        public static V Of(ref T register, V max, V rate, ref V ties) => SmallerTerm.Of<E, V, T>(V.Load(in register) - max, rate, ref ties);
    }

    /// <summary>Writes the registers, shifted and scaled, as rows.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Write(ref T destination)
    {
        ref T register = ref _registers;
        int classes = _classes;
        for (int group = 0; group < _groups; group++)
        {
            V shift = V.Load(in Unsafe.Add(ref _shifts, group * V.Count));
            V factor = V.Load(in Unsafe.Add(ref _factors, group * V.Count)), constant = V.Load(in Unsafe.Add(ref _constants, group * V.Count));
            if (classes < 4)
                for (int k = 0; k < classes; k++)
                    Result(in register, k, shift, factor, constant).Scatter(ref Unsafe.Add(ref destination, k), classes);
            else
                for (int i = 0; i < classes; i += 4)
                {
                    int k = Math.Min(i, classes - 4);
                    V.ScatterFour(
                        Result(in register, k, shift, factor, constant),
                        Result(in register, k + 1, shift, factor, constant),
                        Result(in register, k + 2, shift, factor, constant),
                        Result(in register, k + 3, shift, factor, constant),
                        ref Unsafe.Add(ref destination, k), classes);
                }
            destination = ref Unsafe.Add(ref destination, classes * V.Count);
            register = ref Unsafe.Add(ref register, classes * V.Count);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Result(ref readonly T register, int k, V shift, V factor, V constant) =>
        V.MultiplyAdd(V.Load(in Unsafe.Add(ref Unsafe.AsRef(in register), k * V.Count)) - shift, factor, constant);

    /// <summary>Writes max·scale − constant, one number a row, after <see cref="Logarithms"/>.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void WriteValues(ref readonly T logits, ref T destination, T scale)
    {
        V factor = V.Create(scale), four = V.Constant(4);
        for (int row = 0; row < Rows; row += V.Count)
        {
            V log = default(V) - V.Load(in Unsafe.Add(ref _constants, row)), value = V.Load(in Unsafe.Add(ref _shifts, row)) * factor + log;
            value.Store(ref Unsafe.Add(ref destination, row));
            if (scale == T.One && V.Any(V.LessThan(V.Max(value, default(V) - value) * four, log)))
                for (int lane = 0; lane < V.Count; lane++)
                    if (CancellingValue.Cancels(value[lane], log[lane]))
                        Unsafe.Add(ref destination, row + lane) = CancellingValue.Of(in Unsafe.Add(ref Unsafe.AsRef(in logits), (row + lane) * _classes), _classes);
        }
    }
}

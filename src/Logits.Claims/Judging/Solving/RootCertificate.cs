using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;

namespace Logits.Claims.Judging.Solving;

/// <summary>
/// Shows that equations have a common zero next to where doubles found one: Krawczyk's test. With F the residuals, c the middle of a box B of radius r and C about the
/// inverse of F′(c), the box c − C·F(c) + (I − C·F′(B))·[−r, r] lies inside B, so that B holds a zero of F (R. Krawczyk, Computing 4, 1969).
/// </summary>
internal sealed class RootCertificate(Problem problem, Point point, Solution solution, Meter meter)
{
    private const int Bits = 200;

    private static readonly Rational Radius = new(1, System.Numerics.BigInteger.One << 70);

    /// <summary>The directions with enclosures of how far along them a zero lies; null where it cannot be shown that there is one.</summary>
    public IReadOnlyList<(Direction Direction, Real Step)>? Moves()
    {
        int size = solution.Moves.Count;
        Rational[] middle = [.. solution.Moves.Select(move => Exactly(move.Step))];
        if (Values(middle) is null || Slopes([.. middle.Select(step => Constant(step))]) is not { } slopes
            || Linear.Inverse([.. Enumerable.Range(0, size).Select(j => slopes.Select(row => row[j].Midpoint()).ToArray())]) is not { } inverse)
        {
            return null;
        }
        for (int refinement = 0; refinement < 6; refinement++)
        {
            if (Values(middle) is not { } values)
            {
                return null;
            }
            middle = [.. middle.Select((step, i) => Enumerable.Range(0, size).Aggregate(step, (sum, k) => Shortened(sum - (Exactly(inverse[i][k]) * Middle(values[k])))))];
        }
        Interval width = Interval.Between(BigFloat.Of(-Radius, Bits, Rounding.Down), BigFloat.Of(Radius, Bits, Rounding.Up), Bits);
        Real[] box = [.. middle.Select(step => Certain.Between(Interval.Of(step, Bits) + width))];
        if (Values(middle) is not { } atMiddle || Slopes(box) is not { } inBox)
        {
            return null;
        }
        for (int i = 0; i < size; i++)
        {
            Interval image = Interval.Of(0, Bits);
            for (int k = 0; k < size; k++)
            {
                image -= Interval.Of(Exactly(inverse[i][k]), Bits) * atMiddle[k];
                Interval rest = Interval.Of(i == k ? 1 : 0, Bits);
                for (int m = 0; m < size; m++)
                {
                    rest -= Interval.Of(Exactly(inverse[i][m]), Bits) * inBox[m][k];
                }
                image += rest * width;
            }
            if (!image.IsKnown || image.Low.CompareTo(width.Low) <= 0 || image.High.CompareTo(width.High) >= 0)
            {
                return null;
            }
        }
        return [.. solution.Moves.Zip(box, (move, step) => (move.Direction, step))];
    }

    private static Real Constant(Rational value) => Certain.Of(value, Bits);

    private Interval[]? Values(Rational[] steps)
    {
        PointEvaluator evaluator = problem.At(point, [.. solution.Moves.Zip(steps, (move, step) => (move.Direction, Constant(step)))], Constant, meter);
        Real[] values = [.. solution.Pinned.Select(equation => equation.Residual(evaluator, Constant))];
        return values.All(value => value is Certain { IsKnown: true }) ? [.. values.Select(value => ((Certain)value).Interval)] : null;
    }

    /// <summary>Slopes of each equation along each direction, over the box.</summary>
    private Interval[][]? Slopes(Real[] box)
    {
        // Infinitesimals of the highest bits, so that derivatives inside an equation do not meet them.
        Real[] steps = [.. box.Select((step, k) => Jet.Along(step, Rational.One, 1u << (31 - k)))];
        PointEvaluator evaluator = problem.At(point, [.. solution.Moves.Zip(steps, (move, step) => (move.Direction, step))], Constant, meter);
        var slopes = new List<Interval[]>();
        foreach (Equation equation in solution.Pinned)
        {
            Real residual = equation.Residual(evaluator, Constant);
            Real[] parts = [.. steps.Select((_, k) => Jet.Part(residual, 1u << (31 - k)))];
            if (!residual.IsKnown || !parts.All(part => part is Certain { IsKnown: true }))
            {
                return null;
            }
            slopes.Add([.. parts.Select(part => ((Certain)part).Interval)]);
        }
        return [.. slopes];
    }

    private static Rational Exactly(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = exponent == 0 ? 0 : (bits & 0xFFFFFFFFFFFFFL) | 0x10000000000000L;
        return new Rational(bits < 0 ? -mantissa : mantissa, 1) * new Rational(2, 1).Pow(exponent - 1075);
    }

    private static Rational Middle(Interval interval) => (Of(interval.Low) + Of(interval.High)) / 2;

    private static Rational Of(BigFloat value) => new Rational(value.Mantissa, 1) * new Rational(2, 1).Pow((int)value.Exponent);

    private static Rational Shortened(Rational value) => new((value * new Rational(System.Numerics.BigInteger.One << 120, 1)).Floor(), System.Numerics.BigInteger.One << 120);
}

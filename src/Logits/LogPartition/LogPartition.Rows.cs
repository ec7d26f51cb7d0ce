using System.Numerics;

namespace Logits;

public static partial class LogPartition
{
    /// <summary>The <see cref="Value"/> of each row.</summary>
    /// <param name="logits">n×K, row-major.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="destination">Receives n values; must not overlap the logits.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static void ValueRows<T>(ReadOnlySpan<T> logits, int classes, Span<T> destination, double temperature = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Rows(logits, classes);
        if (destination.Length != rows)
            throw new ArgumentException($"{rows} rows have {rows} values, but the destination holds {destination.Length}.", nameof(destination));
        if (logits.Overlaps(destination))
            throw new ArgumentException("The destination overlaps the logits.", nameof(destination));
        Kernel.Run<Values, T>(logits, classes, destination, 1, Scale<T>(temperature));
    }

    /// <summary>The <see cref="Softmax"/> of each row.</summary>
    /// <param name="logits">n×K, row-major.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="destination">Receives n×K probabilities, row-major; may be the logits themselves.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static void SoftmaxRows<T>(ReadOnlySpan<T> logits, int classes, Span<T> destination, double temperature = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Rows(logits, classes);
        RequireSameShape(logits, destination);
        Kernel.Run<Softmaxes, T>(logits, classes, destination, classes, Scale<T>(temperature));
    }

    /// <summary>The <see cref="LogSoftmax"/> of each row.</summary>
    /// <param name="logits">n×K, row-major.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="destination">Receives n×K log-probabilities, row-major; may be the logits themselves.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static void LogSoftmaxRows<T>(ReadOnlySpan<T> logits, int classes, Span<T> destination, double temperature = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Rows(logits, classes);
        RequireSameShape(logits, destination);
        Kernel.Run<LogSoftmaxes, T>(logits, classes, destination, classes, Scale<T>(temperature));
    }

    /// <summary>The <see cref="HessianVectorProduct"/> of each row.</summary>
    /// <param name="probabilities">n×K, row-major.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="direction">n×K, row-major.</param>
    /// <param name="destination">Receives n×K products, row-major; may be either of the others.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the destination overlaps another without being the same.</exception>
    public static void HessianVectorProductRows<T>(ReadOnlySpan<T> probabilities, int classes, ReadOnlySpan<T> direction, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Rows(probabilities, classes);
        if (direction.Length != probabilities.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities need a direction of as many numbers, not {direction.Length}.",
                nameof(direction));
        RequireSameShape(probabilities, destination);
        RequireSameShape(direction, destination);
        for (int i = 0; i < probabilities.Length; i += classes)
            Kernel.InWidestRegisters<CovarianceRow<T>, T, T>(
                new(probabilities.Slice(i, classes), direction.Slice(i, classes), destination.Slice(i, classes)), classes);
    }

    private static T SmoothExtreme<T>(ReadOnlySpan<T> values, double sharpness, T sign) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Rows(values, values.Length);
        if (!(sharpness > 0 && double.IsFinite(sharpness)))
            throw new ArgumentOutOfRangeException(nameof(sharpness), sharpness, "The sharpness must be positive and finite.");
        return Kernel.InWidestRegisters<SmoothExtremeRow<T>, T, T>(new(values, Normal<T>(sharpness) * sign), values.Length);
    }

    /// <summary>The number of rows.</summary>
    private static int Rows<T>(ReadOnlySpan<T> logits, int classes)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Logits are float or double, not {typeof(T).Name}.");
        if (classes < 1)
            throw new ArgumentException("A row of no classes has no log-partition function.", nameof(classes));
        int rows = logits.Length / classes;
        if (rows * classes != logits.Length)
            throw new ArgumentException($"{logits.Length} logits are not whole rows of {classes} classes.", nameof(logits));
        return rows;
    }

    private static void RequireSameShape<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (destination.Length != source.Length)
            throw new ArgumentException($"The destination holds {destination.Length} numbers, but there are {source.Length} results.", nameof(destination));
        if (source.Overlaps(destination, out int offset) && offset != 0)
            throw new ArgumentException("The destination overlaps its source without being the same.", nameof(destination));
    }

    /// <summary>1/T.</summary>
    private static T Scale<T>(double temperature) where T : unmanaged, IBinaryFloatingPointIeee754<T> => temperature > 0 && double.IsFinite(temperature)
        ? Normal<T>(1 / temperature)
        : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be positive and finite.");

    /// <summary>A positive number held between the smallest normal and the largest of T, where results are those of the limits already.</summary>
    private static T Normal<T>(double value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? T.CreateTruncating((float)Math.Clamp(value, 1.17549435e-38, float.MaxValue))
        : T.CreateTruncating(Math.Clamp(value, 2.2250738585072014e-308, double.MaxValue));
}

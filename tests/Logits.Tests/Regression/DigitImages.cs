using System.Globalization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>
/// 784 features in ten classes, of the same make as the benchmark problem: digits of samples/digits.csv enlarged to 28×28, rotated, shifted, dimmed and noised, with 5 % of
/// the labels drawn at random.
/// </summary>
internal static class DigitImages
{
    private const int Side = 28;

    public const int Features = Side * Side;

    public static (float[] X, Labels Labels) Make(int rows, int seed)
    {
        string[][] table = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "digits.csv")).Skip(1).Select(line => line.Split(','))];
        Random random = new(seed);
        float[] x = new float[rows * Features];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            string[] cells = table[random.Next(table.Length)];
            double[] pixels = [.. cells[..^1].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture) / 16)];
            labels[i] = random.NextDouble() < 0.05 ? random.Next(10) : int.Parse(cells[^1], CultureInfo.InvariantCulture);
            Draw(pixels, x.AsSpan(i * Features, Features), random);
        }
        return (x, Labels.FromIndices(labels, 10));
    }

    private static void Draw(double[] pixels, Span<float> image, Random random)
    {
        double angle = (random.NextDouble() - 0.5) * 50 * Math.PI / 180, cos = Math.Cos(angle), sin = Math.Sin(angle);
        double right = (random.NextDouble() - 0.5) * 6, down = (random.NextDouble() - 0.5) * 6, ink = 0.7 + 0.4 * random.NextDouble();
        for (int row = 0; row < Side; row++)
            for (int column = 0; column < Side; column++)
            {
                double u = column - Side / 2.0 - right, v = row - Side / 2.0 - down;
                double shade = ink * Sample(pixels, (cos * u - sin * v) / 3.5 + 3.5, (sin * u + cos * v) / 3.5 + 3.5) + 0.05 * (random.NextDouble() - 0.5);
                image[row * Side + column] = shade < 0.1 ? 0 : (float)Math.Min(shade, 1);
            }
    }

    /// <summary>Between the four pixels around (x, y) of an 8×8 image, which is empty outside.</summary>
    private static double Sample(double[] pixels, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double across = x - left, along = y - top;
        return (1 - along) * ((1 - across) * Pixel(left, top) + across * Pixel(left + 1, top))
            + along * ((1 - across) * Pixel(left, top + 1) + across * Pixel(left + 1, top + 1));

        double Pixel(int column, int row) => column is >= 0 and < 8 && row is >= 0 and < 8 ? pixels[row * 8 + column] : 0;
    }
}

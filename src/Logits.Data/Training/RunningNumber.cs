using Logits.Rows;

namespace Logits.Data;

/// <summary>Tells whether a column numbers the rows: its values are a range of whole numbers, each once, in any order.</summary>
/// <remarks>A range is recognised by its smallest and largest value, its sum and its sum of squares: no set of the values is kept.</remarks>
internal sealed class RunningNumber
{
    /// <summary>In a shorter table a feature may well happen to be such a range.</summary>
    private const int FewestRows = 50;
    private const long Largest = 1L << 40;

    private bool _possible = true;
    private bool _repeats;
    private long _first, _previous, _min, _max, _count;
    private Int128 _sum, _squares;

    public void Add(double value, double weight)
    {
        _repeats |= weight > 1;
        if (!_possible)
            return;
        long number = (long)value;
        if (number != value || Math.Abs(number) > Largest || (_count > 0 && number == _previous))
        {
            _possible = false;
            return;
        }
        if (_count++ == 0)
            _first = _min = _max = number;
        _min = Math.Min(_min, number);
        _max = Math.Max(_max, number);
        _sum += number - _first;
        _squares += (Int128)(number - _first) * (number - _first);
        _previous = number;
    }

    /// <summary>Whether the column numbers the rows; where a row counts as several, its number occurs several times.</summary>
    public bool Is(WeightMeaning meaning) =>
        _possible && !(_repeats && meaning == WeightMeaning.Frequencies) && _count >= FewestRows && _max - _min + 1 == _count
        && _sum == SumTo(_max - _first) - SumTo(_min - _first - 1)
        && _squares == SquaresTo(_max - _first) - SquaresTo(_min - _first - 1);

    private static Int128 SumTo(Int128 m) => m * (m + 1) / 2;

    private static Int128 SquaresTo(Int128 m) => m * (m + 1) * (2 * m + 1) / 6;
}

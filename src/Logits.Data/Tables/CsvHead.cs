using System.Text;

namespace Logits.Data;

/// <summary>What the head of a CSV tells about it: delimiter, column names, and the kinds of the columns in the first rows.</summary>
/// <param name="Delimiter">The byte between fields.</param>
/// <param name="BlankLines">The blank lines above the header.</param>
/// <param name="Names">The names in the header.</param>
/// <param name="Kinds">The kind of each column in the sample.</param>
/// <param name="HasMarkers">For each column, whether a text that stands for a missing number (NA, say) occurs in the sample.</param>
internal sealed record CsvHead(byte Delimiter, int BlankLines, string[] Names, ColumnKind[] Kinds, bool[] HasMarkers)
{
    /// <summary>The rows looked at; more only while some column has had no value.</summary>
    private const int SampleRows = 1000;
    private const int MostSampleRows = 100_000;

    /// <summary>A column whose sample has at least this share of numbers is numeric, and a text in it an error rather than a category.</summary>
    private const double NumericShare = 0.9;

    public static CsvHead Read(CsvFile file)
    {
        byte delimiter = FindDelimiter(file);
        using CsvRecordReader reader = file.OpenRecords(delimiter);
        string[] names = ReadNames(reader, file);
        int blankLines = (int)reader.Line - 1;
        Tally[] tallies = new Tally[names.Length];
        int undecided = names.Length;
        for (int row = 0; row < SampleRows || (undecided > 0 && row < MostSampleRows); row++)
        {
            if (!reader.Read())
                break;
            if (reader.FieldCount != names.Length)
            {
                if (reader.IsBlank)
                    continue;
                break;
            }
            for (int c = 0; c < names.Length; c++)
                if (tallies[c].Add(reader.Utf8Field(c)))
                    undecided--;
        }
        return new CsvHead(delimiter, blankLines, names, [.. tallies.Select(t => t.Kind)], [.. tallies.Select(t => t.Markers > 0)]);
    }

    /// <summary>The names in a file's header.</summary>
    /// <exception cref="TableException">The file is empty, not UTF-8, or has two columns of one name.</exception>
    public static string[] ReadNames(CsvRecordReader reader, CsvFile file)
    {
        do
        {
            if (!reader.Read())
                throw new TableException($"{file.Name} is empty. A table needs a header line with the column names, and rows below it.");
        }
        while (reader.IsBlank);
        if (!reader.IsUtf8 || reader.Utf8Field(0).Contains((byte)0))
            throw new TableException($"{file.Name} is not a UTF-8 text: its header cannot be read. Save it as CSV in UTF-8.");
        string[] names = new string[reader.FieldCount];
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        for (int c = 0; c < names.Length; c++)
        {
            names[c] = reader.Field(c).Trim();
            // Spreadsheets and R write row names under an empty header; the position then is the only name there is.
            if (names[c].Length == 0)
                names[c] = $"column{c + 1}";
            if (!first.TryAdd(names[c], c))
                throw new TableException($"{file.Name} has two columns named '{names[c]}' (columns {first[names[c]] + 1} and {c + 1} of the header). Rename one of them.");
        }
        return names;
    }

    private static byte FindDelimiter(CsvFile file)
    {
        ReadOnlySpan<byte> candidates = file.IsTsv ? "\t"u8 : ",;\t|"u8;
        byte best = candidates[0];
        int most = 1;
        foreach (byte candidate in candidates)
        {
            using CsvRecordReader reader = file.OpenRecords(candidate);
            while (reader.Read() && reader.IsBlank)
            {
            }
            if (reader.FieldCount > most)
            {
                most = reader.FieldCount;
                best = candidate;
            }
        }
        return best;
    }

    private struct Tally
    {
        private int _numbers, _booleans, _dates, _texts;

        public int Markers { get; private set; }

        /// <summary>Counts a cell; true when it is the first that has a value.</summary>
        public bool Add(ReadOnlySpan<byte> cell)
        {
            if (cell.IsEmpty)
                return false;
            bool first = _numbers + _booleans + _dates + _texts == 0;
            if (CellText.TryNumber(cell, out _))
                _numbers++;
            else if (CellText.TryBoolean(cell, out _))
                _booleans++;
            else if (CellText.IsMissing(cell))
            {
                Markers++;
                return false;
            }
            else if (CellText.IsDate(cell))
                _dates++;
            else
                _texts++;
            return first;
        }

        public readonly ColumnKind Kind
        {
            get
            {
                int values = _numbers + _booleans + _dates + _texts;
                return values == 0 ? (Markers > 0 ? ColumnKind.Text : ColumnKind.Numeric)
                    : _numbers >= NumericShare * values ? ColumnKind.Numeric
                    : _booleans == values ? ColumnKind.Boolean
                    : _dates == values ? ColumnKind.Date
                    : ColumnKind.Text;
            }
        }
    }
}

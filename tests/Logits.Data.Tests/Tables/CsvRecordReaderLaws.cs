using System.Text;
using CsCheck;

namespace Logits.Data.Tests.Tables;

public class CsvRecordReaderLaws
{
    private static readonly Gen<string> Field = Gen.String[Gen.Char["ab,\"\n\r \té7"], 0, 6];

    [Fact]
    public void Whatever_is_written_by_rfc_4180_is_read_back() =>
        Gen.Select(Field.Array[1, 4].Array[1, 6], Gen.Bool, Gen.Bool).Sample(
            (records, windows, lastEnd) =>
            {
                string lineEnd = windows ? "\r\n" : "\n";
                string text = string.Join(lineEnd, records.Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"")}\"")))) + (lastEnd
                    ? lineEnd : "");
                using CsvRecordReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), (byte)',');
                long line = 1;
                foreach (string[] record in records)
                {
                    Assert.True(reader.Read());
                    Assert.Equal(line, reader.Line);
                    Assert.Equal(record, Enumerable.Range(0, reader.FieldCount).Select(reader.Field));
                    line += 1 + record.Sum(f => f.Count(c => c == '\n'));
                }
                Assert.False(reader.Read());
            }, seed: "0N0XIzNsQ0O2");
}

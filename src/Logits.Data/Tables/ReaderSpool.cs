using System.Data.Common;
using DuckDB.NET.Data;
using static Logits.Data.Database;

namespace Logits.Data;

/// <summary>Copies the rows of an ADO.NET reader to a table in a temporary database file, value by value, without making objects of numbers.</summary>
internal static class ReaderSpool
{
    public static RelationTable Copy(Database database, DbDataReader reader, string name, CancellationToken cancellationToken)
    {
        int width = reader.FieldCount;
        if (width == 0)
            throw new TableException($"{name} has no columns.");
        SpoolColumn[] columns = [.. Enumerable.Range(0, width).Select(i => SpoolColumn.Of(reader, i))];
        if (columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new TableException($"{name} has two columns named '{twice.Key}'. Rename one of them in the query (select … as …).");
        database.AttachSpool(width);
        // DuckDB's names ignore case, ours do not: the stored columns are numbered.
        database.Execute($"CREATE TABLE spool.main.rows ({string.Join(", ", columns.Select((c, i) => $"c{i} {c.SqlType}"))})");
        using (DuckDBAppender appender = database.Connection.CreateAppender("spool", "main", "rows"))
        {
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                IDuckDBAppenderRow row = appender.CreateRow();
                for (int i = 0; i < width; i++)
                    if (reader.IsDBNull(i))
                        row.AppendNullValue();
                    else
                        columns[i].Append(row, reader, i);
                row.EndRow();
            }
        }
        return new RelationTable(name, "spool.main.rows", [.. columns.Select(c => new TableColumn(c.Name, c.Kind))], [.. columns.Select((_, i) => $"c{i}")]);
    }

    private sealed record SpoolColumn(string Name, string SqlType, ColumnKind Kind, Action<IDuckDBAppenderRow, DbDataReader, int> Append)
    {
        public static SpoolColumn Of(DbDataReader reader, int i)
        {
            string name = reader.GetName(i);
            Type type = reader.GetFieldType(i);
            return System.Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => new(name, "BOOLEAN", ColumnKind.Boolean, (row, r, c) => row.AppendValue(r.GetBoolean(c))),
                TypeCode.SByte => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetFieldValue<sbyte>(c))),
                TypeCode.Byte => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetByte(c))),
                TypeCode.Int16 => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetInt16(c))),
                TypeCode.UInt16 => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetFieldValue<ushort>(c))),
                TypeCode.Int32 => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetInt32(c))),
                TypeCode.UInt32 => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue((long)r.GetFieldValue<uint>(c))),
                TypeCode.Int64 => new(name, "BIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue(r.GetInt64(c))),
                TypeCode.UInt64 => new(name, "UBIGINT", ColumnKind.Numeric, (row, r, c) => row.AppendValue(r.GetFieldValue<ulong>(c))),
                TypeCode.Single => new(name, "DOUBLE", ColumnKind.Numeric, (row, r, c) => row.AppendValue((double)r.GetFloat(c))),
                TypeCode.Double => new(name, "DOUBLE", ColumnKind.Numeric, (row, r, c) => row.AppendValue(r.GetDouble(c))),
                TypeCode.Decimal => new(name, "DOUBLE", ColumnKind.Numeric, (row, r, c) => row.AppendValue((double)r.GetDecimal(c))),
                TypeCode.String => new(name, "VARCHAR", ColumnKind.Text, (row, r, c) => row.AppendValue(r.GetString(c))),
                TypeCode.Char => new(name, "VARCHAR", ColumnKind.Text, (row, r, c) => row.AppendValue(r.GetChar(c).ToString())),
                _ when type == typeof(Guid) => new(name, "VARCHAR", ColumnKind.Text, (row, r, c) => row.AppendValue(r.GetGuid(c).ToString())),
                // Columns that cannot be features are kept by name only, so that a message can speak of them.
                _ => new(name, "BOOLEAN", IsDate(type) ? ColumnKind.Date : ColumnKind.Other, (row, _, _) => row.AppendNullValue()),
            };
        }

        private static bool IsDate(Type type) =>
            type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan);
    }
}

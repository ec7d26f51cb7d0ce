namespace Logits.Data;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Integers or decimals, used as they are.</summary>
    Numeric,

    /// <summary>False or true, used as 0 or 1.</summary>
    Boolean,

    /// <summary>Text or an enumeration: categories, one-hot encoded.</summary>
    Text,

    /// <summary>A date, a time or both; not usable as a feature.</summary>
    Date,

    /// <summary>Lists, structures, binary data: not usable as a feature.</summary>
    Other,
}

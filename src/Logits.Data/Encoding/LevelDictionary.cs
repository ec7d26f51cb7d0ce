using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Logits.Data;

/// <summary>Numbers distinct texts from 0 in the order of their first appearance; looks them up by their UTF-8 bytes without making strings.</summary>
internal sealed class LevelDictionary
{
    private readonly Dictionary<byte[], int> _codes;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<string> _names = [];

    public LevelDictionary()
    {
        _codes = new Dictionary<byte[], int>(Utf8Comparer.Instance);
        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public LevelDictionary(IEnumerable<string> names) : this()
    {
        foreach (string name in names)
            Add(Encoding.UTF8.GetBytes(name));
    }

    public int Count => _names.Count;

    /// <summary>The texts by their codes.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The code of a text, or −1.</summary>
    public int Find(ReadOnlySpan<byte> text) => _lookup.TryGetValue(text, out int code) ? code : -1;

    /// <summary>The code of a text, which is added if it is new.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (_lookup.TryGetValue(text, out int code))
            return code;
        code = _names.Count;
        _codes.Add(text.ToArray(), code);
        _names.Add(Encoding.UTF8.GetString(text));
        return code;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] text) => GetHashCode(text.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> text) => text.ToArray();

        public bool Equals(ReadOnlySpan<byte> text, byte[] other) => text.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            HashCode hash = new();
            hash.AddBytes(text);
            return hash.ToHashCode();
        }
    }
}

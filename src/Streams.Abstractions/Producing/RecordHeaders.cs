using System.Collections;
using System.Text;

namespace Streams;

/// <summary>The headers of a record: an ordered multimap of bytes with string helpers. Not thread-safe for changes.</summary>
public sealed class RecordHeaders : IReadOnlyList<RecordHeader>
{
    private readonly List<RecordHeader> _headers = [];

    /// <inheritdoc />
    public int Count => _headers.Count;

    /// <inheritdoc />
    public RecordHeader this[int index] => _headers[index];

    /// <summary>Adds a header with a UTF-8 text; the name may stand there already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The text, or <see langword="null"/> for a header without a value.</param>
    public void Add(string name, string? value) => Add(name, value is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a header with bytes, which are not copied.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The bytes, or <see langword="null"/>.</param>
    public void Add(string name, ReadOnlyMemory<byte>? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        _headers.Add(new(name, value));
    }

    /// <summary>Returns the last header of a name, or <see langword="null"/>.</summary>
    /// <param name="name">The name.</param>
    public RecordHeader? Last(string name)
    {
        for (var index = _headers.Count - 1; index >= 0; index--)
        {
            if (string.Equals(_headers[index].Name, name, StringComparison.Ordinal))
            {
                return _headers[index];
            }
        }

        return null;
    }

    /// <summary>Returns the text of the last header of a name, or <see langword="null"/>.</summary>
    /// <param name="name">The name.</param>
    public string? GetString(string name) => Last(name)?.GetString();

    /// <inheritdoc />
    public IEnumerator<RecordHeader> GetEnumerator() => _headers.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

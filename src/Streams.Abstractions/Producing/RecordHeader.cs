using System.Text;

namespace Streams;

/// <summary>One header of a record.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The bytes, or <see langword="null"/>.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value)
{
    /// <summary>Returns the value as UTF-8 text, or <see langword="null"/>.</summary>
    public string? GetString() => Value is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}

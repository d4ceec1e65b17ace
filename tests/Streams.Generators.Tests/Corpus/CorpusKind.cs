namespace Streams.Generators.Tests.Corpus;

/// <summary>A type that a member may have: what the corpus puts into containers.</summary>
/// <param name="Type">The type as source writes it.</param>
/// <param name="IsComparable">Whether sorted collections take it.</param>
/// <param name="IsKey">Whether equal values are equal keys, so that it can be the key of a dictionary.</param>
/// <param name="IsCore">Whether it stands in every container.</param>
/// <param name="IsNew">Whether MessagePack knows it since 3.x only.</param>
internal sealed record CorpusKind(string Type, bool IsComparable = false, bool IsKey = false, bool IsCore = false, bool IsNew = false)
{
    public static readonly CorpusKind[] All =
    [
        .. new[]
        {
            "bool", "sbyte", "byte", "short", "ushort", "uint", "long", "ulong", "float", "double", "Half", "char", "decimal",
            "DateTime", "DateTimeOffset", "TimeSpan", "DateOnly", "TimeOnly", "BigInteger", "ByteKind", "LongKind", "FlagsKind",
            "Version",
        }.Select(type => new CorpusKind(type, IsComparable: true, IsKey: true)),
        .. new[] { "int", "string", "Guid", "IntKind" }.Select(type => new CorpusKind(type, IsComparable: true, IsKey: true, IsCore: true)),
        .. new[] { "PlainRecord", "PlainStruct" }.Select(type => new CorpusKind(type, IsKey: true, IsCore: true)),
        .. new[] { "Uri", "Complex", "(int, string?)" }.Select(type => new CorpusKind(type, IsKey: true)),
        .. new[] { "byte[]", "IShape" }.Select(type => new CorpusKind(type, IsCore: true)),
        .. new[]
        {
            "Memory<byte>", "ReadOnlyMemory<byte>", "ArraySegment<byte>", "ReadOnlySequence<byte>", "StringBuilder", "BitArray",
            "List<int>", "Dictionary<string, long>", "PlainClass", "Inner",
        }.Select(type => new CorpusKind(type)),
        .. new[] { "Int128", "UInt128", "Rune" }.Select(type => new CorpusKind(type, IsComparable: true, IsKey: true, IsNew: true)),
        .. new[] { "Vector2", "Vector3", "Vector4", "Quaternion", "Matrix3x2", "Matrix4x4" }
            .Select(type => new CorpusKind(type, IsKey: true, IsNew: true)),
    ];

    /// <summary>Gets the name that the contracts of this kind begin with.</summary>
    public string Name
        => "Of" + string.Concat(
            Type.Split([' ', ',', '<', '>', '(', ')', '[', ']', '?'], StringSplitOptions.RemoveEmptyEntries)
                .Select(part => char.ToUpperInvariant(part[0]) + part[1..]))
            + (Type.EndsWith("[]", StringComparison.Ordinal) ? "s" : "");
}

namespace Streams.Shared.Messages;

/// <summary>Types that are one value on the wire and need no code of their own beyond a call.</summary>
internal enum ScalarKind
{
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Half,
    Char,
    String,
    Decimal,
    Guid,
    DateTime,
    DateTimeOffset,
    TimeSpan,
    DateOnly,
    TimeOnly,
    Bytes,
    Memory,
    ReadOnlyMemory,
    Uri,
    Version,
}

namespace Streams.Shared.Messages;

/// <summary>What a key member becomes when it is the whole key.</summary>
internal enum KeyForm
{
    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>36 characters.</summary>
    Guid,

    /// <summary>Big-endian two's complement.</summary>
    Integer,

    /// <summary>As is.</summary>
    Bytes,

    /// <summary>As is, from a memory.</summary>
    Memory,
}

using Streams.Protocol.Primitives;
using Streams.Protocol.Records;

namespace Streams.Protocol.Stored;

/// <summary>The frame around every stored key, value and blob: an int16 (record type or version), then the fields.</summary>
internal static class StoredBytes
{
    private const int InitialSize = 128;

    public delegate void FieldsWriter<in T>(ref WireWriter writer, T stored, short version);

    /// <summary>Writes the number and the fields into an array of their own.</summary>
    public static byte[] Write<T>(T stored, short version, bool isFlexible, FieldsWriter<T> fields)
    {
        using var buffer = new PooledBuffer(InitialSize, RecordBatchLimits.BatchBytesMax);
        var writer = new WireWriter(buffer) { IsFlexible = isFlexible };
        writer.WriteInt16(version);
        fields(ref writer, stored, version);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Refuses a version that this code does not know.</summary>
    public static short CheckVersion(string what, short version, short highest)
        => version >= 0 && version <= highest
            ? version
            : throw Corruption.Error(what, 0, $"version {version}", $"0 to {highest}: written by a newer broker?");

    /// <summary>Refuses bytes behind the last field.</summary>
    public static void ThrowUnlessAtEnd(in WireReader reader)
    {
        if (reader.Remaining != 0)
        {
            throw reader.Fault($"{reader.Remaining} bytes behind the last field", "none");
        }
    }
}

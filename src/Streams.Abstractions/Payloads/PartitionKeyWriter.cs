using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Streams;

/// <summary>Writes key bytes: what every producer of a topic must agree on, or one entity's records spread over several partitions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PartitionKeyWriter
{
    private const int GuidLength = 36;

    /// <summary>Writes a text as UTF-8.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="key">The key.</param>
    public static void Write(IBufferWriter<byte> output, string key)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(key);
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(key.Length));
        output.Advance(Encoding.UTF8.GetBytes(key, span));
    }

    /// <summary>Writes a Guid as its 36 characters.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="key">The key.</param>
    public static void Write(IBufferWriter<byte> output, Guid key)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8Formatter.TryFormat(key, output.GetSpan(GuidLength), out var length, 'D');
        output.Advance(length);
    }

    /// <summary>Writes an integer big-endian, in two's complement, in as many bytes as its type has.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="key">The key.</param>
    /// <typeparam name="T">The integer's type.</typeparam>
    public static void WriteInteger<T>(IBufferWriter<byte> output, T key)
        where T : unmanaged, IBinaryInteger<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Advance(key.WriteBigEndian(output.GetSpan(Unsafe.SizeOf<T>())));
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="key">The key.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(output);
        BuffersExtensions.Write(output, key);
    }
}

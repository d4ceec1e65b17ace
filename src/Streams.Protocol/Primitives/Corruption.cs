using System.Diagnostics.CodeAnalysis;

namespace Streams.Protocol.Primitives;

/// <summary>The one way bytes are refused: what is damaged, where, what stands there and what was expected.</summary>
internal static class Corruption
{
    /// <summary>Throws a <see cref="StreamsException"/> with <see cref="StreamsErrorCode.Corrupt"/>.</summary>
    [DoesNotReturn]
    public static void Throw(string what, long position, string found, string expected) => throw Error(what, position, found, expected);

    /// <summary>Makes that exception.</summary>
    public static StreamsException Error(string what, long position, string found, string expected, Exception? cause = null)
        => new($"{what} is damaged at byte {position}: found {found}, expected {expected}.", cause) { Code = StreamsErrorCode.Corrupt };
}

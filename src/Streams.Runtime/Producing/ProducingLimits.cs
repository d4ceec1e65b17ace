namespace Streams.Runtime.Producing;

/// <summary>The bounds of what producers hold.</summary>
internal static class ProducingLimits
{
    /// <summary>What a buffer of a thread begins with: most records fit without growing.</summary>
    public const int BufferBytesInitial = 1024;

    /// <summary>What a thread keeps of a buffer after a record, three times at most (key, value, headers); larger ones go back to the shared pool.</summary>
    public const int BufferBytesKept = 256 * 1024;
}

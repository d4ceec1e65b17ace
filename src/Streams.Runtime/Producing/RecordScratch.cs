namespace Streams.Runtime.Producing;

/// <summary>
/// The buffers in which a record is put together, one set kept per thread. Taken out while in use, since generated code may call
/// a user's formatter or partitioner, which may produce on the same thread.
/// </summary>
internal sealed class RecordScratch
{
    [ThreadStatic]
    private static RecordScratch? kept;

    /// <summary>Gets the key's buffer.</summary>
    public RecordBuffer Key { get; } = new();

    /// <summary>Gets the value's buffer.</summary>
    public RecordBuffer Value { get; } = new();

    /// <summary>Gets the headers' buffer, used only where a record has headers of its own.</summary>
    public RecordBuffer Headers { get; } = new();

    /// <summary>Takes this thread's set, or a new one where it is in use.</summary>
    /// <param name="bytesMax">How large each part may grow.</param>
    public static RecordScratch Rent(long bytesMax)
    {
        var scratch = kept ?? new();
        kept = null;
        scratch.Key.Begin(bytesMax);
        scratch.Value.Begin(bytesMax);
        scratch.Headers.Begin(bytesMax);
        return scratch;
    }

    /// <summary>Gives the set back to this thread.</summary>
    public void Return()
    {
        Key.End();
        Value.End();
        Headers.End();
        kept = this;
    }
}

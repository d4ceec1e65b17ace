namespace Streams.Broker.Transport.Producing;

/// <summary>Which awaited record a cancellation means. Reused with its slot, unless the cancellation may still be running.</summary>
internal sealed class AwaitedCancellation(BatchAcknowledgement acknowledgement, int slot)
{
    /// <summary>Gets or sets the generation of the slot that it means.</summary>
    public long Generation { get; set; }

    /// <summary>Calls it, as a cancellation token does.</summary>
    public static Action<object?, CancellationToken> Callback { get; } = static (state, token) =>
    {
        var cancellation = (AwaitedCancellation)state!;
        cancellation.Cancel(token);
    };

    private void Cancel(CancellationToken token) => acknowledgement.Cancel(slot, Generation, token);
}

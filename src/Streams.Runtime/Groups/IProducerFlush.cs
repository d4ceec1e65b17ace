namespace Streams.Runtime.Groups;

/// <summary>A producer factory that can let everything queued so far become durable; a stopping group asks for it before its final commit.</summary>
internal interface IProducerFlush
{
    /// <summary>Completes once everything queued before the call is acknowledged or has failed.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

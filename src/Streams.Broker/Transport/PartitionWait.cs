using Streams.Broker.Partitions;

namespace Streams.Broker.Transport;

/// <summary>One wait for records of a partition: long polling without a timer.</summary>
internal sealed class PartitionWait : IPartitionWaiter
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once there may be something at or after the offset.</summary>
    public static async ValueTask WaitAsync(Partition partition, long offset, CancellationToken cancellationToken)
    {
        var wait = new PartitionWait();
        partition.WaitForData(offset, wait);
        try
        {
            await wait._ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            partition.StopWaiting(wait);
        }
    }

    /// <inheritdoc />
    public void OnData() => _ready.TrySetResult();
}

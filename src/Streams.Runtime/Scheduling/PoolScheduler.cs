namespace Streams.Runtime.Scheduling;

/// <summary>The thread pool. What an application runs on.</summary>
internal sealed class PoolScheduler : IWorkScheduler
{
    private PoolScheduler()
    {
    }

    /// <summary>Gets the only instance.</summary>
    public static PoolScheduler Instance { get; } = new();

    /// <inheritdoc />
    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}

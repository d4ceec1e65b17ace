using Microsoft.Extensions.Logging;
using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Processing;

/// <summary>The token of a worker's handlers. Cancelling runs what handlers registered, so it happens as a work item of its own.</summary>
internal sealed class HandlerCancellation(IWorkScheduler scheduler, ILogger logger) : IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Gets the token.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Cancels, soon.</summary>
    public void Cancel() => scheduler.Schedule(this);

    /// <inheritdoc />
    public void Execute()
    {
        try
        {
            _source.Cancel();
        }
        catch (AggregateException thrown)
        {
            ProcessingLog.CancellationThrew(logger, thrown);
        }
    }
}

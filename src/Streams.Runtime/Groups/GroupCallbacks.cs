using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Groups;

/// <summary>
/// Calls the <c>On...</c> methods of a group's handlers: in the order of the events, one at a time, outside the loop. What one throws is
/// logged and changes nothing. Enqueued from the group's loop.
/// </summary>
internal sealed class GroupCallbacks : IThreadPoolWorkItem
{
    private readonly string _groupId;
    private readonly IReadOnlyList<HandlerTarget> _targets;
    private readonly EventLoop _loop;
    private readonly IWorkScheduler _scheduler;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<(HandlerCallbacks Kind, Action<HandlerDispatcher, object> Call, Action Done)> _queue = new();
    private int _pending;

    /// <summary>Initializes a new instance of the <see cref="GroupCallbacks"/> class.</summary>
    public GroupCallbacks(string groupId, IReadOnlyList<HandlerTarget> targets, EventLoop loop, IWorkScheduler scheduler, ILogger logger)
    {
        _groupId = groupId;
        _targets = targets;
        _loop = loop;
        _scheduler = scheduler;
        _logger = logger;
    }

    /// <summary>Gets how many calls wait or run.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Returns whether a handler has the method.</summary>
    public bool Wants(HandlerCallbacks kind) => _targets.Any(target => target.Descriptor.Callbacks.HasFlag(kind));

    /// <summary>Calls a method on every handler that has it.</summary>
    /// <param name="kind">Which method.</param>
    /// <param name="call">The call.</param>
    /// <param name="done">An event that follows when all have returned; at once where nobody has it and nothing is before it.</param>
    public void Enqueue(HandlerCallbacks kind, Action<HandlerDispatcher, object> call, Action done)
    {
        if (Pending == 0 && !Wants(kind))
        {
            done();
            return;
        }

        _queue.Enqueue((kind, call, done));
        if (Interlocked.Increment(ref _pending) == 1)
        {
            _scheduler.Schedule(this);
        }
    }

    /// <inheritdoc />
    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        do
        {
            if (_queue.TryDequeue(out var next))
            {
                await CallAsync(next.Kind, next.Call).ConfigureAwait(false);
                _loop.Post(next.Done);
            }
        }
        while (Interlocked.Decrement(ref _pending) > 0);
    }

    private async Task CallAsync(HandlerCallbacks kind, Action<HandlerDispatcher, object> call)
    {
        foreach (var target in _targets.Where(target => target.Descriptor.Callbacks.HasFlag(kind)))
        {
            try
            {
                await target.CallAsync(call).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A callback tells nothing but itself: the group goes on.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                GroupLog.CallbackThrew(_logger, _groupId, target.Descriptor.HandlerType.Name, kind, thrown);
            }
        }
    }
}

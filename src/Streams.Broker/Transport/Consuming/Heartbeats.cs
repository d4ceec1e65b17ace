using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>
/// Sends heartbeats on an interval and passes on what they answer. Runs apart from the membership loop, so that a slow revocation does not
/// silence it, and apart from handlers, which never run here. Thread-safe.
/// </summary>
internal sealed class Heartbeats : IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly ConsumerSettings _settings;
    private readonly GroupCoordinator _coordinator;
    private readonly MemberSignals _signals;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private MemberState? _state;
    private int _wanted;

    /// <summary>Initializes a new instance of the <see cref="Heartbeats"/> class.</summary>
    /// <param name="settings">Group and interval.</param>
    /// <param name="coordinator">The coordinator.</param>
    /// <param name="signals">Whom to tell.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public Heartbeats(ConsumerSettings settings, GroupCoordinator coordinator, MemberSignals signals, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _coordinator = coordinator;
        _signals = signals;
        _logger = logger;
        _timer = time.CreateTimer(
            static state => ((Heartbeats)state!).Beat(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins, or goes on, as a member of a generation.</summary>
    /// <param name="state">The member.</param>
    public void Start(MemberState state)
    {
        Volatile.Write(ref _state, state);
        _timer.Change(_settings.HeartbeatInterval, _settings.HeartbeatInterval);
    }

    /// <summary>Pauses, while a join speaks for the member.</summary>
    public void Pause()
    {
        Volatile.Write(ref _state, null);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends one soon, out of turn: something seems to have happened.</summary>
    public void BeatSoon() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc />
    public void Execute() => Beat();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Volatile.Write(ref _state, null);
        return _timer.DisposeAsync();
    }

    // One at a time; one that is asked for while another is under way follows it, since that one may have been answered too early.
    private void Beat()
    {
        if (Interlocked.Increment(ref _wanted) == 1)
        {
            _ = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        int wanted;
        do
        {
            wanted = Volatile.Read(ref _wanted);
            if (Volatile.Read(ref _state) is { } state)
            {
                await BeatAsync(state).ConfigureAwait(false);
            }
        }
        while (Interlocked.CompareExchange(ref _wanted, 0, wanted) != wanted);
    }

    private async Task BeatAsync(MemberState state)
    {
        try
        {
            var request = new HeartbeatRequest(_settings.GroupId, state.MemberId, _settings.InstanceId, state.Generation);
            Tell(await _coordinator.HeartbeatAsync(request, CancellationToken.None).ConfigureAwait(false), state);
        }
#pragma warning disable CA1031 // The next one comes in a moment; the session bounds how long this may go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            EmbeddedConsumerLog.HeartbeatFailed(_logger, _settings.GroupId, state.MemberId, exception);
        }
    }

    private void Tell(GroupError error, MemberState state)
    {
        if (error == GroupError.RebalanceInProgress)
        {
            _signals.Rejoin(state, "the group is rebalancing");
        }
        else if (error != GroupError.None && !error.IsRetriable())
        {
            _signals.Lose(state, error);
        }
    }
}

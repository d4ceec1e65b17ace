namespace Streams.Hosting.Lifecycle;

/// <summary>Where the host's life stands, and why the start failed where it did. Written by the hosted service; read by anybody.</summary>
internal sealed class HostState
{
    private volatile HostPhase _phase;
    private volatile Exception? _failure;

    /// <summary>Gets the phase.</summary>
    public HostPhase Phase => _phase;

    /// <summary>Gets why the start failed, or <see langword="null"/>.</summary>
    public Exception? Failure => _failure;

    /// <summary>Goes on to a later phase.</summary>
    public void Enter(HostPhase next)
    {
        Invariant.Holds(next > _phase, "A host's life goes forward only.");
        _phase = next;
    }

    /// <summary>Ends the start.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        _phase = HostPhase.Failed;
    }

    /// <summary>Ends the life, however far it came.</summary>
    public void End() => _phase = HostPhase.Stopped;
}

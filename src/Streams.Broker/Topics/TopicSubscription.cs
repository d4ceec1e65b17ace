namespace Streams.Broker.Topics;

/// <summary>Ends a subscription once, when it is disposed. Thread-safe.</summary>
internal sealed class TopicSubscription(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

using System.Threading.Tasks.Sources;

namespace Streams.Runtime.Tests.Steady;

/// <summary>A call that ends when the test says so, without an allocation.</summary>
internal sealed class SteadyCall : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    public ValueTask Begin()
    {
        _core.Reset();
        return new(this, _core.Version);
    }

    public void End() => _core.SetResult(true);

    public void GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}

using Microsoft.Extensions.Logging;

namespace Streams.Hosting.Tests;

/// <summary>A log that tells when an event is logged, so that nobody needs to sleep until it is.</summary>
internal sealed class EventWaiter(int eventId) : ILoggerProvider, ILogger
{
    private readonly TaskCompletionSource<string> _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the text of the first such event.</summary>
    public Task<string> Logged => _logged.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose() => _logged.TrySetCanceled();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId logged, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logged.Id == eventId)
        {
            _logged.TrySetResult(formatter(state, exception));
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Streams.Storage.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLoggers : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Message)> _lines = new();

    /// <summary>Gets all lines so far.</summary>
    public IReadOnlyCollection<(int Id, LogLevel Level, string Message)> Lines => _lines;

    /// <summary>Returns the messages of one event.</summary>
    public string[] Of(int id) => [.. _lines.Where(line => line.Id == id).Select(line => line.Message)];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
        // Nothing is held.
    }
}

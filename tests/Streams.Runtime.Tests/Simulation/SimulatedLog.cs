using Microsoft.Extensions.Logging;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>
/// Listens for the moments in which an assignment and a seek take effect, which their callers cannot see, and for failures of the group.
/// </summary>
internal sealed class SimulatedLog(SimulatedBroker broker) : ILogger, ILoggerFactory
{
    private const int Assigned = 2500;
    private const int GroupFailed = 2504;
    private const int Sought = 2509;

    public Exception? Failure { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == GroupFailed)
        {
            Failure = exception;
        }
        else if (eventId.Id == Assigned)
        {
            broker.Member!.Adopt();
        }
        else if (eventId.Id == Sought && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            var partition = (TopicPartition)values.First(value => value.Key == "Partition").Value!;
            broker.Model.BeginAt(broker.Find(partition), (long)values.First(value => value.Key == "Offset").Value!);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

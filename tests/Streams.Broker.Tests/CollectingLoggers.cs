using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Streams.Broker.Tests;

/// <summary>Loggers that all write into one collector.</summary>
internal sealed class CollectingLoggers(FakeLogCollector collector) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => new FakeLogger(collector, categoryName);

    public void Dispose()
    {
    }
}

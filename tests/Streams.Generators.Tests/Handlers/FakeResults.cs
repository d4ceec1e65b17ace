namespace Streams.Generators.Tests.Handlers;

/// <summary>Keeps what was produced; can make every acknowledgement wait.</summary>
internal sealed class FakeResults : HandlerResults
{
    public List<object?> Produced { get; } = [];

    /// <summary>Gets or sets what the next acknowledgement waits for.</summary>
    public Task Acknowledged { get; set; } = Task.CompletedTask;

    public override ValueTask ProduceAsync<T>(T? message, CancellationToken cancellationToken)
        where T : default
    {
        Produced.Add(message);
        return new ValueTask(Acknowledged);
    }
}

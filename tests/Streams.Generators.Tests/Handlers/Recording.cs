namespace Streams.Generators.Tests.Handlers;

/// <summary>Keeps what handlers were called with.</summary>
public sealed class Recording
{
    public List<object?> Calls { get; } = [];
}

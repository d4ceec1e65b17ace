namespace Streams.Generators.Tests.Handlers;

/// <summary>One class per way to return messages; what they return is set by the test.</summary>
[ConsumerGroup("returning.one")]
public sealed class ReturningOne(Placed? returned)
{
    public Placed? Handle(Placed order) => returned;

    public async Task<Placed?> HandleAsync(Shipped shipped)
    {
        await Task.Yield();
        return returned;
    }

    public ValueTask<Placed?> HandleAsync(Measured measured) => new(returned);
}

[ConsumerGroup("returning.values")]
public sealed class ReturningValues(Measured? returned)
{
    public Measured? Handle(Placed order) => returned;

    public async Task<Measured?> HandleAsync(Shipped shipped)
    {
        await Task.Yield();
        return returned;
    }

    public ValueTask<Measured> HandleAsync(Measured measured) => new(measured);
}

[ConsumerGroup("returning.many")]
public sealed class ReturningMany(Placed?[]? returned)
{
    public IEnumerable<Placed?>? Handle(Placed order) => returned;

    public async Task<List<Placed?>?> HandleAsync(Shipped shipped)
    {
        await Task.Yield();
        return returned?.ToList();
    }

    public ValueTask<Placed?[]?> HandleAsync(Measured measured) => new(returned);

    public async IAsyncEnumerable<Placed?> HandleAsync(Größe größe)
    {
        foreach (var message in returned ?? [])
        {
            await Task.Yield();
            yield return message;
        }
    }
}

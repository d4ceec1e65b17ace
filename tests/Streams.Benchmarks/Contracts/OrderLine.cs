using MessagePack;

namespace Streams.Benchmarks.Contracts;

/// <summary>A line of an <see cref="Order"/>.</summary>
[MessagePackObject]
public sealed partial record OrderLine(
    [property: Key(0)] string Article, [property: Key(1)] int Count, [property: Key(2)] decimal Price, [property: Key(3)] string? Note);

using MessagePack;

namespace Streams.Benchmarks.Contracts;

/// <summary>A nested message with a list and a dictionary.</summary>
[MessagePackObject, Message("codec.orders")]
public sealed partial record Order(
    [property: Key(0)] Guid Id,
    [property: Key(1)] string Customer,
    [property: Key(2)] DateTimeOffset At,
    [property: Key(3)] List<OrderLine> Lines,
    [property: Key(4)] Dictionary<string, string> Labels)
{
    /// <summary>Makes one.</summary>
    public static Order Create(int lines) => new(
        new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        "A customer of some years",
        DateTimeOffset.UnixEpoch.AddYears(55),
        [.. Enumerable.Range(0, lines).Select(Line)],
        new() { ["channel"] = "web", ["country"] = "NL" });

    private static OrderLine Line(int number)
        => new($"article {number}", number, number * 1.25m, number % 3 == 0 ? "fragile" : null);
}

using MessagePack;

namespace Streams.Benchmarks.Contracts;

/// <summary>What most messages are: an id, a text, numbers and a time.</summary>
[MessagePackObject, Message("codec.readings")]
public sealed partial record Reading(
    [property: Key(0)] Guid Id,
    [property: Key(1)] string Site,
    [property: Key(2)] int Sensor,
    [property: Key(3)] double Value,
    [property: Key(4)] DateTime At,
    [property: Key(5)] bool IsValid);

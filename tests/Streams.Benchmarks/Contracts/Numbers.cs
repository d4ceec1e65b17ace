using MessagePack;

namespace Streams.Benchmarks.Contracts;

/// <summary>Three integers.</summary>
[MessagePackObject, Message("codec.numbers")]
public sealed partial record Numbers([property: Key(0)] int A, [property: Key(1)] int B, [property: Key(2)] long C);

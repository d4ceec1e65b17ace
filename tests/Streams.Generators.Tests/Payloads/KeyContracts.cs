namespace Streams.Generators.Tests.Payloads;

[Message("keys")]
public partial record TextKeyed([PartitionKey] string Key);

[Message("keys")]
public partial record GuidKeyed([PartitionKey] Guid Key);

[Message("keys")]
public partial record BytesKeyed([PartitionKey] byte[] Key);

[Message("keys")]
public partial record MemoryKeyed([PartitionKey] ReadOnlyMemory<byte> Key);

[Message("keys")]
public partial record SByteKeyed([PartitionKey] sbyte Key);

[Message("keys")]
public partial record ByteKeyed([PartitionKey] byte Key);

[Message("keys")]
public partial record Int16Keyed([PartitionKey] short Key);

[Message("keys")]
public partial record UInt16Keyed([PartitionKey] ushort Key);

[Message("keys")]
public partial record Int32Keyed([PartitionKey] int Key);

[Message("keys")]
public partial record UInt32Keyed([PartitionKey] uint Key);

[Message("keys")]
public partial record Int64Keyed([PartitionKey] long Key);

[Message("keys")]
public partial record UInt64Keyed([PartitionKey] ulong Key);

[Message("keys")]
public partial record EnumKeyed([PartitionKey] DayOfWeek Key);

public readonly record struct Wrapper(int Value);

[Message("keys")]
public partial record WrappedKeyed([PartitionKey] Wrapper Key);

[Message("keys", Unkeyed = Unkeyed.RoundRobin)]
public partial record OptionalKeyed([PartitionKey] int? Key);

[Message("keys", Unkeyed = Unkeyed.RoundRobin)]
public partial record OptionalWrappedKeyed([PartitionKey] Wrapper? Key);

[Message("keys")]
public partial record CompositeKeyed(
    [PartitionKey(Order = 1)] int Sensor,
    [PartitionKey(Order = 0)] string Site,
    [PartitionKey(Order = 2)] Guid Id,
    [PartitionKey(Order = 3)] long? Maybe,
    [PartitionKey(Order = 4)] byte[] Bytes);

[Message("keys")]
public partial record ComputedKeyed(string First, string Second)
{
    [PartitionKey]
    public string Both => First + "/" + Second;
}

public record KeyedBase([PartitionKey] int Key);

[Message("keys")]
public partial record DerivedKeyed(int Key, int More) : KeyedBase(Key);

[Message("described.{Environment}", Name = "wire", Partitions = 3, Ordered = true, Compacted = true, Retention = "36h",
    Unkeyed = Unkeyed.Sticky, Default = true, Partitioner = typeof(ByNumber))]
public partial record Described([PartitionKey] int Number);

public sealed class ByNumber : IPartitioner<Described>
{
    int IPartitioner<Described>.Partition(Described message, ReadOnlySpan<byte> key, int partitionCount) => message.Number % partitionCount;
}

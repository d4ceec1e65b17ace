using MessagePack;

namespace Streams.Generators.Tests.Corpus;

public enum ByteEnum : byte
{
    None,
    Some = 200,
}

public enum LongEnum : long
{
    Least = long.MinValue,
    None = 0,
    Most = long.MaxValue,
}

[Message("corpus"), MessagePackObject]
public partial record OfBool(
    [property: Key(0)] bool Plain,
    [property: Key(1)] bool? Nullable,
    [property: Key(2)] bool[] Array,
    [property: Key(3)] List<bool?>? List,
    [property: Key(4)] Dictionary<string, bool>? Map,
    [property: Key(5)] IReadOnlyList<bool>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfSbyte(
    [property: Key(0)] sbyte Plain,
    [property: Key(1)] sbyte? Nullable,
    [property: Key(2)] sbyte[] Array,
    [property: Key(3)] List<sbyte?>? List,
    [property: Key(4)] Dictionary<string, sbyte>? Map,
    [property: Key(5)] IReadOnlyList<sbyte>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfByte(
    [property: Key(0)] byte Plain,
    [property: Key(1)] byte? Nullable,
    [property: Key(2)] byte[] Array,
    [property: Key(3)] List<byte?>? List,
    [property: Key(4)] Dictionary<string, byte>? Map,
    [property: Key(5)] IReadOnlyList<byte>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfShort(
    [property: Key(0)] short Plain,
    [property: Key(1)] short? Nullable,
    [property: Key(2)] short[] Array,
    [property: Key(3)] List<short?>? List,
    [property: Key(4)] Dictionary<string, short>? Map,
    [property: Key(5)] IReadOnlyList<short>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfUshort(
    [property: Key(0)] ushort Plain,
    [property: Key(1)] ushort? Nullable,
    [property: Key(2)] ushort[] Array,
    [property: Key(3)] List<ushort?>? List,
    [property: Key(4)] Dictionary<string, ushort>? Map,
    [property: Key(5)] IReadOnlyList<ushort>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfInt(
    [property: Key(0)] int Plain,
    [property: Key(1)] int? Nullable,
    [property: Key(2)] int[] Array,
    [property: Key(3)] List<int?>? List,
    [property: Key(4)] Dictionary<string, int>? Map,
    [property: Key(5)] IReadOnlyList<int>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfUint(
    [property: Key(0)] uint Plain,
    [property: Key(1)] uint? Nullable,
    [property: Key(2)] uint[] Array,
    [property: Key(3)] List<uint?>? List,
    [property: Key(4)] Dictionary<string, uint>? Map,
    [property: Key(5)] IReadOnlyList<uint>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfLong(
    [property: Key(0)] long Plain,
    [property: Key(1)] long? Nullable,
    [property: Key(2)] long[] Array,
    [property: Key(3)] List<long?>? List,
    [property: Key(4)] Dictionary<string, long>? Map,
    [property: Key(5)] IReadOnlyList<long>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfUlong(
    [property: Key(0)] ulong Plain,
    [property: Key(1)] ulong? Nullable,
    [property: Key(2)] ulong[] Array,
    [property: Key(3)] List<ulong?>? List,
    [property: Key(4)] Dictionary<string, ulong>? Map,
    [property: Key(5)] IReadOnlyList<ulong>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfFloat(
    [property: Key(0)] float Plain,
    [property: Key(1)] float? Nullable,
    [property: Key(2)] float[] Array,
    [property: Key(3)] List<float?>? List,
    [property: Key(4)] Dictionary<string, float>? Map,
    [property: Key(5)] IReadOnlyList<float>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDouble(
    [property: Key(0)] double Plain,
    [property: Key(1)] double? Nullable,
    [property: Key(2)] double[] Array,
    [property: Key(3)] List<double?>? List,
    [property: Key(4)] Dictionary<string, double>? Map,
    [property: Key(5)] IReadOnlyList<double>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfHalf(
    [property: Key(0)] Half Plain,
    [property: Key(1)] Half? Nullable,
    [property: Key(2)] Half[] Array,
    [property: Key(3)] List<Half?>? List,
    [property: Key(4)] Dictionary<string, Half>? Map,
    [property: Key(5)] IReadOnlyList<Half>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfChar(
    [property: Key(0)] char Plain,
    [property: Key(1)] char? Nullable,
    [property: Key(2)] char[] Array,
    [property: Key(3)] List<char?>? List,
    [property: Key(4)] Dictionary<string, char>? Map,
    [property: Key(5)] IReadOnlyList<char>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfString(
    [property: Key(0)] string Plain,
    [property: Key(1)] string? Nullable,
    [property: Key(2)] string[] Array,
    [property: Key(3)] List<string?>? List,
    [property: Key(4)] Dictionary<string, string>? Map,
    [property: Key(5)] IReadOnlyList<string>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDecimal(
    [property: Key(0)] decimal Plain,
    [property: Key(1)] decimal? Nullable,
    [property: Key(2)] decimal[] Array,
    [property: Key(3)] List<decimal?>? List,
    [property: Key(4)] Dictionary<string, decimal>? Map,
    [property: Key(5)] IReadOnlyList<decimal>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfGuid(
    [property: Key(0)] Guid Plain,
    [property: Key(1)] Guid? Nullable,
    [property: Key(2)] Guid[] Array,
    [property: Key(3)] List<Guid?>? List,
    [property: Key(4)] Dictionary<string, Guid>? Map,
    [property: Key(5)] IReadOnlyList<Guid>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDateTime(
    [property: Key(0)] DateTime Plain,
    [property: Key(1)] DateTime? Nullable,
    [property: Key(2)] DateTime[] Array,
    [property: Key(3)] List<DateTime?>? List,
    [property: Key(4)] Dictionary<string, DateTime>? Map,
    [property: Key(5)] IReadOnlyList<DateTime>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDateTimeOffset(
    [property: Key(0)] DateTimeOffset Plain,
    [property: Key(1)] DateTimeOffset? Nullable,
    [property: Key(2)] DateTimeOffset[] Array,
    [property: Key(3)] List<DateTimeOffset?>? List,
    [property: Key(4)] Dictionary<string, DateTimeOffset>? Map,
    [property: Key(5)] IReadOnlyList<DateTimeOffset>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfTimeSpan(
    [property: Key(0)] TimeSpan Plain,
    [property: Key(1)] TimeSpan? Nullable,
    [property: Key(2)] TimeSpan[] Array,
    [property: Key(3)] List<TimeSpan?>? List,
    [property: Key(4)] Dictionary<string, TimeSpan>? Map,
    [property: Key(5)] IReadOnlyList<TimeSpan>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDateOnly(
    [property: Key(0)] DateOnly Plain,
    [property: Key(1)] DateOnly? Nullable,
    [property: Key(2)] DateOnly[] Array,
    [property: Key(3)] List<DateOnly?>? List,
    [property: Key(4)] Dictionary<string, DateOnly>? Map,
    [property: Key(5)] IReadOnlyList<DateOnly>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfTimeOnly(
    [property: Key(0)] TimeOnly Plain,
    [property: Key(1)] TimeOnly? Nullable,
    [property: Key(2)] TimeOnly[] Array,
    [property: Key(3)] List<TimeOnly?>? List,
    [property: Key(4)] Dictionary<string, TimeOnly>? Map,
    [property: Key(5)] IReadOnlyList<TimeOnly>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfUri(
    [property: Key(0)] Uri Plain,
    [property: Key(1)] Uri? Nullable,
    [property: Key(2)] Uri[] Array,
    [property: Key(3)] List<Uri?>? List,
    [property: Key(4)] Dictionary<string, Uri>? Map,
    [property: Key(5)] IReadOnlyList<Uri>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfVersion(
    [property: Key(0)] Version Plain,
    [property: Key(1)] Version? Nullable,
    [property: Key(2)] Version[] Array,
    [property: Key(3)] List<Version?>? List,
    [property: Key(4)] Dictionary<string, Version>? Map,
    [property: Key(5)] IReadOnlyList<Version>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfDayOfWeek(
    [property: Key(0)] DayOfWeek Plain,
    [property: Key(1)] DayOfWeek? Nullable,
    [property: Key(2)] DayOfWeek[] Array,
    [property: Key(3)] List<DayOfWeek?>? List,
    [property: Key(4)] Dictionary<string, DayOfWeek>? Map,
    [property: Key(5)] IReadOnlyList<DayOfWeek>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfByteEnum(
    [property: Key(0)] ByteEnum Plain,
    [property: Key(1)] ByteEnum? Nullable,
    [property: Key(2)] ByteEnum[] Array,
    [property: Key(3)] List<ByteEnum?>? List,
    [property: Key(4)] Dictionary<string, ByteEnum>? Map,
    [property: Key(5)] IReadOnlyList<ByteEnum>? Read);

[Message("corpus"), MessagePackObject]
public partial record OfLongEnum(
    [property: Key(0)] LongEnum Plain,
    [property: Key(1)] LongEnum? Nullable,
    [property: Key(2)] LongEnum[] Array,
    [property: Key(3)] List<LongEnum?>? List,
    [property: Key(4)] Dictionary<string, LongEnum>? Map,
    [property: Key(5)] IReadOnlyList<LongEnum>? Read);

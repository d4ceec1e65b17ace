using Streams.Protocol.Records;

namespace Streams.Protocol.Tests.Golden;

/// <summary>A record batch as Kafka wrote it.</summary>
internal sealed record GoldenBatch(
    string Name, RecordBatchProperties Properties, long LastOffset, long MaxTimestamp, uint Crc, byte[] Bytes,
        IReadOnlyList<PlainRecord> Records)
{
    public static IReadOnlyList<GoldenBatch> All { get; } = [.. GoldenFile.Read("batches").Select((line, index) => new GoldenBatch(
        $"{index} {line.Text("kind")} {line.Text("codec")} {line.Text("timestampType")}",
        new()
        {
            Codec = Enum.Parse<CompressionCodec>(line.Text("codec")!, ignoreCase: true),
            BaseOffset = line.Number("baseOffset"),
            LeaderEpoch = line.Int("partitionLeaderEpoch"),
            ProducerId = line.Number("producerId"),
            ProducerEpoch = (short)line.Int("producerEpoch"),
            BaseSequence = line.Int("baseSequence"),
            IsTransactional = line.Flag("transactional"),
            IsControl = line.Flag("control"),
            AppendTime = line.Text("timestampType") == "LogAppendTime" ? line.Number("maxTimestamp") : null,
        },
        line.Number("lastOffset"),
        line.Number("maxTimestamp"),
        line.GetProperty("crc").GetUInt32(),
        line.Hex("hex"),
        [.. line.GetProperty("records").EnumerateArray().Select(record => new PlainRecord(
            record.Number("offset"),
            record.Number("timestamp"),
            record.NullableHex("key"),
            record.NullableHex("value"),
            [.. record.GetProperty("headers").EnumerateArray().Select(header => (header.Text("key")!, header.NullableHex("value")))]))]))];

    public static TheoryData<int> Indexes(Func<GoldenBatch, bool> which)
        => [.. Enumerable.Range(0, All.Count).Where(index => which(All[index]))];

    public override string ToString() => Name;
}

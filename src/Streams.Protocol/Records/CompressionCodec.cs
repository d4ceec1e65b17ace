namespace Streams.Protocol.Records;

/// <summary>How the records of a batch are compressed, by Kafka's ids: the lowest three bits of the attributes.</summary>
internal enum CompressionCodec : byte
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}

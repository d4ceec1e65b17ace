namespace Streams.Transport;

/// <summary>What a partition holds.</summary>
/// <param name="Start">The first offset.</param>
/// <param name="End">The high watermark: one past the last offset a consumer may see.</param>
public readonly record struct OffsetRange(long Start, long End);

namespace Streams.Storage.Tests;

/// <summary>A record as text.</summary>
internal sealed record TestRecord(string? Key, string? Value, long Timestamp = 1_000, long Offset = -1, string? Header = null);

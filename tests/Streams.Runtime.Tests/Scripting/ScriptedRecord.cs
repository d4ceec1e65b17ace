namespace Streams.Runtime.Tests.Scripting;

/// <summary>A record of a scripted partition.</summary>
internal sealed record ScriptedRecord(long Offset, string? Key, byte[]? Value, RecordHeaders Headers);

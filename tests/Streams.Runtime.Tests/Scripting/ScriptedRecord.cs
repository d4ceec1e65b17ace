namespace Streams.Runtime.Tests.Scripting;

/// <summary>A record of a scripted partition.</summary>
internal sealed record ScriptedRecord(long Offset, string? Key, byte[]? Value, RecordHeaders Headers)
{
    /// <summary>Gets a value indicating whether a handler must have seen it before a commit may pass it.</summary>
    public bool IsForHandlers { get; init; } = true;
}

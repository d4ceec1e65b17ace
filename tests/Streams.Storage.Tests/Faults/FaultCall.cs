namespace Streams.Storage.Tests.Faults;

/// <summary>A call that changes the disk.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Path">To what: the target of a move.</param>
internal readonly record struct FaultCall(int Number, FaultCallKind Kind, string Path)
{
    /// <summary>Whether it is about a file with that ending.</summary>
    public bool Is(FaultCallKind kind, string ending) => Kind == kind && Path.EndsWith(ending, StringComparison.Ordinal);
}

using Streams.Transport;

namespace Streams.Runtime.Commits;

/// <summary>One lease whose offsets are committed. Thread-safe.</summary>
internal interface ICommitSource
{
    /// <summary>Gets the lease.</summary>
    Lease Lease { get; }

    /// <summary>Gets the next offset to be handed out; no commit goes past it.</summary>
    long Position { get; }

    /// <summary>Gets the offset below which every delivered record is completed.</summary>
    long Watermark { get; }

    /// <summary>Returns the watermark for a commit. Whatever completes after this call asks for a commit again.</summary>
    long TakeWatermark();
}

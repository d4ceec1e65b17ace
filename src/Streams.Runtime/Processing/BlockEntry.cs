using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>A block a worker holds: how far it is handed out, and how many of its records are with handlers. Guarded by the worker's lock.</summary>
internal sealed class BlockEntry(RecordBlock block)
{
    private bool _isReleased;

    /// <summary>Gets the records.</summary>
    public RecordBlock Block { get; } = block;

    /// <summary>Gets or sets the index of the next record to hand out.</summary>
    public int Next { get; set; }

    /// <summary>Gets or sets how many walks or records need the bytes.</summary>
    public int Users { get; set; }

    /// <summary>Gets or sets a value indicating whether nothing more is handed out from it.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Gives the block back once nothing is handed out from it any more and nobody needs its bytes.</summary>
    public void ReleaseIfDone()
    {
        if (IsClosed && Users == 0 && !_isReleased)
        {
            _isReleased = true;
            Block.Release();
        }
    }
}

using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Compaction;

/// <summary>Writes a new segment beside those it will replace. Not thread-safe.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly SegmentContext _context;
    private readonly ILogFile _file;
    private readonly SegmentIndex _index;
    private readonly PooledBuffer _buffer = new(CompactionLimits.WriteBytes, int.MaxValue);
    private long _written;
    private bool _committed;

    public SegmentWriter(SegmentContext context, long baseOffset)
    {
        _context = context;
        BaseOffset = baseOffset;
        _index = new(baseOffset);
        _file = context.Files.Open(PathOf(SegmentFiles.Log + SegmentFiles.CleanedSuffix), FileOpening.Create);
    }

    /// <summary>Gets the offset it begins with.</summary>
    public long BaseOffset { get; }

    /// <summary>Gets its bytes.</summary>
    public long Size => _written + _buffer.WrittenCount;

    /// <summary>Gets a value indicating whether a commit that failed has left a swap file, which the next start would take for a whole one.</summary>
    public bool IsSwapLeft => !_committed && _context.Files.FileExists(PathOf(SegmentFiles.Log + SegmentFiles.SwapSuffix));

    /// <summary>Appends a batch.</summary>
    public void Append(ReadOnlySpan<byte> batch)
    {
        _index.Add(RecordBatchHeader.Read(batch), Size, _context.IndexIntervalBytes);
        _buffer.Write(batch);
        if (_buffer.WrittenCount >= CompactionLimits.WriteBytes)
        {
            WriteOut();
        }
    }

    /// <summary>Makes it durable under the names that survive a crash: from here on it replaces the segments it covers.</summary>
    public void Commit()
    {
        try
        {
            WriteOut();
            _file.Sync();
            _index.Write(_context.Files, _context.Directory, SegmentFiles.CleanedSuffix);
            Rename(SegmentFiles.OffsetIndex, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
            Rename(SegmentFiles.TimeIndex, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
            Rename(SegmentFiles.Log, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
            _context.Files.SyncDirectory(_context.Directory);
            _committed = true;
        }
        catch (StreamsException)
        {
            // A swap file that stayed would take the place of segments that have changed since.
            DeleteFiles(SegmentFiles.SwapSuffix);
            throw;
        }
    }

    /// <summary>Gives the files their final names, after those it covers are gone or replaced by it.</summary>
    public LogSegment Publish()
    {
        Rename(SegmentFiles.OffsetIndex, SegmentFiles.SwapSuffix, "");
        Rename(SegmentFiles.TimeIndex, SegmentFiles.SwapSuffix, "");
        Rename(SegmentFiles.Log, SegmentFiles.SwapSuffix, "");
        _context.Files.SyncDirectory(_context.Directory);
        return new(_context, BaseOffset, _written);
    }

    /// <summary>Lets go of everything. What was not committed is deleted, for it takes room.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _buffer.Dispose();
        if (_committed)
        {
            return;
        }

        try
        {
            DeleteFiles(SegmentFiles.CleanedSuffix);
        }
        catch (StreamsException error)
        {
            // The next start deletes it.
            SegmentLog.LeftBehind(_context.Logger, error, PathOf(SegmentFiles.Log + SegmentFiles.CleanedSuffix));
        }
    }

    private void DeleteFiles(string suffix)
    {
        _context.Files.DeleteFile(PathOf(SegmentFiles.Log + suffix));
        _context.Files.DeleteFile(PathOf(SegmentFiles.OffsetIndex + suffix));
        _context.Files.DeleteFile(PathOf(SegmentFiles.TimeIndex + suffix));
    }

    private void WriteOut()
    {
        _file.Write(_buffer.WrittenSpan, _written);
        _written += _buffer.WrittenCount;
        _buffer.Clear();
    }

    private void Rename(string suffix, string from, string to) => _context.Files.Move(PathOf(suffix + from), PathOf(suffix + to));

    private string PathOf(string suffix) => _context.PathOf(BaseOffset, suffix);
}

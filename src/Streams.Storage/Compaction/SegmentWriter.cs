using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Compaction;

/// <summary>Writes a new segment beside those it will replace. Not thread-safe.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly int _indexIntervalBytes;
    private readonly ILogFile _file;
    private readonly SegmentIndex _index;
    private readonly PooledBuffer _buffer = new(CompactionLimits.WriteBytes, int.MaxValue);
    private long _written;

    public SegmentWriter(IFileSystem files, string directory, long baseOffset, int indexIntervalBytes)
    {
        _files = files;
        _directory = directory;
        _indexIntervalBytes = indexIntervalBytes;
        BaseOffset = baseOffset;
        _index = new(baseOffset);
        _file = files.Open(PathOf(SegmentFiles.Log + SegmentFiles.CleanedSuffix), FileOpening.Create);
    }

    /// <summary>Gets the offset it begins with.</summary>
    public long BaseOffset { get; }

    /// <summary>Gets its bytes.</summary>
    public long Size => _written + _buffer.WrittenCount;

    /// <summary>Appends a batch.</summary>
    public void Append(ReadOnlySpan<byte> batch)
    {
        _index.Add(RecordBatchHeader.Read(batch), Size, _indexIntervalBytes);
        _buffer.Write(batch);
        if (_buffer.WrittenCount >= CompactionLimits.WriteBytes)
        {
            WriteOut();
        }
    }

    /// <summary>Makes it durable under the names that survive a crash: from here on it replaces the segments it covers.</summary>
    public void Commit()
    {
        WriteOut();
        _file.Sync();
        _index.Write(_files, _directory, SegmentFiles.CleanedSuffix, sync: true);
        Rename(SegmentFiles.OffsetIndex, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
        Rename(SegmentFiles.TimeIndex, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
        Rename(SegmentFiles.Log, SegmentFiles.CleanedSuffix, SegmentFiles.SwapSuffix);
        _files.SyncDirectory(_directory);
    }

    /// <summary>Gives the files their final names, after those it covers are gone or replaced by it.</summary>
    public LogSegment Publish()
    {
        Rename(SegmentFiles.OffsetIndex, SegmentFiles.SwapSuffix, "");
        Rename(SegmentFiles.TimeIndex, SegmentFiles.SwapSuffix, "");
        Rename(SegmentFiles.Log, SegmentFiles.SwapSuffix, "");
        _files.SyncDirectory(_directory);
        return new(_files, _directory, BaseOffset, _written, _indexIntervalBytes);
    }

    public void Dispose()
    {
        _file.Dispose();
        _buffer.Dispose();
    }

    private void WriteOut()
    {
        _file.Write(_buffer.WrittenSpan, _written);
        _written += _buffer.WrittenCount;
        _buffer.Clear();
    }

    private void Rename(string suffix, string from, string to) => _files.Move(PathOf(suffix + from), PathOf(suffix + to));

    private string PathOf(string suffix) => FilePath.Join(_directory, SegmentFiles.Name(BaseOffset, suffix));
}

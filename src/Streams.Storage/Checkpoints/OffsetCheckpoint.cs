using System.Globalization;
using System.Text;
using Streams.Storage.Files;

namespace Streams.Storage.Checkpoints;

/// <summary>
/// One of Kafka's checkpoint files, an offset for each partition: a version, a count, and lines of topic, partition and offset. Thread-safe.
/// </summary>
internal sealed class OffsetCheckpoint
{
    private const string Version = "0";

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<TopicPartition, long> _offsets = [];

    private OffsetCheckpoint(IFileSystem files, string path)
    {
        _files = files;
        _path = path;
    }

    /// <summary>Reads the file, where there is one.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="fault">What is wrong with its content, which then counts as empty; otherwise <see langword="null"/>.</param>
    public static OffsetCheckpoint Open(IFileSystem files, string path, out string? fault)
    {
        var checkpoint = new OffsetCheckpoint(files, path);
        var bytes = AtomicFile.Read(files, path);
        fault = bytes is null ? null : checkpoint.Parse(Encoding.UTF8.GetString(bytes));
        if (fault is not null)
        {
            checkpoint._offsets.Clear();
        }

        return checkpoint;
    }

    /// <summary>Gets a partition's offset.</summary>
    public long? this[TopicPartition partition]
    {
        get
        {
            lock (_lock)
            {
                return _offsets.TryGetValue(partition, out var offset) ? offset : null;
            }
        }
    }

    /// <summary>Remembers an offset until the next <see cref="Save"/>; <see langword="null"/> forgets the partition.</summary>
    public void Set(TopicPartition partition, long? offset)
    {
        lock (_lock)
        {
            if (offset is { } value)
            {
                _offsets[partition] = value;
            }
            else
            {
                _offsets.Remove(partition);
            }
        }
    }

    /// <summary>Writes the file, durably and all at once.</summary>
    public void Save()
    {
        lock (_lock)
        {
            var text = new StringBuilder(Version).Append('\n').Append(CultureInfo.InvariantCulture, $"{_offsets.Count}\n");
            foreach (var (partition, offset) in _offsets)
            {
                text.Append(CultureInfo.InvariantCulture, $"{partition.Topic} {partition.Partition} {offset}\n");
            }

            AtomicFile.Write(_files, _path, Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    private string? Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2
            || lines[0].Trim() != Version
            || !int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return $"found no version {Version} and no count in its first two lines";
        }

        if (count != lines.Length - 2)
        {
            return $"found {lines.Length - 2} entries, expected {count}";
        }

        foreach (var line in lines[2..])
        {
            var parts = line.Trim().Split(' ');
            if (parts.Length != 3
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            {
                return $"found the line '{line}', expected topic, partition and offset";
            }

            _offsets[new(parts[0], partition)] = offset;
        }

        return null;
    }
}

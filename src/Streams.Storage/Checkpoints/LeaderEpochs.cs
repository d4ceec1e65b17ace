using System.Globalization;
using System.Text;
using Streams.Storage.Files;

namespace Streams.Storage.Checkpoints;

/// <summary>
/// Kafka's <c>leader-epoch-checkpoint</c> of one partition: which epoch began at which offset. A new epoch after an unclean stop tells consumers
/// that the end of the log may have moved back (KIP-320).
/// </summary>
internal sealed class LeaderEpochs
{
    private const string Name = "leader-epoch-checkpoint";
    private const string Version = "0";

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly List<(int Epoch, long StartOffset)> _entries = [];

    private LeaderEpochs(IFileSystem files, string directory)
    {
        _files = files;
        _path = FilePath.Join(directory, Name);
    }

    /// <summary>Gets the epoch in force; -1 before the first.</summary>
    public int Current => _entries.Count == 0 ? -1 : _entries[^1].Epoch;

    /// <summary>Reads the file; one that is missing or unreadable counts as empty.</summary>
    public static LeaderEpochs Open(IFileSystem files, string directory)
    {
        var epochs = new LeaderEpochs(files, directory);
        if (AtomicFile.Read(files, epochs._path) is { } bytes)
        {
            epochs.Parse(Encoding.UTF8.GetString(bytes));
        }

        return epochs;
    }

    /// <summary>Begins the next epoch at an offset, durably.</summary>
    /// <param name="startOffset">The end of the log.</param>
    /// <param name="epochMin">An epoch that was seen in the log itself, which the new one must not be below.</param>
    public void Begin(long startOffset, int epochMin)
    {
        var epoch = Math.Max(Current + 1, epochMin);
        _entries.RemoveAll(entry => entry.StartOffset >= startOffset);
        _entries.Add((epoch, startOffset));
        var text = new StringBuilder(Version).Append('\n').Append(CultureInfo.InvariantCulture, $"{_entries.Count}\n");
        foreach (var (number, start) in _entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{number} {start}\n");
        }

        AtomicFile.Write(_files, _path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void Parse(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2))
        {
            var parts = line.Trim().Split(' ');
            if (parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                && epoch > Current)
            {
                _entries.Add((epoch, start));
            }
        }
    }
}

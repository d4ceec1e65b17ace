using System.Buffers.Text;
using System.Text;
using Streams.Storage.Files;

namespace Streams.Storage.Checkpoints;

/// <summary>Kafka's <c>partition.metadata</c>: the id of the topic a folder belongs to, so that a new topic never takes over an old one's records.</summary>
internal static class PartitionMetadata
{
    private const string Name = "partition.metadata";
    private const string VersionLine = "version: 0";
    private const string IdPrefix = "topic_id: ";

    /// <summary>Reads the topic's id; empty where the file is missing or unreadable.</summary>
    public static Guid Read(IFileSystem files, string directory)
    {
        var bytes = AtomicFile.Read(files, FilePath.Join(directory, Name));
        var line = bytes is null
            ? null
            : Encoding.UTF8.GetString(bytes).Split('\n').FirstOrDefault(line => line.StartsWith(IdPrefix, StringComparison.Ordinal));
        if (line is null)
        {
            return Guid.Empty;
        }

        var text = line.AsSpan(IdPrefix.Length).Trim();
        Span<byte> id = stackalloc byte[16];
        return Base64Url.IsValid(text, out var length) && length == id.Length && Base64Url.TryDecodeFromChars(text, id, out _)
            ? new(id, bigEndian: true)
            : Guid.Empty;
    }

    /// <summary>Writes it durably.</summary>
    public static void Write(IFileSystem files, string directory, Guid topicId)
    {
        Span<byte> id = stackalloc byte[16];
        topicId.TryWriteBytes(id, bigEndian: true, out _);
        var text = $"{VersionLine}\n{IdPrefix}{Base64Url.EncodeToString(id)}";
        AtomicFile.Write(files, FilePath.Join(directory, Name), Encoding.UTF8.GetBytes(text));
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Streams.Protocol.Primitives;
using Streams.Storage.Files;

namespace Streams.Broker.Topics;

/// <summary>
/// The file that keeps topics, their ids, partition counts and settings. One line <c>streams-topics VERSION CRC32C</c>, then JSON:
/// <code>{"topics":[{"name":"orders","id":"BASE64","partitions":12,"settings":{"retention.ms":"604800000"}}],"deleting":[...]}</code>
/// Written as a whole, synced and renamed into place. Not thread-safe; owned by the catalog.
/// </summary>
internal sealed class TopicCheckpoint(IFileSystem files, string path)
{
    public const string FileName = "topics.checkpoint";

    private const string Magic = "streams-topics";
    private const int Version = 1;

    /// <summary>Returns what the file says, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="StreamsException">Corrupt: the file is damaged, or of a version this program does not know.</exception>
    public TopicCheckpointModel? Read()
    {
        if (!files.FileExists(path))
        {
            return null;
        }

        using var file = files.Open(path, FileOpening.Read);
        var bytes = new byte[file.Length];
        var count = file.Read(bytes, 0);
        return Parse(bytes.AsMemory(0, count));
    }

    /// <summary>Replaces the file; durable when this returns.</summary>
    /// <exception cref="StreamsException">DiskFull, ReadOnlyDirectory, StorageFailed; the old file stands.</exception>
    public void Write(TopicCheckpointModel model)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            WriteTopics(json, "topics", model.Topics);
            WriteTopics(json, "deleting", model.Deleting);
            json.WriteEndObject();
        }

        var line = $"{Magic} {Version} {Crc32C.Compute(body.WrittenSpan):x8}\n";
        AtomicFile.Write(files, path, [.. Encoding.ASCII.GetBytes(line), .. body.WrittenSpan]);
    }

    private static void WriteTopics(Utf8JsonWriter json, string name, IReadOnlyList<TopicCheckpointEntry> topics)
    {
        json.WriteStartArray(name);
        foreach (var topic in topics)
        {
            json.WriteStartObject();
            json.WriteString("name", topic.Name);
            json.WriteString("id", TopicIds.Format(topic.Id));
            json.WriteNumber("partitions", topic.Partitions);
            json.WriteStartObject("settings");
            foreach (var (key, value) in topic.Settings)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private TopicCheckpointModel Parse(ReadOnlyMemory<byte> bytes)
    {
        var lineEnd = bytes.Span.IndexOf((byte)'\n');
        var words = lineEnd < 0 ? [] : Encoding.ASCII.GetString(bytes.Span[..lineEnd]).Split(' ');
        if (words is not [Magic, var version, var crc])
        {
            throw Damaged($"it does not begin with '{Magic} {Version} CHECKSUM'");
        }

        if (version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw Damaged($"it has version '{version}', this program knows {Version}");
        }

        var body = bytes[(lineEnd + 1)..];
        var expected = Crc32C.Compute(body.Span).ToString("x8", CultureInfo.InvariantCulture);
        if (crc != expected)
        {
            throw Damaged($"its checksum is wrong: found {crc}, expected {expected}");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return new(ReadTopics(json.RootElement.GetProperty("topics")), ReadTopics(json.RootElement.GetProperty("deleting")));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(error.Message, error);
        }
    }

    private List<TopicCheckpointEntry> ReadTopics(JsonElement topics)
        => [.. topics.EnumerateArray().Select(topic => new TopicCheckpointEntry(
            topic.GetProperty("name").GetString()!,
            TopicIds.TryParse(topic.GetProperty("id").GetString()!, out var id) ? id
                : throw Damaged($"'{topic.GetProperty("id")}' is no topic id"),
            topic.GetProperty("partitions").GetInt32(),
            topic.GetProperty("settings").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!)))];

    private StreamsException Damaged(string fault, Exception? cause = null)
        => new(
            $"The topics in '{path}' cannot be read: {fault}. Restore the file from a backup; or move it away, and the topics are "
            + "found again "
            + "from their folders, without their settings.",
            cause)
        {
            Code = StreamsErrorCode.Corrupt,
        };
}

using System.Formats.Tar;
using System.IO.Compression;
using Streams.Storage.Checkpoints;
using Streams.Storage.Files;

namespace Streams.Storage.Tests.Golden;

/// <summary>The data directory that Kafka has written, on a file system of a test.</summary>
internal sealed class GoldenDirectory : IAsyncDisposable
{
    public const string Path = "kafka";

    public GoldenDirectory(IFileSystem files)
    {
        Files = files;
        files.CreateDirectory(Path);
        Extract(files);
        Store = LogStore.Open(files, Path, TimeProvider.System, Loggers);
    }

    public IFileSystem Files { get; }

    public TestLoggers Loggers { get; } = new();

    public LogStore Store { get; private set; }

    public SegmentedLog Open(TopicPartition partition, int indexIntervalBytes = 1_024)
        => Store.OpenLog(
            partition,
            PartitionMetadata.Read(Files, FilePath.Join(Path, partition.ToString())),
            new LogOptions
            {
                Durability = Durability.PageCache,
                IndexIntervalBytes = indexIntervalBytes,
                RetentionTime = null,
                SegmentBytesMax = 1024 * 1024,
            });

    public byte[] Read(string folder, string name) => AtomicFile.Read(Files, PathOf(folder, name))!;

    public IReadOnlyList<string> FilesOf(string folder, string suffix)
        => [.. Files.ListFiles(FilePath.Join(Path, folder)).Where(name => name.EndsWith(suffix, StringComparison.Ordinal))];

    public string PathOf(string folder, string name) => FilePath.Join(FilePath.Join(Path, folder), name);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = LogStore.Open(Files, Path, TimeProvider.System, Loggers);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static void Extract(IFileSystem files)
    {
        using var resource = typeof(GoldenDirectory).Assembly.GetManifestResourceStream("data-directory.tar.gz")!;
        using var archive = new TarReader(new GZipStream(resource, CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            var path = FilePath.Join(Path, entry.Name.TrimEnd('/').Replace('/', FilePath.Separator));
            if (entry.EntryType == TarEntryType.Directory)
            {
                files.CreateDirectory(path);
                continue;
            }

            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            using var file = files.Open(path, FileOpening.Create);
            file.Write(bytes.ToArray(), 0);
        }
    }
}

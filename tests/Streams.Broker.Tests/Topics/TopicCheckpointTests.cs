using System.Text;
using Streams.Broker.Topics;
using Streams.Storage.Files;

namespace Streams.Broker.Tests.Topics;

public sealed class TopicCheckpointTests
{
    private const string Path = "data/topics.checkpoint";

    private static readonly TopicCheckpointModel Model = new(
        [
            new("orders", Guid.NewGuid(), 12, new Dictionary<string, string> { ["retention.ms"] = "1", ["cleanup.policy"] = "compact" }),
            new("a.b", Guid.NewGuid(), 1, new Dictionary<string, string>()),
        ],
        [new("gone", Guid.NewGuid(), 3, new Dictionary<string, string>())]);

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSame()
    {
        var files = Files();
        new TopicCheckpoint(files, Path).Write(Model);

        var read = new TopicCheckpoint(files, Path).Read();

        Assert.NotNull(read);
        Assert.Equivalent(Model, read, strict: true);
    }

    [Fact]
    public void Read_OfNoFile_GivesNothing() => Assert.Null(new TopicCheckpoint(Files(), Path).Read());

    // One bit of every byte of the file flips in turn. Wherever it is, the file is refused: a topic with another setting would lose
    // records later.
    [Fact]
    public void Read_OfAFileWithAFlippedBit_IsRefused()
    {
        var files = Files();
        new TopicCheckpoint(files, Path).Write(Model);
        var bytes = ReadAll(files);
        for (var index = 0; index < bytes.Length; index++)
        {
            var damaged = bytes.ToArray();
            damaged[index] ^= 1;
            Overwrite(files, damaged);

            var error = Assert.Throws<StreamsException>(() => new TopicCheckpoint(files, Path).Read());

            Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
            Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("streams-topics 1\n{}")]
    [InlineData("streams-topics 2 00000000\n{}")]
    public void Read_OfSomethingElse_IsRefusedAndSaysWhatToDo(string text)
    {
        var files = Files();
        Overwrite(files, Encoding.UTF8.GetBytes(text));

        var error = Assert.Throws<StreamsException>(() => new TopicCheckpoint(files, Path).Read());

        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
    }

    private static MemoryFileSystem Files()
    {
        var files = new MemoryFileSystem();
        files.CreateDirectory("data");
        return files;
    }

    private static byte[] ReadAll(IFileSystem files)
    {
        using var file = files.Open(Path, FileOpening.Read);
        var bytes = new byte[file.Length];
        file.Read(bytes, 0);
        return bytes;
    }

    private static void Overwrite(IFileSystem files, byte[] bytes)
    {
        using var file = files.Open(Path, FileOpening.Create);
        file.Write(bytes, 0);
    }
}

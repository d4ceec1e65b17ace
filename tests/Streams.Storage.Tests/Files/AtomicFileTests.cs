using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Files;

public sealed class AtomicFileTests
{
    private static readonly string Path = FilePath.Join("data", "file");

    // The power goes at every call of an atomic write, and takes some of what was not synced. The file holds the old bytes or the new ones.
    [Fact]
    public void Write_CutAtEveryCall_LeavesOldOrNew()
    {
        byte[] old = [1, 2, 3];
        byte[] replacement = [4, 5, 6, 7];
        var isDone = false;
        for (var cut = 1; !isDone; cut++)
        {
            for (var seed = 0; seed < 30; seed++)
            {
                var files = Prepare(old);
                files.DieAt = files.Calls + cut;
                isDone = Record.Exception(() => AtomicFile.Write(files, Path, replacement)) is null;

                var found = AtomicFile.Read(files.After(FaultSurvival.Some(seed)), Path);

                Assert.True(found!.AsSpan().SequenceEqual(replacement) || (!isDone && found!.AsSpan().SequenceEqual(old)),
                    $"cut {cut}, seed {seed}: {Convert.ToHexString(found!)}");
            }
        }
    }

    [Fact]
    public void Write_WhenItFails_KeepsTheOldAndLeavesNothing()
    {
        var files = Prepare([1]);
        files.Capacity = files.Used + 1;

        Assert.Equal(StreamsErrorCode.DiskFull, Assert.Throws<StreamsException>(() => AtomicFile.Write(files, Path, [2, 3])).Code);

        Assert.Equal([1], AtomicFile.Read(files, Path));
        Assert.Equal(["file"], files.ListFiles("data"));
    }

    [Fact]
    public void Read_OfMissingFile_IsNothing() => Assert.Null(AtomicFile.Read(new MemoryFileSystem(), Path));

    [Fact]
    public void Read_OfHugeFile_IsRefused()
    {
        var files = Prepare([1]);
        using (var file = files.Open(Path, FileOpening.ReadWrite))
        {
            file.Truncate(AtomicFile.BytesMax + 1L);
        }

        Assert.Equal(StreamsErrorCode.Corrupt, Assert.Throws<StreamsException>(() => AtomicFile.Read(files, Path)).Code);
    }

    private static FaultFileSystem Prepare(byte[] old)
    {
        var files = new FaultFileSystem();
        files.CreateDirectory("data");
        files.SyncDirectory(".");
        AtomicFile.Write(files, Path, old);
        return files;
    }
}

using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Files;

/// <summary>What every file system of the seam does, the one of the tests included: they must agree, or the tests prove nothing.</summary>
public sealed class FileSystemTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streams-files-");

    public static TheoryData<string> Kinds => ["physical", "memory", "faults"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void File_WrittenAtPositions_ReadsBackWithZerosInBetween(string kind)
    {
        var files = Create(kind, out var root);
        using var file = files.Open(FilePath.Join(root, "a"), FileOpening.Create);

        file.Write([1, 2, 3], 0);
        file.Write([9], 5);
        file.Write([7], 1);

        Assert.Equal(6, file.Length);
        var buffer = new byte[10];
        Assert.Equal(6, file.Read(buffer, 0));
        Assert.Equal([1, 7, 3, 0, 0, 9, 0, 0, 0, 0], buffer);
        Assert.Equal(1, file.Read(buffer, 5));
        Assert.Equal(0, file.Read(buffer, 6));
        Assert.Equal(0, file.Read(buffer, 100));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void File_OfManySizes_KeepsEveryByte(string kind)
    {
        var files = Create(kind, out var root);
        var random = new Random(5);
        using var file = files.Open(FilePath.Join(root, "a"), FileOpening.Create);
        var expected = new byte[300_000];
        var length = 0;
        while (length < expected.Length)
        {
            var part = expected.AsSpan(length, Math.Min(random.Next(1, 40_000), expected.Length - length));
            random.NextBytes(part);
            file.Write(part, length);
            length += part.Length;
        }

        var found = new byte[expected.Length];
        Assert.Equal(expected.Length, file.Read(found, 0));
        Assert.Equal(expected, found);
        file.Truncate(150_001);
        file.Write([5], 150_010);
        Assert.Equal(150_011, file.Read(found, 0));
        Assert.Equal(expected[..150_001], found[..150_001]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 5], found[150_001..150_011]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Truncate_ThenGrow_ShowsNoOldBytes(string kind)
    {
        var files = Create(kind, out var root);
        using var file = files.Open(FilePath.Join(root, "a"), FileOpening.Create);
        file.Write([1, 2, 3, 4], 0);

        file.Truncate(1);
        file.Truncate(3);

        var buffer = new byte[4];
        Assert.Equal(3, file.Read(buffer, 0));
        Assert.Equal([1, 0, 0, 0], buffer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_OfFileThatExists_EmptiesIt(string kind)
    {
        var files = Create(kind, out var root);
        var path = FilePath.Join(root, "a");
        using (var file = files.Open(path, FileOpening.Create))
        {
            file.Write([1], 0);
        }

        using var again = files.Open(path, FileOpening.Create);

        Assert.Equal(0, again.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_OfMissingFile_IsAnErrorWithItsPath(string kind)
    {
        var files = Create(kind, out var root);
        var path = FilePath.Join(root, "missing");

        foreach (var opening in new[] { FileOpening.Read, FileOpening.ReadWrite })
        {
            var error = Assert.Throws<StreamsException>(() => files.Open(path, opening));
            Assert.Equal(StreamsErrorCode.StorageFailed, error.Code);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(
            StreamsErrorCode.StorageFailed,
            Assert.Throws<StreamsException>(() => files.Open(FilePath.Join(path, "a"), FileOpening.Create)).Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Move_OfFile_ReplacesItsTarget(string kind)
    {
        var files = Create(kind, out var root);
        AtomicFile.Write(files, FilePath.Join(root, "a"), [1]);
        AtomicFile.Write(files, FilePath.Join(root, "b"), [2]);

        files.Move(FilePath.Join(root, "a"), FilePath.Join(root, "b"));

        Assert.Equal(["b"], files.ListFiles(root));
        Assert.Equal([1], AtomicFile.Read(files, FilePath.Join(root, "b")));
        Assert.Throws<StreamsException>(() => files.Move(FilePath.Join(root, "a"), FilePath.Join(root, "c")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Move_OfDirectory_TakesEverythingAlong(string kind)
    {
        var files = Create(kind, out var root);
        files.CreateDirectory(FilePath.Join(root, "a"));
        files.CreateDirectory(FilePath.Join(root, "a-sibling"));
        AtomicFile.Write(files, FilePath.Join(FilePath.Join(root, "a"), "file"), [1]);

        files.Move(FilePath.Join(root, "a"), FilePath.Join(root, "b"));

        Assert.Equal(["a-sibling", "b"], files.ListDirectories(root));
        Assert.Equal(["file"], files.ListFiles(FilePath.Join(root, "b")));
        Assert.False(files.DirectoryExists(FilePath.Join(root, "a")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DeleteFile_WhileItIsOpen_KeepsItReadable(string kind)
    {
        var files = Create(kind, out var root);
        var path = FilePath.Join(root, "a");
        AtomicFile.Write(files, path, [1, 2]);
        using var file = files.Open(path, FileOpening.Read);

        files.DeleteFile(path);
        files.DeleteFile(path);

        Assert.False(files.FileExists(path));
        Assert.Equal(2, file.Read(new byte[5], 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DeleteDirectory_RemovesEverythingBelow(string kind)
    {
        var files = Create(kind, out var root);
        var path = FilePath.Join(root, "a");
        files.CreateDirectory(FilePath.Join(path, "b"));
        AtomicFile.Write(files, FilePath.Join(path, "file"), [1]);

        files.DeleteDirectory(path);
        files.DeleteDirectory(path);

        Assert.Empty(files.ListDirectories(root));
        Assert.False(files.FileExists(FilePath.Join(path, "file")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lists_AreNamesInOrdinalOrder(string kind)
    {
        var files = Create(kind, out var root);
        foreach (var name in new[] { "b", "a", "B", "10", "9" })
        {
            AtomicFile.Write(files, FilePath.Join(root, name), []);
        }

        Assert.Equal(["10", "9", "B", "a", "b"], files.ListFiles(root));
        Assert.Empty(files.ListDirectories(root));
        Assert.Throws<StreamsException>(() => files.ListFiles(FilePath.Join(root, "missing")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lock_WhileItIsHeld_IsInUseAndAfterwardsFree(string kind)
    {
        var files = Create(kind, out var root);
        var path = FilePath.Join(root, ".lock");

        using (files.Lock(path))
        {
            var error = Assert.Throws<StreamsException>(() => files.Lock(path));
            Assert.Equal(StreamsErrorCode.DirectoryInUse, error.Code);
        }

        files.Lock(path).Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SyncDirectory_OfMissingOne_IsAnError(string kind)
    {
        var files = Create(kind, out var root);

        files.SyncDirectory(root);

        Assert.Throws<StreamsException>(() => files.SyncDirectory(FilePath.Join(root, "missing")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GetFreeBytes_OfDirectory_IsMoreThanNothing(string kind)
    {
        var files = Create(kind, out var root);

        Assert.True(files.GetFreeBytes(root) > 0);
    }

    private IFileSystem Create(string kind, out string root)
    {
        IFileSystem files = kind switch
        {
            "physical" => PhysicalFileSystem.Instance,
            "memory" => new MemoryFileSystem(),
            _ => new FaultFileSystem(),
        };
        root = kind == "physical" ? _folder.FullName : FilePath.Join("data", "folder");
        files.CreateDirectory(root);
        return files;
    }
}

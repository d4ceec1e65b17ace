using Streams.Storage.Files;

namespace Streams.Storage.Tests.Files;

/// <summary>What only the operating system can do wrong.</summary>
public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streams-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    // /dev/full takes an open and answers every write with ENOSPC.
    [Fact]
    public void Write_ToFullDisk_IsDiskFull()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/full.");
        using var file = PhysicalFileSystem.Instance.Open("/dev/full", FileOpening.ReadWrite);

        var error = Assert.Throws<StreamsException>(() => file.Write([1], 0));

        Assert.Equal(StreamsErrorCode.DiskFull, error.Code);
        Assert.Contains("/dev/full", error.Message, StringComparison.Ordinal);
    }

    // A pipe or a special file cannot be synced: EINVAL. The framework's own flush reports success for it, as it does for EIO.
    [Fact]
    public void Sync_OfWhatCannotBeSynced_IsAnError()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/full.");
        using var file = PhysicalFileSystem.Instance.Open("/dev/full", FileOpening.ReadWrite);

        Assert.Equal(StreamsErrorCode.StorageFailed, Assert.Throws<StreamsException>(file.Sync).Code);
    }

    [Fact]
    public void Sync_OfFileAndDirectory_Succeeds()
    {
        using var file = PhysicalFileSystem.Instance.Open(Path.Join(_folder.FullName, "a"), FileOpening.Create);
        file.Write([1], 0);

        file.Sync();
        PhysicalFileSystem.Instance.SyncDirectory(_folder.FullName);
    }

    [Fact]
    public void Create_WhereAFileStandsForADirectory_IsAnError()
    {
        var path = Path.Join(_folder.FullName, "a");
        AtomicFile.Write(PhysicalFileSystem.Instance, path, [1]);

        Assert.Equal(
            StreamsErrorCode.StorageFailed,
            Assert.Throws<StreamsException>(() => PhysicalFileSystem.Instance.CreateDirectory(Path.Join(path, "b"))).Code);
    }

    [Fact]
    public void Read_WhileAnotherThreadAppends_SeesWholeWrites()
    {
        using var file = PhysicalFileSystem.Instance.Open(Path.Join(_folder.FullName, "a"), FileOpening.Create);
        var written = 0;
        var writer = Task.Run(() =>
        {
            var block = new byte[4_096];
            for (var index = 0; index < 500; index++)
            {
                block.AsSpan().Fill((byte)index);
                file.Write(block, index * 4_096L);
                Volatile.Write(ref written, index + 1);
            }
        });

        var buffer = new byte[4_096];
        while (!writer.IsCompleted)
        {
            var last = Volatile.Read(ref written) - 1;
            if (last >= 0)
            {
                Assert.Equal(4_096, file.Read(buffer, last * 4_096L));
                Assert.Equal(-1, buffer.AsSpan().IndexOfAnyExcept((byte)last));
            }
        }

        Assert.True(writer.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Store_OnRealFiles_KeepsEverythingOverACleanStop()
    {
        var store = new TestStore(PhysicalFileSystem.Instance, Path.Join(_folder.FullName, "new", "data"));
        await using (store)
        {
            var log = store.Open(TestStore.Options(Durability.Fsync) with { Compact = true, MinDirtyRatio = 0 });
            for (var index = 0; index < 200; index++)
            {
                log.AppendOne($"value {index}", key: $"key {index % 20}");
            }

            await log.WaitUntilDurableAsync(200, TestContext.Current.CancellationToken);
            log.Compact(TestContext.Current.CancellationToken);
            log.DeleteRecordsBefore(3);
            var expected = log.ReadAll();
            log = await store.ReopenAsync();

            Assert.True(store.Store.WasCleanlyClosed);
            Assert.Equal(expected, log.ReadAll());
            Assert.Equal(200, log.EndOffset);
            store.Store.DeleteLog(TestStore.Partition);
            Assert.Empty(Directory.GetDirectories(store.Path));
        }
    }
}

using System.Globalization;
using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Segments;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Recovery;

public sealed class RecoveryTests
{
    private const int TornTail = 4010;
    private const int Quarantined = 4011;
    private const int EndLost = 4015;

    // The file ends at any byte of the last two batches. What is whole is kept, the rest is cut and reported, and its offset given again.
    [Fact]
    public async Task Open_WithFileTornAtEveryByte_CutsToTheLastWholeBatch()
    {
        var files = await CrashedAsync(5);
        var size = Size(files);
        for (var length = 3 * size; length < 5 * size; length++)
        {
            var torn = files.After(FaultSurvival.Everything);
            Truncate(torn, length);

            var store = new TestStore(torn);
            var log = store.Open();

            var whole = length / size;
            Assert.Equal(whole, log.EndOffset);
            Assert.Equal(whole, log.ReadAll().Count);
            Assert.Equal(whole * size, log.SizeBytes);
            if (length % size == 0)
            {
                Assert.Empty(store.Loggers.Of(TornTail));
            }
            else
            {
                var message = Assert.Single(store.Loggers.Of(TornTail));
                Assert.StartsWith($"Cut {length % size} bytes from the end of", message, StringComparison.Ordinal);
                Assert.Contains($"the write of offset {whole} was not finished", message, StringComparison.Ordinal);
            }

            Assert.Equal(whole, log.AppendOne("again"));
            Assert.Empty(store.Loggers.Of(Quarantined));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(5_000_000)]
    public async Task Open_WithZerosAtTheEnd_CutsThem(int zeros)
    {
        var files = await CrashedAsync(5);
        Truncate(files, (5 * Size(files)) + zeros);

        var store = new TestStore(files);
        var log = store.Open();

        Assert.Equal(5, log.EndOffset);
        Assert.Equal(5, log.ReadAll().Count);
        Assert.StartsWith($"Cut {zeros} bytes", Assert.Single(store.Loggers.Of(TornTail)), StringComparison.Ordinal);
        Assert.DoesNotContain(store.FilesOf(), name => name.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_WithGarbageAtTheEnd_CutsIt()
    {
        var files = await CrashedAsync(5);
        var garbage = new byte[100_000];
        new Random(3).NextBytes(garbage);
        using (var file = files.Open(LogPath, FileOpening.ReadWrite))
        {
            file.Write(garbage, file.Length);
        }

        var store = new TestStore(files);

        Assert.Equal(5, store.Open().ReadAll().Count);
        Assert.Single(store.Loggers.Of(TornTail));
    }

    // One byte of a batch in the middle is wrong, at any place of it. Its neighbours stay readable, its bytes are kept aside, it is loud,
    // and the offset is not given again.
    [Fact]
    public async Task Open_WithDamageInTheMiddle_SetsItAsideAndKeepsTheRest()
    {
        var files = await CrashedAsync(6);
        var size = Size(files);
        for (var place = 0; place < size; place++)
        {
            if (place is >= 12 and < 16)
            {
                // The leader epoch is outside the checksum, and no harm.
                continue;
            }

            var damaged = files.After(FaultSurvival.Everything);
            byte[]? expected = null;
            damaged.Damage(LogPath, bytes =>
            {
                bytes[(2 * size) + place] ^= 0x10;
                expected = bytes[(2 * size)..(3 * size)];
            });

            var store = new TestStore(damaged);
            var log = store.Open();

            Assert.Equal([0, 1, 3, 4, 5], log.ReadAll().Select(record => record.Offset));
            Assert.Equal(6, log.AppendOne("next"));
            var message = Assert.Single(store.Loggers.Of(Quarantined));
            Assert.Contains($"at position {2 * size} with offsets 2 to before 3", message, StringComparison.Ordinal);
            var kept = Assert.Single(store.FilesOf($".damaged.{2 * size}"));
            Assert.Equal(expected, AtomicFile.Read(damaged, store.PathOf(kept)));
            var again = new TestStore(damaged.After(FaultSurvival.Everything));
            Assert.Equal([0, 1, 3, 4, 5, 6], again.Open().ReadAll().Select(record => record.Offset));
        }
    }

    [Fact]
    public async Task Open_WithManyDamages_KeepsEverythingSound()
    {
        var files = await CrashedAsync(40);
        var size = Size(files);
        files.Damage(LogPath, bytes =>
        {
            foreach (var batch in new[] { 0, 7, 8, 9, 20 })
            {
                bytes.AsSpan(batch * size, size).Fill(0xAA);
            }
        });

        var store = new TestStore(files);
        var log = store.Open();

        Assert.Equal(
            Enumerable.Range(0, 40).Except([0, 7, 8, 9, 20]).Select(offset => (long)offset),
            log.ReadAll().Select(record => record.Offset));
        Assert.Equal(3, store.Loggers.Of(Quarantined).Length);
        Assert.Equal(3, store.FilesOf().Count(name => name.Contains(".damaged.", StringComparison.Ordinal)));
    }

    // The same place is damaged twice, at different times: what was kept the first time is not overwritten.
    [Fact]
    public async Task Open_WithDamageAtAPlaceWhereSomeWasBefore_KeepsBoth()
    {
        var files = await CrashedAsync(10);
        var size = Size(files);
        for (var time = 0; time < 2; time++)
        {
            files.Damage(LogPath, bytes => bytes[(2 * size) + 80] ^= 1);
            new TestStore(files).Open();
            files = files.After(FaultSurvival.Everything);
        }

        var last = new TestStore(files);
        Assert.Equal([0, 1, 4, 5, 6, 7, 8, 9], last.Open().ReadAll().Select(record => record.Offset));
        Assert.Equal(
            [$"00000000000000000000.damaged.{2 * size}", $"00000000000000000000.damaged.{2 * size}.1"],
            last.FilesOf().Where(name => name.Contains("damaged", StringComparison.Ordinal)));
    }

    // The end of a log that was closed cleanly is damaged. It was acknowledged: it is set aside as damage, not cut as an unfinished write,
    // and no offset is given again.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_WithDamagedEndOfCleanlyClosedLog_SetsItAsideAndGivesNoOffsetTwice(bool isTruncated)
    {
        var files = new FaultFileSystem();
        var store = new TestStore(files);
        store.Open(TestStore.Options(segmentBytes: 100_000)).AppendMany(6);
        await store.DisposeAsync();
        var size = Size(files);
        if (isTruncated)
        {
            Truncate(files, (5 * size) + 30);
        }
        else
        {
            files.Damage(LogPath, bytes => bytes.AsSpan(5 * size).Clear());
        }

        store = new TestStore(files);
        var log = store.Open();

        Assert.Equal(5, log.ReadAll().Count);
        Assert.Equal(6, log.AppendOne("next"));
        Assert.Single(store.Loggers.Of(Quarantined));
        Assert.Single(store.Loggers.Of(EndLost));
        Assert.Empty(store.Loggers.Of(TornTail));
        Assert.Equal([0, 1, 2, 3, 4, 6], log.ReadAll().Select(record => record.Offset));
    }

    // Offsets lie outside the checksum. One that is too high must not make everything behind it look wrong.
    [Fact]
    public async Task Open_WithWrongOffsetOfOneBatch_SetsThatOneAside()
    {
        var files = await CrashedAsync(10);
        var size = Size(files);
        files.Damage(LogPath, bytes => bytes[(4 * size) + 6] ^= 1);

        var store = new TestStore(files);
        var log = store.Open();

        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 9], log.ReadAll().Select(record => record.Offset));
        Assert.Contains("found base offset 260, but 5 follows", Assert.Single(store.Loggers.Of(Quarantined)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithDamageInSegmentBeforeTheLast_KeepsTheSegmentsBehind()
    {
        var files = new FaultFileSystem();
        await using var crashing = new TestStore(files);
        crashing.Open().AppendMany(30);
        files = files.After(FaultSurvival.Everything);
        files.DeleteFile(FilePath.Join(TestStore.Directory, "recovery-point-offset-checkpoint"));
        files.DeleteFile(FilePath.Join(TestStore.Directory, "replication-offset-checkpoint"));
        files.Damage(crashing.PathOf(crashing.FilesOf(".log")[1]), bytes => bytes.AsSpan(bytes.Length - 30).Clear());

        var store = new TestStore(files);
        var log = store.Open();

        Assert.Equal(29, log.ReadAll().Count);
        Assert.Equal(30, log.EndOffset);
        Assert.Single(store.Loggers.Of(Quarantined));
    }

    // A record's value holds a whole batch, as in a mirror of a log. Its bytes are not taken for a batch of this log.
    [Fact]
    public async Task Open_WithBatchInsideADamagedBatch_DoesNotTakeItForOne()
    {
        var files = new FaultFileSystem();
        await using var crashing = new TestStore(files);
        var log = crashing.Open(TestStore.Options(segmentBytes: 100_000));
        log.AppendOne("first");
        var size = (int)log.SizeBytes;
        log.Append(Mirror(TestBatch.Of(new TestRecord("inner", "inner"))));
        log.AppendOne("third");
        files = files.After(FaultSurvival.Everything);
        files.Damage(LogPath, bytes => bytes[size + 90] ^= 1);

        Assert.Equal([0, 2], new TestStore(files).Open().ReadAll().Select(record => record.Offset));
    }

    [Fact]
    public async Task Open_AfterUncleanStop_BumpsTheEpochEachTime()
    {
        var files = await CrashedAsync(3);
        var epochs = new List<int>();
        for (var time = 0; time < 3; time++)
        {
            epochs.Add(new TestStore(files).Open().LeaderEpoch);
            files = files.After(FaultSurvival.Everything);
        }

        Assert.Equal([1, 2, 3], epochs);
    }

    [Fact]
    public async Task Open_WhenTheEndLiesBeforeTheStart_GoesOnAtTheStart()
    {
        var files = new FaultFileSystem();
        await using var crashing = new TestStore(files);
        var log = crashing.Open(TestStore.Options(segmentBytes: 100_000));
        log.AppendMany(20);
        log.DeleteRecordsBefore(15);

        await using var store = new TestStore(files.After(FaultSurvival.Nothing));
        log = store.Open();

        Assert.Equal((15, 15), (log.StartOffset, log.EndOffset));
        Assert.Equal(15, log.AppendOne("next"));
        Assert.Equal(15, Assert.Single((await store.ReopenAsync()).ReadAll()).Offset);
    }

    [Fact]
    public async Task Open_WithRecoveryPoint_ReadsOnlyWhatIsBehindIt()
    {
        var files = new FaultFileSystem();
        await using (var store = new TestStore(files))
        {
            store.Open(TestStore.Options(Durability.FsyncEach)).AppendMany(95);
        }

        files.DeleteFile(FilePath.Join(TestStore.Directory, ".kafka_cleanshutdown"));
        var read = new HashSet<string>(StringComparer.Ordinal);
        files.OnRead = path => read.Add(FilePath.Name(path));

        var recovered = new TestStore(files).Open();

        Assert.Equal(95, recovered.EndOffset);
        Assert.Single(read, name => name.EndsWith(".log", StringComparison.Ordinal));
    }

    private static byte[] Mirror(byte[] inner)
    {
        RecordBatch.Stamp(inner, 1, 0);
        using var builder = new RecordBatchBuilder(256);
        builder.Append(1_000, true, inner, true, inner, 0, default);
        return builder.Seal(CompressionCodec.None).ToArray();
    }

    /// <summary>A log of one segment with that many batches, left by a crash of the process.</summary>
    private static async Task<FaultFileSystem> CrashedAsync(int batches)
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        store.Open(TestStore.Options(segmentBytes: 100_000)).AppendMany(batches);
        return files.After(FaultSurvival.Everything);
    }

    private static void Truncate(FaultFileSystem files, long length)
    {
        using var file = files.Open(LogPath, FileOpening.ReadWrite);
        file.Truncate(length);
    }

    private static int Size(FaultFileSystem files)
    {
        using var file = files.Open(LogPath, FileOpening.Read);
        var head = new byte[12];
        file.Read(head, 0);
        Assert.True(RecordBatchHeader.TryReadSize(head, out var size));
        return size;
    }

    private static string LogPath => FilePath.Join(
        FilePath.Join(TestStore.Directory, TestStore.Partition.ToString()),
        string.Create(CultureInfo.InvariantCulture, $"{0:D20}{SegmentFiles.Log}"));
}

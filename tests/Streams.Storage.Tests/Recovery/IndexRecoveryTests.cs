using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Recovery;

/// <summary>Indexes are never trusted over the log: whatever is in their files, reads are right, and the files are made again.</summary>
public sealed class IndexRecoveryTests
{
    private const int Rebuilt = 4020;

    public static TheoryData<string, string> Damages
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var suffix in new[] { ".index", ".timeindex" })
            {
                foreach (var damage in new[] { "missing", "empty", "odd", "short", "older", "zeros", "random", "of another segment" })
                {
                    all.Add(suffix, damage);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Read_WithDamagedIndex_IsRightAndTheIndexIsMadeAgain(string suffix, string damage)
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var options = TestStore.Options(segmentBytes: 3_000);
        var log = store.Open(options);
        for (var index = 0; index < 100; index++)
        {
            log.AppendOne($"{index}", timestamp: 1_000 + index);
        }

        await store.DisposeAsync();
        var originals = store.FilesOf(suffix).ToDictionary(name => name, name => AtomicFile.Read(files, store.PathOf(name))!);
        foreach (var name in originals.Keys)
        {
            Apply(files, store.PathOf(name), name, damage, originals);
        }

        await using var again = new TestStore(files);
        log = again.Open(options);
        for (var offset = 0; offset < 100; offset++)
        {
            using var read = log.Read(offset, 1);
            Assert.Equal(offset, TestBatch.Parse(read.Bytes.Span)[0].Offset);
            Assert.Equal(offset, log.OffsetAtTime(1_000 + offset));
        }

        await again.DisposeAsync();
        Assert.NotEmpty(again.Loggers.Of(Rebuilt));
        Assert.All(originals, file => Assert.Equal(file.Value, AtomicFile.Read(files, store.PathOf(file.Key))));
    }

    // Every single bit of both indexes of a closed segment, in turn.
    [Fact]
    public async Task Read_WithAnyBitOfAnIndexFlipped_IsRight()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var options = TestStore.Options(segmentBytes: 1_500);
        var log = store.Open(options);
        for (var index = 0; index < 30; index++)
        {
            log.AppendOne($"{index}", timestamp: 1_000 + (index * 3));
        }

        await store.DisposeAsync();
        foreach (var name in new[] { "00000000000000000000.index", "00000000000000000000.timeindex" })
        {
            var bits = AtomicFile.Read(files, store.PathOf(name))!.Length * 8;
            Assert.True(bits > 300);
            for (var bit = 0; bit < bits; bit++)
            {
                var disk = files.After(FaultSurvival.Everything);
                disk.Damage(store.PathOf(name), bytes => bytes[bit / 8] ^= (byte)(1 << (bit % 8)));
                log = new TestStore(disk).Open(options);
                for (var offset = 0; offset < 20; offset++)
                {
                    using var read = log.Read(offset, 1);
                    Assert.True(TestBatch.Parse(read.Bytes.Span)[0].Offset == offset, $"{name}, bit {bit}, offset {offset}");
                    Assert.True(log.OffsetAtTime(1_000 + (offset * 3)) == offset, $"{name}, bit {bit}, time of offset {offset}");
                }
            }
        }
    }

    [Fact]
    public async Task Read_WithMissingIndexOnFullDisk_IsRightAllTheSame()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        store.Open().AppendMany(30);
        await store.DisposeAsync();
        files.DeleteFile(store.PathOf("00000000000000000000.index"));
        files.Capacity = files.Used;

        var again = new TestStore(files);
        var log = again.Open();

        Assert.Equal(30, log.ReadAll().Count);
        Assert.Equal(3, TestBatch.Parse(log.Read(3, 1).Bytes.Span)[0].Offset);
        Assert.NotEmpty(again.Loggers.Of(4021));
    }

    private static void Apply(FaultFileSystem files, string path, string name, string damage, Dictionary<string, byte[]> originals)
    {
        var original = originals[name];
        var entry = name.EndsWith(".timeindex", StringComparison.Ordinal) ? 12 : 8;
        var random = new byte[original.Length];
        new Random(7).NextBytes(random);
        byte[]? replacement = damage switch
        {
            "missing" => null,
            "empty" => [],
            "odd" => original[..^3],
            "short" => original[..^entry],
            "older" => original[..(original.Length / entry / 2 * entry)],
            "zeros" => new byte[original.Length],
            "random" => random,
            _ => originals.First(other => other.Key != name && other.Value.Length > 0).Value,
        };
        files.DeleteFile(path);
        if (replacement is not null)
        {
            AtomicFile.Write(files, path, replacement);
        }
    }
}

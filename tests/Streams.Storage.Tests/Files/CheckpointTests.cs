using System.Text;
using Streams.Storage.Checkpoints;
using Streams.Storage.Files;

namespace Streams.Storage.Tests.Files;

public sealed class CheckpointTests
{
    private readonly MemoryFileSystem _files = new();

    public CheckpointTests() => _files.CreateDirectory("data");

    [Fact]
    public void OffsetCheckpoint_Saved_ReadsBackInKafkasFormat()
    {
        var checkpoint = OffsetCheckpoint.Open(_files, "data/points", out var fault);
        checkpoint.Set(new("b", 1), 5);
        checkpoint.Set(new("a", 0), 7);
        checkpoint.Set(new("c", 0), 9);
        checkpoint.Set(new("c", 0), null);
        checkpoint.Save();

        Assert.Null(fault);
        Assert.Equal("0\n2\na 0 7\nb 1 5\n", Encoding.UTF8.GetString(AtomicFile.Read(_files, "data/points")!));
        var again = OffsetCheckpoint.Open(_files, "data/points", out fault);
        Assert.Null(fault);
        Assert.Equal((7, 5, null), (again[new("a", 0)], again[new("b", 1)], again[new("c", 0)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\n0\n")]
    [InlineData("0\n2\na 0 7\n")]
    [InlineData("0\n1\na 0\n")]
    [InlineData("0\n1\na 0 -7\n")]
    [InlineData("0\n1\na x 7\n")]
    [InlineData("\0\0\0\0")]
    public void OffsetCheckpoint_Damaged_CountsAsEmptyAndSaysWhy(string text)
    {
        AtomicFile.Write(_files, "data/points", Encoding.UTF8.GetBytes(text));

        var checkpoint = OffsetCheckpoint.Open(_files, "data/points", out var fault);

        Assert.NotNull(fault);
        Assert.Null(checkpoint[new("a", 0)]);
    }

    [Fact]
    public void LeaderEpochs_Begun_ReadBackAndNeverGoBackwards()
    {
        var epochs = LeaderEpochs.Open(_files, "data");
        Assert.Equal(-1, epochs.Current);

        epochs.Begin(0, -1);
        epochs.Begin(10, 5);
        epochs.Begin(7, 0);

        Assert.Equal(6, epochs.Current);
        Assert.Equal("0\n2\n0 0\n6 7\n", Encoding.UTF8.GetString(AtomicFile.Read(_files, "data/leader-epoch-checkpoint")!));
        Assert.Equal(6, LeaderEpochs.Open(_files, "data").Current);
    }

    [Fact]
    public void PartitionMetadata_Written_ReadsBackInKafkasFormat()
    {
        var id = new Guid("12345678-9abc-def0-1122-334455667788");

        PartitionMetadata.Write(_files, "data", id);

        Assert.Equal(id, PartitionMetadata.Read(_files, "data"));
        Assert.Equal(
            "version: 0\ntopic_id: EjRWeJq83vARIjNEVWZ3iA",
            Encoding.UTF8.GetString(AtomicFile.Read(_files, "data/partition.metadata")!));
        AtomicFile.Write(_files, "data/partition.metadata", "version: 0\ntopic_id: ???"u8);
        Assert.Equal(Guid.Empty, PartitionMetadata.Read(_files, "data"));
    }

    [Fact]
    public void CleanShutdownMarker_Set_IsTakenOnce()
    {
        Assert.False(CleanShutdownMarker.Take(_files, "data"));
        CleanShutdownMarker.Set(_files, "data");

        Assert.True(CleanShutdownMarker.Take(_files, "data"));
        Assert.False(CleanShutdownMarker.Take(_files, "data"));
    }
}

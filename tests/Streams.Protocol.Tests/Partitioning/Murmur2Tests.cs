using Streams.Protocol.Partitioning;
using Streams.Protocol.Tests.Golden;

namespace Streams.Protocol.Tests.Partitioning;

public sealed class Murmur2Tests
{
    [Fact]
    public void Partition_OfEveryGoldenKey_IsKafkas()
    {
        var lines = GoldenFile.Read("partitions");
        Assert.Equal(400, lines.Count);
        foreach (var line in lines)
        {
            var key = line.Hex("key");
            Assert.Equal(line.Int("murmur2"), Murmur2.Hash(key));
            foreach (var partition in line.GetProperty("partition").EnumerateObject())
            {
                Assert.Equal(partition.Value.GetInt32(), Murmur2.Partition(key, int.Parse(partition.Name)));
            }
        }
    }

    [Fact]
    public void Partition_WithoutPartitions_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Murmur2.Partition([1], 0));
}

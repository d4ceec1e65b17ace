using System.Text;
using Streams.Runtime.Processing;

namespace Streams.Runtime.Tests.Processing;

public sealed class LaneTableTests
{
    [Fact]
    public void Append_OfAnotherRecordOfAKey_WaitsBehindTheFirst()
    {
        var lanes = new LaneTable(8);
        var (first, second, third) = (new LaneRecord(), new LaneRecord(), new LaneRecord());

        Assert.True(Append(lanes, first, "a"));
        Assert.False(Append(lanes, second, "a"));
        Assert.False(Append(lanes, third, "a"));

        Assert.Same(second, lanes.Remove(first));
        Assert.Same(third, lanes.Remove(second));
        Assert.Null(lanes.Remove(third));
        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public void Append_OfNoKeyAndOfAnEmptyKey_MakesTwoLanes()
    {
        var lanes = new LaneTable(8);

        Assert.True(lanes.Append(new(), default, isKeyless: true));
        Assert.True(lanes.Append(new(), default, isKeyless: false));
        Assert.False(lanes.Append(new(), default, isKeyless: true));
        Assert.Equal(2, lanes.Count);
    }

    // One bucket for all keys: lanes are told apart by their keys, and each can be taken out of the middle of the chain.
    [Fact]
    public void Keys_OfOneBucket_HaveLanesOfTheirOwn()
    {
        var lanes = new LaneTable(1);
        var records = Enumerable.Range(0, 50).ToDictionary(key => key, _ => (First: new LaneRecord(), Second: new LaneRecord()));
        foreach (var (key, pair) in records)
        {
            Assert.True(Append(lanes, pair.First, $"key-{key}"));
            Assert.False(Append(lanes, pair.Second, $"key-{key}"));
        }

        foreach (var (_, pair) in records.OrderBy(one => (one.Key * 7) % 50))
        {
            Assert.Same(pair.Second, lanes.Remove(pair.First));
            Assert.Null(lanes.Remove(pair.Second));
        }

        Assert.Equal(0, lanes.Count);
        Assert.True(Append(lanes, new(), "key-1"));
    }

    private static bool Append(LaneTable lanes, LaneRecord record, string key)
        => lanes.Append(record, Encoding.UTF8.GetBytes(key), isKeyless: false);
}

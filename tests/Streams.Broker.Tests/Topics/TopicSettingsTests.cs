using Streams.Broker.Topics;
using Streams.Storage;

namespace Streams.Broker.Tests.Topics;

public sealed class TopicSettingsTests
{
    [Fact]
    public void Apply_OfEverySetting_ReachesTheLog()
    {
        var log = TopicSettings.Apply(
            "orders",
            new Dictionary<string, string>
            {
                ["cleanup.policy"] = "compact, delete",
                ["retention.ms"] = "1000",
                ["retention.bytes"] = "5000",
                ["segment.bytes"] = "1048576",
                ["segment.ms"] = "2000",
                ["max.message.bytes"] = "3000",
                ["delete.retention.ms"] = "4000",
                ["min.compaction.lag.ms"] = "6000",
                ["min.cleanable.dirty.ratio"] = "0.25",
                ["streams.durability"] = "pagecache",
            },
            new LogOptions());

        Assert.Equal(
            new LogOptions
            {
                Compact = true,
                Delete = true,
                RetentionTime = TimeSpan.FromSeconds(1),
                RetentionBytes = 5000,
                SegmentBytesMax = 1024 * 1024,
                SegmentAgeMax = TimeSpan.FromSeconds(2),
                BatchBytesMax = 3000,
                DeleteRetention = TimeSpan.FromSeconds(4),
                MinCompactionLag = TimeSpan.FromSeconds(6),
                MinDirtyRatio = 0.25,
                Durability = Durability.PageCache,
            },
            log);
    }

    [Theory]
    [InlineData("retention.ms", "-1")]
    [InlineData("retention.ms", "9223372036854775807")]
    public void Apply_OfForever_SetsNoBound(string name, string value)
        => Assert.Null(TopicSettings.Apply("orders", new Dictionary<string, string> { [name] = value }, new LogOptions()).RetentionTime);

    [Fact]
    public void Apply_OfNothing_KeepsTheDefaults()
    {
        var defaults = new LogOptions { Durability = Durability.Memory };

        Assert.Equal(defaults, TopicSettings.Apply("orders", new Dictionary<string, string>(), defaults));
    }

    [Theory]
    [InlineData("cleanup.policy", "remove", "'delete', 'compact'")]
    [InlineData("cleanup.policy", "", "'delete', 'compact'")]
    [InlineData("retention.ms", "-2", "-1 to 9223372036854775807")]
    [InlineData("retention.ms", "7d", "whole numbers")]
    [InlineData("retention.ms", "9223372036854775808", "-1 to 9223372036854775807")]
    [InlineData("retention.bytes", "-2", "-1 to")]
    [InlineData("segment.bytes", "1048575", "1048576 to 2147483647")]
    [InlineData("segment.ms", "0", "1 to")]
    [InlineData("max.message.bytes", "-1", "0 to 104857600")]
    [InlineData("max.message.bytes", "104857601", "0 to 104857600")]
    [InlineData("delete.retention.ms", "-1", "0 to")]
    [InlineData("min.compaction.lag.ms", "x", "0 to")]
    [InlineData("min.cleanable.dirty.ratio", "1.1", "0 to 1")]
    [InlineData("min.cleanable.dirty.ratio", "0,5", "0 to 1")]
    [InlineData("streams.durability", "2", "Memory, PageCache, Fsync, FsyncEach")]
    [InlineData("streams.durability", "Safe", "Memory, PageCache, Fsync, FsyncEach")]
    public void Apply_OfABadValue_NamesSettingValueAndBound(string name, string value, string bound)
    {
        var error = Assert.Throws<StreamsException>(
            () => TopicSettings.Apply("orders", new Dictionary<string, string> { [name] = value }, new LogOptions()));

        Assert.Equal(StreamsErrorCode.InvalidConfiguration, error.Code);
        Assert.All(["'orders'", $"'{name}'", $"'{value}'", bound], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_OfSeveralFaults_NamesThemAllAndTheSettingsThereAre()
    {
        var error = Assert.Throws<StreamsException>(() => TopicSettings.Apply(
            "orders", new Dictionary<string, string> { ["retention.hours"] = "1", ["segment.ms"] = "soon" }, new LogOptions()));

        Assert.Contains("there is no setting 'retention.hours'", error.Message, StringComparison.Ordinal);
        Assert.Contains("retention.ms", error.Message, StringComparison.Ordinal);
        Assert.Contains("'segment.ms' cannot be 'soon'", error.Message, StringComparison.Ordinal);
    }
}

using System.Collections.Concurrent;
using Streams.Broker.Groups;
using Streams.Broker.Transport.Consuming;

namespace Streams.Broker.Tests.Consuming;

internal sealed class TestData : IConsumerData, IGroupTopics
{
    private readonly ConcurrentDictionary<TopicPartition, TestFeed> _feeds = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private event Action? TopicsChanged;

    public int? PartitionCount(string topic) => _counts.TryGetValue(topic, out var count) ? count : null;

    public IDisposable OnTopicsChanged(Action changed)
    {
        TopicsChanged += changed;
        return new Subscription(() => TopicsChanged -= changed);
    }

    public IPartitionFeed OpenFeed(TopicPartition partition) => Feed(partition);

    public TestFeed Feed(TopicPartition partition) => _feeds.GetOrAdd(partition, static name => new TestFeed(name));

    public void SetPartitions(string topic, int count)
    {
        _counts[topic] = count;
        TopicsChanged?.Invoke();
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

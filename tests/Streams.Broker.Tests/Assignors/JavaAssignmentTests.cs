using System.IO.Compression;
using System.Text.Json;
using Streams.Broker.Transport.Assignors;

namespace Streams.Broker.Tests.Assignors;

/// <summary>
/// Assignments that Kafka's Java assignors (4.3.1) made: up to 23 members over three rebalances each, with members that come, go and change
/// their topics, partitions that are added, static members, stale generations, and partitions claimed twice. Ours must be equal, in order too.
/// </summary>
public sealed class JavaAssignmentTests
{
    [Theory]
    [InlineData("range")]
    [InlineData("roundrobin")]
    [InlineData("sticky")]
    [InlineData("cooperative-sticky")]
    public void Assign_LikeTheJavaClient_GivesTheSame(string name)
    {
        var assignor = PartitionAssignors.Find(name);
        var count = 0;
        foreach (var line in Lines())
        {
            using var document = JsonDocument.Parse(line);
            var example = document.RootElement;
            if (example.GetProperty("assignor").GetString() != name)
            {
                continue;
            }

            count++;
            var topics = example.GetProperty("topics").EnumerateObject().ToDictionary(topic => topic.Name, topic => topic.Value.GetInt32());
            var members = example.GetProperty("members").EnumerateArray().ToArray();
            var assigned = assignor.Assign(topics, [.. members.Select(ReadMember)]);

            foreach (var member in members)
            {
                var expected = string.Join(' ', ReadPartitions(member, "assigned"));
                var actual = string.Join(' ', assigned[member.GetProperty("id").GetString()!]);
                Assert.True(expected == actual, $"expected {expected}{Environment.NewLine}actual   {actual}{Environment.NewLine}{line}");
            }
        }

        Assert.True(count >= 120, $"Only {count} examples of '{name}' were found.");
    }

    private static IEnumerable<string> Lines()
    {
        var file = Environment.GetEnvironmentVariable("STREAMS_JAVA_ASSIGNMENTS")
            ?? Path.Combine(AppContext.BaseDirectory, "Assignors", "java-assignments.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static AssignorMember ReadMember(JsonElement member) => new(
        member.GetProperty("id").GetString()!,
        member.TryGetProperty("instance", out var instance) ? instance.GetString() : null,
        [.. member.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!)])
    {
        Owned = ReadPartitions(member, "owned"),
        Generation = member.TryGetProperty("generation", out var generation) ? generation.GetInt32() : null,
        UserData = member.TryGetProperty("userData", out var userData) ? userData.GetBytesFromBase64() : null,
    };

    private static TopicPartition[] ReadPartitions(JsonElement member, string name)
        => member.TryGetProperty(name, out var partitions)
            ? [.. partitions.EnumerateArray().Select(partition => partition.GetString()!.Split(':'))
                .Select(parts => new TopicPartition(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))]
            : [];
}

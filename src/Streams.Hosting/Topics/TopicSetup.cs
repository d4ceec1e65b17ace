using Microsoft.Extensions.Logging;

namespace Streams.Hosting.Topics;

/// <summary>
/// Makes the broker's topics what the host's messages need: creates those that are missing, applies configuration to those that are there, and
/// refuses to start where a partition count differs, since records with a key would be looked for where they are not.
/// </summary>
internal sealed class TopicSetup(ITopics topics, ILogger logger)
{
    /// <summary>Creates and configures the topics.</summary>
    /// <exception cref="StreamsException">Partition counts differ (<see cref="StreamsErrorCode.InvalidPartitions"/>), all of them in one error.</exception>
    public async Task ApplyAsync(IReadOnlyList<PlannedTopic> plan, CancellationToken cancellationToken)
    {
        var existing = new Dictionary<string, TopicDescription>(StringComparer.Ordinal);
        foreach (var planned in plan)
        {
            if (await topics.DescribeAsync(planned.Name, cancellationToken).ConfigureAwait(false) is { } description)
            {
                existing.Add(planned.Name, description);
            }
        }

        // Before the first change: a host that cannot start leaves nothing behind.
        ThrowIfPartitionsDiffer(plan, existing);
        foreach (var planned in plan)
        {
            var description = existing.GetValueOrDefault(planned.Name)
                ?? await CreateAsync(planned, cancellationToken).ConfigureAwait(false);
            await ConfigureAsync(planned, description, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TopicDescription> CreateAsync(PlannedTopic planned, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>(planned.Declared, StringComparer.Ordinal);
        foreach (var (name, value) in planned.Overrides)
        {
            settings[name] = value;
        }

        try
        {
            var created = await topics
                .CreateAsync(new(planned.Name) { Partitions = planned.Partitions, Settings = settings }, cancellationToken)
                .ConfigureAwait(false);
            TopicsLog.TopicCreated(logger, created.Name, created.Partitions, planned.Messages);
            return created;
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.TopicAlreadyExists)
        {
            // Another process of the application started at the same moment.
            var theirs = await topics.DescribeAsync(planned.Name, cancellationToken).ConfigureAwait(false);
            Invariant.Holds(theirs is not null, "A topic that exists already can be described.");
            ThrowIfPartitionsDiffer([planned], new(StringComparer.Ordinal) { [planned.Name] = theirs });
            return theirs;
        }
    }

    private async Task ConfigureAsync(PlannedTopic planned, TopicDescription description, CancellationToken cancellationToken)
    {
        var changes = planned.Overrides
            .Where(setting => description.Settings.GetValueOrDefault(setting.Key) != setting.Value)
            .ToDictionary(setting => setting.Key, string? (setting) => setting.Value, StringComparer.Ordinal);
        if (changes.Count > 0)
        {
            await topics.ConfigureAsync(planned.Name, changes, cancellationToken).ConfigureAwait(false);
            TopicsLog.TopicConfigured(logger, planned.Name, string.Join(", ", changes.Select(change => $"{change.Key}={change.Value}")));
        }

        // Attributes are defaults for creation; somebody may have changed a topic since, on purpose, and is not overruled.
        foreach (var (name, value) in planned.Declared.Where(setting => !planned.Overrides.ContainsKey(setting.Key)))
        {
            if (description.Settings.GetValueOrDefault(name) is var actual && actual != value)
            {
                TopicsLog.TopicDiffers(logger, planned.Name, name, actual ?? "the broker's default", planned.Messages, value);
            }
        }
    }

    private static void ThrowIfPartitionsDiffer(IReadOnlyList<PlannedTopic> plan, Dictionary<string, TopicDescription> existing)
    {
        var faults = plan
            .Where(planned => planned.Partitions is { } wanted
                && existing.TryGetValue(planned.Name, out var found)
                && found.Partitions != wanted)
            .Select(planned => PartitionFault(planned, existing[planned.Name].Partitions))
            .ToArray();
        if (faults.Length > 0)
        {
            throw new StreamsException(string.Join(" ", faults)) { Code = StreamsErrorCode.InvalidPartitions };
        }
    }

    private static string PartitionFault(PlannedTopic planned, int actual)
        => $"Topic '{planned.Name}' has {(actual == 1 ? "1 partition" : $"{actual} partitions")}, "
            + $"and {planned.Partitions} are declared by {planned.Messages}. "
            + (actual < planned.Partitions
                ? $"Add partitions with ITopics.AddPartitionsAsync (keys may then move to other partitions), "
                    + $"or declare Partitions = {actual}."
                : $"Partitions cannot be removed: declare Partitions = {actual}, or move to a new topic.");
}

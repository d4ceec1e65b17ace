using Microsoft.Extensions.Logging;

namespace Streams.Broker.Topics;

/// <summary>What the catalog says.</summary>
internal static partial class TopicCatalogLog
{
    [LoggerMessage(4500, LogLevel.Information, "Created topic {Topic} ({TopicId}) with {Partitions} partitions.")]
    public static partial void TopicCreated(ILogger logger, string topic, string topicId, int partitions);

    [LoggerMessage(4501, LogLevel.Information, "Deleted topic {Topic} ({TopicId}) with its {Partitions} partitions.")]
    public static partial void TopicDeleted(ILogger logger, string topic, string topicId, int partitions);

    [LoggerMessage(4502, LogLevel.Information, "Topic {Topic} went from {Before} to {After} partitions.")]
    public static partial void PartitionsAdded(ILogger logger, string topic, int before, int after);

    [LoggerMessage(4503, LogLevel.Warning,
        "The data directory has {Partitions} partitions but no list of topics: topics are read from folder names, without their settings.")]
    public static partial void CheckpointMissing(ILogger logger, int partitions);

    [LoggerMessage(4504, LogLevel.Warning,
        "Adopted topic {Topic} with {Partitions} partitions from its folders. Its settings are not known: nothing is deleted by age "
        + "until retention.ms is set.")]
    public static partial void TopicAdopted(ILogger logger, string topic, int partitions);

    [LoggerMessage(4505, LogLevel.Warning, "Topic {Topic} is listed with {Listed} partitions, but folders for {Found} were found and "
        + "adopted.")]
    public static partial void PartitionsAdopted(ILogger logger, string topic, int listed, int found);

    [LoggerMessage(4506, LogLevel.Error,
        "The logs of topic {Topic} could not be created, and what was begun could not be undone; the next start finishes it.")]
    public static partial void UndoFailed(ILogger logger, Exception error, string topic);
}

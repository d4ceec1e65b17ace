using Microsoft.Extensions.Logging;

namespace Streams.Hosting.Topics;

/// <summary>What is said about topics at start.</summary>
internal static partial class TopicsLog
{
    [LoggerMessage(1100, LogLevel.Information, "Topic {Topic} was created with {Partitions} partitions for {Messages}.")]
    public static partial void TopicCreated(ILogger logger, string topic, int partitions, string messages);

    [LoggerMessage(1101, LogLevel.Information, "Topic {Topic} was changed as configuration says: {Settings}.")]
    public static partial void TopicConfigured(ILogger logger, string topic, string settings);

    [LoggerMessage(1102, LogLevel.Warning,
        "Topic {Topic} has {Setting} = {Actual}, while {Messages} declares {Declared}. What exists is kept; "
        + "change it with ITopics.ConfigureAsync, or the declaration.")]
    public static partial void TopicDiffers(ILogger logger, string topic, string setting, string actual, string messages, string declared);
}

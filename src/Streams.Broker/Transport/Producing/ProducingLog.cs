using Microsoft.Extensions.Logging;

namespace Streams.Broker.Transport.Producing;

/// <summary>What a producer says.</summary>
internal static partial class ProducingLog
{
    [LoggerMessage(3000, LogLevel.Error, "The report of a produced record threw; the records behind it are reported all the same.")]
    public static partial void ReportThrew(ILogger logger, Exception error);

    [LoggerMessage(3001, LogLevel.Error, "{Records} records for {Partition} were not produced.")]
    public static partial void BatchFailed(ILogger logger, Exception error, int records, TopicPartition partition);

    [LoggerMessage(3002, LogLevel.Warning, "Writing to {Partition} failed and is tried again until {Timeout} are over: {Reason}")]
    public static partial void Retrying(ILogger logger, TopicPartition partition, TimeSpan timeout, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Writing to {Partition} works again.")]
    public static partial void Recovered(ILogger logger, TopicPartition partition);
}

namespace Streams.Storage;

/// <summary>What a log answers when it cannot do what it was asked.</summary>
internal static class LogErrors
{
    public static StreamsException Closed(TopicPartition partition)
        => new($"The log of partition '{partition}' is closed.") { Code = StreamsErrorCode.Closed };

    public static StreamsException TooLarge(TopicPartition partition, int size, int sizeMax) => new(
        $"A batch of {size} bytes is too large for partition '{partition}', which takes {sizeMax}. Send smaller messages, or raise "
        + "'max.message.bytes' of the topic.")
    {
        Code = StreamsErrorCode.MessageTooLarge,
    };

    public static StreamsException OutOfRange(TopicPartition partition, long offset, long start, long end) => new(
        $"Offset {offset} is outside partition '{partition}', which holds {start} to {end}. Seek to an offset inside, or say what "
        + "happens then (OutOfRange).")
    {
        Code = StreamsErrorCode.OffsetOutOfRange,
    };

    public static StreamsException DeletedAboveEnd(TopicPartition partition, long offset, long end) => new(
        $"Records before offset {offset} of partition '{partition}' cannot be deleted: it ends at {end}. Name an offset up to that.")
    {
        Code = StreamsErrorCode.OffsetOutOfRange,
    };

    public static StreamsException Failed(TopicPartition partition, StreamsException cause) => new(
        $"Partition '{partition}' takes no records any more: {cause.Message} What was acknowledged is safe as far as it was made durable; "
        + "restart the application once the disk is sound.",
        cause)
    {
        Code = StreamsErrorCode.StorageFailed,
    };

    /// <summary>The same failure for another caller: one object thrown by several threads would mix up their stacks.</summary>
    public static StreamsException Repeat(StreamsException failure) => new(failure.Message, failure) { Code = failure.Code };
}

namespace Streams;

/// <summary>Reads one message type from its topic, without a group. Thread-safe; every call reads for itself.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IReader<T>
    where T : IMessage<T>
{
    /// <summary>Reads all partitions of the topic, each in offset order, the partitions interleaved. Other types on the topic are passed over.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="until">Where to end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MalformedPayloadException">A record cannot be read as the message.</exception>
    IAsyncEnumerable<Record<T>> ReadAsync(ReadFrom from, ReadUntil until, CancellationToken cancellationToken = default);

    /// <summary>Reads one partition.</summary>
    /// <param name="partition">The partition, counted from 0.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="until">Where to end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<Record<T>> ReadAsync(int partition, ReadFrom from, ReadUntil until, CancellationToken cancellationToken = default);
}

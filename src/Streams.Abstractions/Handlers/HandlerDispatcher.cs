using System.ComponentModel;

namespace Streams;

/// <summary>What the source generator derives for every handler class: from a wire name to a method call, without reflection. Stateless.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandlerDispatcher
{
    /// <summary>Makes an instance with constructor injection.</summary>
    /// <param name="services">The scope of the attempt, or the host's services for a singleton.</param>
    public abstract object Create(IServiceProvider services);

    /// <summary>Returns the route (the method's number) for a message, or -1 where the class has no method for it.</summary>
    /// <param name="topic">The topic as declared, placeholders included.</param>
    /// <param name="wireName">The UTF-8 wire name.</param>
    public abstract int Route(string topic, ReadOnlySpan<byte> wireName);

    /// <summary>Returns whether the method takes tombstones: its message parameter is nullable. Others never see them.</summary>
    /// <param name="route">What <see cref="Route"/> returned.</param>
    public virtual bool AcceptsTombstone(int route) => false;

    /// <summary>Reads the payload, calls the method and hands what it returns to <paramref name="results"/> before it completes.</summary>
    /// <param name="handler">An instance made by <see cref="Create"/>.</param>
    /// <param name="route">What <see cref="Route"/> returned.</param>
    /// <param name="payload">The payload; <paramref name="isTombstone"/> says when there is none.</param>
    /// <param name="isTombstone">Whether the record's value is null.</param>
    /// <param name="context">The record's context.</param>
    /// <param name="results">Takes returned messages.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <exception cref="MalformedPayloadException">The payload is not such a message; the method was not called.</exception>
    public abstract ValueTask InvokeAsync(
        object handler,
        int route,
        ReadOnlyMemory<byte> payload,
        bool isTombstone,
        MessageContext context,
        HandlerResults results,
        CancellationToken cancellationToken);

    /// <summary>Calls <c>OnCommitted</c> where the class has it.</summary>
    /// <param name="handler">An instance.</param>
    /// <param name="result">What became of the commit.</param>
    public virtual void OnCommitted(object handler, CommitResult result)
    {
    }

    /// <summary>Calls <c>OnPartitionsAssigned</c> where the class has it.</summary>
    /// <param name="handler">An instance.</param>
    /// <param name="partitions">What was assigned.</param>
    public virtual void OnPartitionsAssigned(object handler, IReadOnlyList<TopicPartition> partitions)
    {
    }

    /// <summary>Calls <c>OnPartitionsRevoked</c> where the class has it, after the final commit.</summary>
    /// <param name="handler">An instance.</param>
    /// <param name="partitions">What was given up.</param>
    public virtual void OnPartitionsRevoked(object handler, IReadOnlyList<TopicPartition> partitions)
    {
    }

    /// <summary>Calls <c>OnPartitionsLost</c> where the class has it; nothing of these may be committed any more.</summary>
    /// <param name="handler">An instance.</param>
    /// <param name="partitions">What was taken away.</param>
    public virtual void OnPartitionsLost(object handler, IReadOnlyList<TopicPartition> partitions)
    {
    }
}

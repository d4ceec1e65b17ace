namespace Streams;

/// <summary>What <see cref="MessageAttribute"/> says of one message type. Immutable.</summary>
public sealed class MessageDescriptor
{
    /// <summary>Gets the message's type.</summary>
    public required Type Type { get; init; }

    /// <summary>Gets the topic as written, placeholders included.</summary>
    public required string Topic { get; init; }

    /// <summary>Gets the wire name carried in the header <c>streams-type</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the partition count asked for, or <see langword="null"/> for the broker's default.</summary>
    public int? Partitions { get; init; }

    /// <summary>Gets a value indicating whether consumers rely on the order per key.</summary>
    public bool Ordered { get; init; }

    /// <summary>Gets a value indicating whether the topic is compacted.</summary>
    public bool Compacted { get; init; }

    /// <summary>Gets how long records are kept, or <see langword="null"/> for the broker's default.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Gets how records without a key are spread.</summary>
    public Unkeyed Unkeyed { get; init; }

    /// <summary>Gets a value indicating whether records of the topic without a wire name are read as this message.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Gets a value indicating whether the message declares key members.</summary>
    public bool HasKey { get; init; }

    /// <summary>Gets a value indicating whether the message names its own <see cref="IPartitioner{T}"/>.</summary>
    public bool HasPartitioner { get; init; }
}

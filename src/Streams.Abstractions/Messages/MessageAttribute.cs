namespace Streams;

/// <summary>Declares a message and the topic it travels on. The type must be <c>partial</c>: a source generator adds its serializer and key encoder.</summary>
/// <param name="topic">The topic; it may hold <c>{Environment}</c>, which the host replaces with its environment's name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class MessageAttribute(string topic) : Attribute
{
    /// <summary>Gets the topic the message travels on.</summary>
    public string Topic { get; } = topic;

    /// <summary>Gets or sets the wire name in the header <c>streams-type</c>; the default is the type's simple name.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets how many partitions the topic gets when it is created; 0 (the default) takes the broker's default of 6.</summary>
    public int Partitions { get; set; }

    /// <summary>Gets or sets whether consumers rely on the order of records with one key; then a <see cref="PartitionKeyAttribute"/> is required.</summary>
    public bool Ordered { get; set; }

    /// <summary>Gets or sets whether the topic keeps the last record of each key instead of deleting by age.</summary>
    public bool Compacted { get; set; }

    /// <summary>Gets or sets how long records are kept, as text such as <c>"7d"</c>, <c>"12h"</c> or <c>"30m"</c>; the default is the broker's 7 days.</summary>
    public string? Retention { get; set; }

    /// <summary>Gets or sets a type that implements <see cref="IPartitioner{T}"/> and has a parameterless constructor.</summary>
    public Type? Partitioner { get; set; }

    /// <summary>Gets or sets how records without a key are spread; the default is <see cref="Unkeyed.RoundRobin"/>.</summary>
    public Unkeyed Unkeyed { get; set; }

    /// <summary>Gets or sets whether records of the topic without the header <c>streams-type</c> are read as this message.</summary>
    public bool Default { get; set; }
}

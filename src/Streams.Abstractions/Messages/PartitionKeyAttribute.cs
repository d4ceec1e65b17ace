namespace Streams;

/// <summary>Marks a member whose value makes the record's key. Several members form a composite key, a MessagePack array in <see cref="Order"/>.</summary>
/// <remarks>Key bytes: string as UTF-8, integers big-endian, Guid as its 36-character text, byte[] as is.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class PartitionKeyAttribute : Attribute
{
    /// <summary>Gets or sets the place of this member in a composite key, counted from 0.</summary>
    public int Order { get; set; }
}

namespace Streams.Shared;

/// <summary>The types the compiler extensions know, by full name: they reference no assembly of Streams.</summary>
internal static class WellKnownNames
{
    public const string MessageAttribute = "Streams.MessageAttribute";
    public const string PartitionKeyAttribute = "Streams.PartitionKeyAttribute";
    public const string PartitionerInterface = "Streams.IPartitioner<T>";
    public const string ConsumerGroupAttribute = "Streams.ConsumerGroupAttribute";
    public const string MessageContext = "Streams.MessageContext";
    public const string CommitResult = "Streams.CommitResult";
    public const string TopicPartition = "Streams.TopicPartition";
    public const string StreamsModuleAttribute = "Streams.StreamsModuleAttribute";
    public const string StreamsBuilder = "Streams.StreamsBuilder";
    public const string AbstractionsAssembly = "Streams.Abstractions";

    public const string MessagePackObjectAttribute = "MessagePack.MessagePackObjectAttribute";
    public const string KeyAttribute = "MessagePack.KeyAttribute";
    public const string DataAnnotationsKeyAttribute = "System.ComponentModel.DataAnnotations.KeyAttribute";
    public const string IgnoreMemberAttribute = "MessagePack.IgnoreMemberAttribute";
    public const string SerializationConstructorAttribute = "MessagePack.SerializationConstructorAttribute";
    public const string MessagePackFormatterAttribute = "MessagePack.MessagePackFormatterAttribute";
    public const string FormatterInterface = "MessagePack.Formatters.IMessagePackFormatter<T>";
    public const string CallbackReceiver = "MessagePack.IMessagePackSerializationCallbackReceiver";
    public const string UnionAttribute = "MessagePack.UnionAttribute";

    public const string DataContractAttribute = "System.Runtime.Serialization.DataContractAttribute";
    public const string DataMemberAttribute = "System.Runtime.Serialization.DataMemberAttribute";
    public const string IgnoreDataMemberAttribute = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    public const string ObsoleteAttribute = "System.ObsoleteAttribute";
    public const string NonSerializedAttribute = "System.NonSerializedAttribute";

    public const string SetsRequiredMembersAttribute = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string InjectionConstructorAttribute =
        "Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute";
    public const string FromKeyedServicesAttribute = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    public const string CancellationToken = "System.Threading.CancellationToken";

    /// <summary>The nested class that generated code adds to a message: its reader and writer.</summary>
    public const string PayloadClass = "__Payload";
}

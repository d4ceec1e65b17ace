using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers.Messages;

/// <summary>The rules of message shape.</summary>
internal static class MessageRules
{
    public static readonly DiagnosticDescriptor MissingPartial = new(
        DiagnosticIds.MissingPartial,
        title: "Message is not partial",
        messageFormat: "'{0}' must be partial so that the serializer of message '{1}' can be generated",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.MissingPartial));

    public static readonly DiagnosticDescriptor NoPartitionKey = new(
        DiagnosticIds.NoPartitionKey,
        title: "Partition key is missing or incomplete",
        messageFormat: "The key of message '{0}' is not complete: {1}",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NoPartitionKey));

    public static readonly DiagnosticDescriptor UnstableKey = new(
        DiagnosticIds.UnstableKey,
        title: "Partition key is not stable",
        messageFormat: "Key '{0}' of type '{1}' is not stable: {2}; use string, Guid, an integer or byte[]",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnstableKey));

    public static readonly DiagnosticDescriptor NullableKey = new(
        DiagnosticIds.NullableKey,
        title: "Partition key may be null",
        messageFormat: "Key '{0}' may be null, and records without a key are spread over all partitions; make it non-null, "
            + "or set Unkeyed on the message to say how",
        category: Categories.Message, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NullableKey));

    public static readonly DiagnosticDescriptor UnsupportedMember = new(
        DiagnosticIds.UnsupportedMember,
        title: "Member cannot be written",
        messageFormat: "Member '{0}' of type '{1}' cannot be written: {2}",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnsupportedMember));

    public static readonly DiagnosticDescriptor BadFieldIndex = new(
        DiagnosticIds.BadFieldIndex,
        title: "Member has no valid position",
        messageFormat: "'{0}' has no valid position in the payload: {1}",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.BadFieldIndex));

    public static readonly DiagnosticDescriptor OpenGenericMessage = new(
        DiagnosticIds.OpenGenericMessage,
        title: "Message is generic",
        messageFormat: "Message '{0}' is generic or stands in a generic type, so that its bytes are open; derive a closed message from it",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.OpenGenericMessage));

    public static readonly DiagnosticDescriptor LossyDeserialization = new(
        DiagnosticIds.LossyDeserialization,
        title: "Payload cannot be read back",
        messageFormat: "'{0}' cannot be read back: {1}",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LossyDeserialization));

    public static readonly DiagnosticDescriptor FaultyUnion = new(
        DiagnosticIds.FaultyUnion,
        title: "Union is missing or faulty",
        messageFormat: "'{0}' cannot be told apart by its bytes: {1}",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.FaultyUnion));

    public static readonly DiagnosticDescriptor InaccessibleMessage = new(
        DiagnosticIds.InaccessibleMessage,
        title: "Message cannot be registered",
        messageFormat: "Message '{0}' cannot be registered, because generated code cannot name it; "
            + "make it at least internal, neither static, a ref struct nor file-local",
        category: Categories.Message, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.InaccessibleMessage));

    public static readonly DiagnosticDescriptor UnusablePartitioner = new(
        DiagnosticIds.UnusablePartitioner,
        title: "Partitioner cannot be used",
        messageFormat: "'{0}' cannot be the partitioner of '{1}': it must be a class that implements IPartitioner<{1}> "
            + "and has a parameterless constructor the message can call",
        category: Categories.Message, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnusablePartitioner));
}

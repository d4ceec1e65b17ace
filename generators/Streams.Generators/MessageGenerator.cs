using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Generators.Emitting;
using Streams.Shared;
using Streams.Shared.Messages;

namespace Streams.Generators;

/// <summary>Writes payload and key of every type with <c>[Message]</c>: one file per message, one per plain type inside messages.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.MessageAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellationToken) => Read(found, cancellationToken))
            .Where(static reading => reading is not null)
            .Select(static (reading, _) => reading!)
            .WithTrackingName(StepNames.ReadMessages);

        var messages = readings.Select(static (reading, _) => reading.Message).WithTrackingName(StepNames.Messages);
        context.RegisterSourceOutput(
            messages, static (output, message) => output.AddSource(message.HintName, new MessageEmitter(message).Emit()));

        // The same plain type may stand in several messages.
        var plainTypes = readings.SelectMany(static (reading, _) => reading.PlainTypes).Collect()
            .SelectMany(static (types, _) => types
                .GroupBy(static type => type.CodecName, StringComparer.Ordinal)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => group.First()))
            .WithTrackingName(StepNames.PlainTypes);
        context.RegisterSourceOutput(
            plainTypes, static (output, type) => output.AddSource(type.CodecName + ".g.cs", PlainTypeEmitter.Emit(type)));
    }

    private static MessageReading? Read(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
        => found.IsFirstDeclaration(WellKnownNames.MessageAttribute)
            ? new MessageReader(found.SemanticModel.Compilation, new IssueSink(keep: false), cancellationToken)
                .Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0])
            : null;
}

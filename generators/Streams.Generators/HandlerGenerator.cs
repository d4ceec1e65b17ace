using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Generators.Emitting;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Generators;

/// <summary>Writes the dispatcher of every class with <c>[ConsumerGroup]</c>: one file each.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class HandlerGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var handlers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.ConsumerGroupAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellationToken) => Read(found, cancellationToken))
            .Where(static handler => handler is not null)
            .Select(static (handler, _) => handler!)
            .WithTrackingName(StepNames.ReadHandlers);
        context.RegisterSourceOutput(
            handlers, static (output, handler) => output.AddSource(handler.HintName, new HandlerEmitter(handler).Emit()));
    }

    internal static HandlerModel? Read(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
        => found.IsFirstDeclaration(WellKnownNames.ConsumerGroupAttribute)
            ? new HandlerReader(found.SemanticModel.Compilation, new IssueSink(keep: false), cancellationToken)
                .Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0])
            : null;
}

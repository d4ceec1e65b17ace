using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Generators.Emitting;
using Streams.Shared;
using Streams.Shared.Messages;

namespace Streams.Generators;

/// <summary>
/// Writes the module of an assembly, which registers its messages and handlers, and the extension methods that call it and the
/// modules of everything the assembly references.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RegistrationGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var messages = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.MessageAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellationToken) => MessageName(found, cancellationToken))
            .WithTrackingName(StepNames.ModuleMessages)
            .Collect();
        var handlers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.ConsumerGroupAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellationToken) => HandlerGenerator.Read(found, cancellationToken)?.DispatcherName)
            .WithTrackingName(StepNames.ModuleHandlers)
            .Collect();
        var references = context.CompilationProvider
            .Select(static (compilation, cancellationToken) => ReferencedModules.Read(compilation, cancellationToken))
            .WithTrackingName(StepNames.ReferencedModules);

        var module = references.Combine(messages).Combine(handlers)
            .Select(static (all, _) => new ModuleModel(all.Left.Left, Ordered(all.Left.Right), Ordered(all.Right)))
            .WithTrackingName(StepNames.Module);
        context.RegisterSourceOutput(module, static (output, module) => Emit(output, module));
    }

    private static void Emit(SourceProductionContext output, ModuleModel module)
    {
        if (module.References is not { } references)
        {
            return;
        }

        IEnumerable<string> modules = references.Modules;
        if (module.Messages.Count + module.Dispatchers.Count > 0)
        {
            output.AddSource("StreamsModule.g.cs", ModuleEmitter.EmitModule(references.Assembly, module.Messages, module.Dispatchers));
            modules = modules.Prepend("global::Streams.Generated." + ModuleEmitter.ModuleName(references.Assembly));
        }

        output.AddSource("StreamsGeneratedExtensions.g.cs", ModuleEmitter.EmitExtensions(modules));
        output.AddSource("EmbeddedAttribute.g.cs", ModuleEmitter.EmitEmbeddedAttribute());
    }

    private static string? MessageName(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)found.TargetSymbol;
        return MessageReader.CanBeImplemented(type, found.SemanticModel.Compilation, cancellationToken) && type.IsVisibleInAssembly()
            ? type.FullName()
            : null;
    }

    private static EquatableArray<string> Ordered(ImmutableArray<string?> names)
        => new(names.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal));
}

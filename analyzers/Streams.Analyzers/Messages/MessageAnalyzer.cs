using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Shared;
using Streams.Shared.Messages;

namespace Streams.Analyzers.Messages;

/// <summary>Says what stands in the way of a message's serializer. Reads messages with the generator's own code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MessageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        MessageRules.MissingPartial,
        MessageRules.NoPartitionKey,
        MessageRules.UnstableKey,
        MessageRules.NullableKey,
        MessageRules.UnsupportedMember,
        MessageRules.BadFieldIndex,
        MessageRules.OpenGenericMessage,
        MessageRules.LossyDeserialization,
        MessageRules.FaultyUnion,
        MessageRules.InaccessibleMessage,
        MessageRules.UnusablePartitioner,
        ConfigurationRules.InvalidName,
        ConfigurationRules.InvalidDuration,
        ConfigurationRules.UnsuitableProject,
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WellKnownNames.MessageAttribute) is null)
            {
                return;
            }

            var reporter = new IssueReporter(SupportedDiagnostics);
            start.RegisterSymbolAction(symbol => Analyze(symbol, reporter), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, IssueReporter reporter)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ReportMissingCase(context, type);
        if (type.FindAttribute(WellKnownNames.MessageAttribute) is not { } attribute)
        {
            return;
        }

        var issues = new IssueSink(keep: true);
        new MessageReader(context.Compilation, issues, context.CancellationToken).Read(type, attribute);
        reporter.Report(issues.Issues, context.ReportDiagnostic);
    }

    // Where such an object stands for its union, writing it would fail: there is no tag for it.
    private static void ReportMissingCase(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type is { IsAbstract: true } or { IsGenericType: true } or { TypeKind: not (TypeKind.Class or TypeKind.Struct) })
        {
            return;
        }

        foreach (var union in type.BaseFirst().Concat(type.AllInterfaces))
        {
            if (UnionReader.IsUnion(union) && SymbolEqualityComparer.Default.Equals(union.ContainingAssembly, type.ContainingAssembly)
                && !UnionReader.Attributes(union).Any(attribute => SymbolEqualityComparer.Default.Equals(
                    attribute.Positional<INamedTypeSymbol>(1), type)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MessageRules.FaultyUnion,
                    type.Locations[0],
                    type.Name,
                    $"it derives from the union '{union.Name}' but is no case of it, so writing one would fail; give it [Union]"));
            }
        }
    }
}

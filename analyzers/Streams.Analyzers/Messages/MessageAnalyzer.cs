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
        MessageRules.AbstractMember,
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
        if (type.FindAttribute(WellKnownNames.MessageAttribute) is not { } attribute)
        {
            return;
        }

        var issues = new IssueSink(keep: true);
        new MessageReader(context.Compilation, issues, context.CancellationToken).Read(type, attribute);
        reporter.Report(issues.Issues, context.ReportDiagnostic);
    }
}

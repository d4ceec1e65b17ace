using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Analyzers.Handlers;

/// <summary>Says what stands in the way of a handler's dispatcher. Reads handlers with the generator's own code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        HandlerRules.AsyncVoidHandler,
        HandlerRules.WrongHandlerSignature,
        HandlerRules.DuplicateHandler,
        HandlerRules.UnreachableHandler,
        HandlerRules.HandlerCannotBeConstructed,
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
            if (start.Compilation.GetTypeByMetadataName(WellKnownNames.ConsumerGroupAttribute) is null)
            {
                return;
            }

            var reporter = new IssueReporter(SupportedDiagnostics);
            var groups = new GroupMembers();
            start.RegisterSymbolAction(symbol => Analyze(symbol, reporter, groups), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, IssueReporter reporter, GroupMembers groups)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownNames.ConsumerGroupAttribute) is not { } attribute)
        {
            return;
        }

        var issues = new IssueSink(keep: true);
        var handler = new HandlerReader(context.Compilation, issues, context.CancellationToken).Read(type, attribute);
        reporter.Report(issues.Issues, context.ReportDiagnostic);
        foreach (var route in handler is null ? [] : handler.Routes)
        {
            if (groups.Join(handler!.Group.GroupId, route.Message, type) is { } second)
            {
                var message = route.Message.Substring(route.Message.LastIndexOfAny(['.', ':']) + 1);
                context.ReportDiagnostic(Diagnostic.Create(HandlerRules.DuplicateHandler, second.Locations[0], second.Name, message));
            }
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Shared;

namespace Streams.Analyzers.Groups;

/// <summary>STRM0404: an application with handlers that never registers them. Known at the end of a build only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegistrationAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] TestPlatforms =
        ["Microsoft.Testing.Platform", "Microsoft.VisualStudio.TestPlatform.ObjectModel", "xunit.core", "xunit.v3.core", "nunit.framework"];

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [GroupRules.UnregisteredHandlers];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
                || start.Compilation.GetTypeByMetadataName(WellKnownNames.ConsumerGroupAttribute) is null
                || start.Compilation.ReferencedAssemblyNames.Any(reference => Array.IndexOf(TestPlatforms, reference.Name) >= 0))
            {
                return;
            }

            var registration = new Registration();
            start.RegisterSymbolAction(symbol => registration.See((INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation => registration.See((IInvocationOperation)operation.Operation), OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => registration.Report(end.ReportDiagnostic));
        });
    }
}

using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;
using Streams.Shared;

namespace Streams.Analyzers.Commits;

/// <summary>What the analyzers of handler bodies share: nothing runs where Streams is not used, and only handlers are looked at.</summary>
public abstract class HandlerBodyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WellKnownNames.ConsumerGroupAttribute) is null)
            {
                return;
            }

            var policies = new GroupPolicies(start.Compilation);
            var summaries = new SummaryCache();
            start.RegisterOperationBlockAction(block =>
            {
                if (HandlerBody.Find(block, policies) is { } body)
                {
                    Analyze(body, summaries);
                }
            });
        });
    }

    /// <summary>Looks at one body.</summary>
    private protected abstract void Analyze(HandlerBody body, SummaryCache summaries);
}

using Microsoft.CodeAnalysis.Diagnostics;
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
            start.RegisterOperationBlockAction(block =>
            {
                if (HandlerBody.Find(block, policies) is { } body)
                {
                    Analyze(body);
                }
            });
        });
    }

    /// <summary>Looks at one body.</summary>
    private protected abstract void Analyze(HandlerBody body);
}

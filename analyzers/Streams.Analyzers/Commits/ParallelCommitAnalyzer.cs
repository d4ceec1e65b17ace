using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0014: one context committed from many tasks at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParallelCommitAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommitRules.CommitInParallelSection];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var call in body.Operations.OfType<IInvocationOperation>())
        {
            if (OutcomeCalls.KindOf(call) is { } kind && kind.IsDone() && !call.IsInExpressionTree()
                && ParallelCallAround(call, body) is { } parallel && !IsGroupedByPartition(parallel))
            {
                body.Report(Diagnostic.Create(
                    CommitRules.CommitInParallelSection,
                    call.Syntax.GetLocation(),
                    additionalLocations: [parallel.Syntax.GetLocation()],
                    call.TargetMethod.Name));
            }
        }
    }

    // The call that runs a lambda around the commit in parallel, where the context comes from outside that lambda.
    private static IInvocationOperation? ParallelCallAround(IInvocationOperation commit, HandlerBody body)
    {
        var context = OutcomeCalls.ContextOf(commit)?.WithoutConversions();
        for (var function = commit.FindAround<IAnonymousFunctionOperation>(); function is not null;
            function = function.FindAround<IAnonymousFunctionOperation>())
        {
            if (IsDeclaredIn(context, function))
            {
                return null;
            }

            if (function.FindAround<IInvocationOperation>() is { } call && RunsInParallel(call, body))
            {
                return call;
            }
        }

        return null;
    }

    private static bool IsDeclaredIn(IOperation? context, IAnonymousFunctionOperation function) => context switch
    {
        IParameterReferenceOperation parameter
            => SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, function.Symbol),
        ILocalReferenceOperation local => function.Descendants().OfType<IVariableDeclaratorOperation>()
            .Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local)),
        _ => false,
    };

    private static bool RunsInParallel(IInvocationOperation call, HandlerBody body)
    {
        var method = call.TargetMethod;
        return method.ContainingType?.ToDisplayString() switch
        {
            "System.Threading.Tasks.Parallel" or "System.Linq.ParallelEnumerable" => true,
            "System.Linq.Enumerable" when method.Name is "Select" or "SelectMany" => IsAwaitedTogether(call, body),
            _ => false,
        };
    }

    private static bool IsAwaitedTogether(IInvocationOperation select, HandlerBody body)
    {
        for (var current = select.Parent; current is not null and not IExpressionStatementOperation; current = current.Parent)
        {
            if (current is IInvocationOperation call && IsCombinator(call))
            {
                return true;
            }
        }

        return TaskFate.Of(select) is { Use: TaskUse.Kept, Local: { } local }
            && body.Operations.OfType<IInvocationOperation>().Any(call => IsCombinator(call)
                && call.Descendants().OfType<ILocalReferenceOperation>()
                    .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local)));
    }

    private static bool IsCombinator(IInvocationOperation call)
        => call.TargetMethod.Name is "WhenAll" or "WhenAny" && WorkCalls.IsTask(call.TargetMethod.ContainingType);

    private static bool IsGroupedByPartition(IInvocationOperation parallel)
        => parallel.Descendants().OfType<IInvocationOperation>().Any(call => call.TargetMethod.Name == "GroupBy"
            && call.Descendants().OfType<IMemberReferenceOperation>().Any(member => member.Member.Name == "Partition"));
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;
using Streams.Shared;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0020: waits that nothing ends, or that take longer than anybody should hold a record.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LongWaitAnalyzer : HandlerBodyAnalyzer
{
    private const string Retry = "call RetryAsync, which waits without holding it";

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [OffsetRules.LongWait];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var operation in body.Operations.Where(operation => !operation.IsImplicit && !operation.IsInExpressionTree()))
        {
            switch (operation)
            {
                case IInvocationOperation call when FindWait(call, body) is var (what, remedy):
                    body.Report(OffsetRules.LongWait, call.Syntax.GetLocation(), what, remedy);
                    break;
                case ILoopOperation loop when IsEndlessRetry(loop):
                    body.Report(
                        OffsetRules.LongWait, loop.Syntax.GetFirstToken().GetLocation(), "This loop tries again until it succeeds", Retry);
                    break;
                default:
                    break;
            }
        }
    }

    private static (string What, string Remedy)? FindWait(IInvocationOperation call, HandlerBody body)
    {
        var method = call.TargetMethod;
        if (method.Name == "Delay" && WorkCalls.IsTask(method.ContainingType))
        {
            return Durations.SecondsOf(call.Arguments[0].Value) is { } seconds && seconds >= body.Options.LongestWaitSeconds
                && !IsThrownAfter(call)
                    ? ($"A wait of {seconds:0} seconds", Retry)
                    : null;
        }

        if (method is { Name: "WaitAsync", ContainingType.Name: "SemaphoreSlim", Parameters.Length: 0 })
        {
            return ("A wait for a semaphore that nothing ends", "pass the handler's token");
        }

        return method.Name.Contains("RetryForever") ? ("A policy that retries forever", Retry) : null;
    }

    // A pause before a failure is told is no wait for something better.
    private static bool IsThrownAfter(IInvocationOperation delay)
        => delay.FindAround<ICatchClauseOperation>() is { Handler.Operations: var operations }
            && operations.LastOrDefault() is IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation;

    // while (true) { try { ...; break; } catch { } }
    private static bool IsEndlessRetry(ILoopOperation loop)
        => IsEndless(loop)
            && loop.Body.ChildOperations.OfType<ITryOperation>()
                .Any(attempt => attempt.Catches.Length > 0 && attempt.Catches.All(clause => !Leaves(clause.Handler)))
            && !loop.Body.Descendants().Any(item => item.Type?.Is(WellKnownNames.CancellationToken) == true)
            && !loop.Body.Descendants().Any(item => item is IConditionalOperation choice && Leaves(choice));

    private static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation repeating => repeating.Condition is { ConstantValue: { HasValue: true, Value: true } },
        IForLoopOperation counting => counting.Condition is null or { ConstantValue: { HasValue: true, Value: true } },
        _ => false,
    };

    private static bool Leaves(IOperation operation)
        => operation.DescendantsAndSelf().Any(item => item is IThrowOperation or IReturnOperation or IBranchOperation
            { BranchKind: BranchKind.Break });
}

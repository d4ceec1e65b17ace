using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>Finds calls in loops over a batch.</summary>
internal static class BatchLoops
{
    /// <summary>Whether a call on the context of a batch stands in a loop over that batch.</summary>
    public static bool IsInLoopOverBatch(IInvocationOperation call, MessageUses message)
        => OutcomeCalls.IsBatchContext(OutcomeCalls.ContextOf(call)?.Type) && LoopAround(call, message) is not null;

    /// <summary>The nearest loop over a batch around an operation.</summary>
    public static ILoopOperation? LoopAround(IOperation operation, MessageUses message)
    {
        for (var current = operation.Parent; current is not null and not IAnonymousFunctionOperation; current = current.Parent)
        {
            if (current is IForEachLoopOperation each && IsBatch(each.Collection, message))
            {
                return each;
            }

            if (current is IForLoopOperation { Condition: { } condition } counting && IsBatch(condition, message))
            {
                return counting;
            }

            if (current is IWhileLoopOperation { Condition: { } asked } repeating && IsBatch(asked, message))
            {
                return repeating;
            }
        }

        return null;
    }

    private static bool IsBatch(IOperation expression, MessageUses message)
        => expression.DescendantsAndSelf().Any(item => item.Type is INamedTypeSymbol { Name: "MessageBatch" } && message.IsMentioned(item));
}

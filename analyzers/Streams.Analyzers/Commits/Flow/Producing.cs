using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Calls of producers: those that only queue a record, and those that wait for all that is queued.</summary>
internal static class Producing
{
    /// <summary>Whether the call queues a record and returns at once.</summary>
    public static bool IsQueue(IInvocationOperation call)
        => call.TargetMethod is { Name: "Produce", ReturnsVoid: true } && IsProducer(call);

    /// <summary>Whether the call produces a record and returns a task for its acknowledgement.</summary>
    public static bool IsProduceAsync(IInvocationOperation call)
        => call.TargetMethod.Name is "ProduceAsync" or "ProduceTombstoneAsync" && IsProducer(call);

    /// <summary>Whether the call waits for everything that is queued.</summary>
    public static bool IsFlush(IInvocationOperation call) => call.TargetMethod.Name is "Flush" or "FlushAsync" && IsProducer(call);

    // A report that completes something the method awaits is as good as a flush.
    public static bool IsReportAwaited(IInvocationOperation call)
    {
        var captured = new HashSet<ISymbol>(
            call.Arguments.SelectMany(argument => argument.Descendants().OfType<IAnonymousFunctionOperation>())
                .SelectMany(report => report.Descendants().OfType<ILocalReferenceOperation>())
                .Select(reference => reference.Local),
            SymbolEqualityComparer.Default);
        if (captured.Count == 0)
        {
            return false;
        }

        var root = call.Parent!;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root.Descendants().OfType<IAwaitOperation>()
            .SelectMany(awaiting => awaiting.Descendants().OfType<ILocalReferenceOperation>())
            .Any(reference => captured.Contains(reference.Local));
    }

    private static bool IsProducer(IInvocationOperation call)
        => call.TargetMethod.ContainingType is { } type && type.Name.Contains("Producer");
}

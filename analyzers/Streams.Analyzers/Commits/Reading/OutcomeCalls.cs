using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>Recognises contexts and the calls that say what became of a record.</summary>
internal static class OutcomeCalls
{
    private static readonly Dictionary<string, OutcomeKind> Kinds = new(StringComparer.Ordinal)
    {
        ["Ack"] = OutcomeKind.Acknowledge,
        ["CommitAsync"] = OutcomeKind.Commit,
        ["AckThrough"] = OutcomeKind.AcknowledgePart,
        ["CommitThroughAsync"] = OutcomeKind.CommitPart,
        ["SkipAsync"] = OutcomeKind.Skip,
        ["DeadLetterAsync"] = OutcomeKind.DeadLetter,
        ["RetryAsync"] = OutcomeKind.Retry,
    };

    /// <summary>Whether values of the type are contexts of a record or of a batch.</summary>
    public static bool IsContext(ITypeSymbol? type)
        => type is { Name: "MessageContext" or "BatchContext", ContainingType: null, ContainingNamespace: { Name: "Streams" } space }
            && space.ContainingNamespace.IsGlobalNamespace;

    /// <summary>Whether values of the type are contexts of a batch.</summary>
    public static bool IsBatchContext(ITypeSymbol? type) => IsContext(type) && type!.Name == "BatchContext";

    /// <summary>What the call says about its record; null where it is no outcome.</summary>
    public static OutcomeKind? KindOf(IInvocationOperation call)
        => Kinds.TryGetValue(call.TargetMethod.Name, out var kind) && IsContext(ContextOf(call)?.Type ?? call.TargetMethod.ContainingType)
            ? kind
            : null;

    /// <summary>The context a call is made on.</summary>
    public static IOperation? ContextOf(IInvocationOperation call)
        => call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    /// <summary>Whether the kind says "done": its offset is committed with it or after it.</summary>
    public static bool IsDone(this OutcomeKind kind)
        => kind is OutcomeKind.Acknowledge or OutcomeKind.Commit or OutcomeKind.AcknowledgePart or OutcomeKind.CommitPart;

    /// <summary>Whether the kind speaks of a part of a batch.</summary>
    public static bool IsPart(this OutcomeKind kind) => kind is OutcomeKind.AcknowledgePart or OutcomeKind.CommitPart;
}

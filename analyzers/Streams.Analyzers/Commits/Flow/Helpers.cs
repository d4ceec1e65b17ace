using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Which calls can be looked into: methods with a body in this compilation that no other can take the place of.</summary>
internal static class Helpers
{
    /// <summary>The method to look into; null where there is none, or nothing of the record gets there.</summary>
    public static IMethodSymbol? Find(IInvocationOperation call, MessageUses message)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return method;
        }

        return IsFixed(method) && method.DeclaringSyntaxReferences.Length == 1
            && method.ContainingType.TypeKind != TypeKind.Interface
            && (ContextUses.IsPassedTo(call) || (IsOwn(call) && call.Arguments.Any(argument => message.IsGivenAway(argument))))
            ? method
            : null;
    }

    private static bool IsFixed(IMethodSymbol method)
        => !method.IsAbstract && !method.IsExtern
            && (!(method.IsVirtual || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed);

    private static bool IsOwn(IInvocationOperation call)
        => call.Instance is IInstanceReferenceOperation or null && call.TargetMethod.DeclaredAccessibility == Accessibility.Private;
}

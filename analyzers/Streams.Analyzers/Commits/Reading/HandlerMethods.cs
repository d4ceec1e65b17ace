using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>Which methods of a handler class the runtime calls.</summary>
internal static class HandlerMethods
{
    public static bool IsHandler(IMethodSymbol method)
        => method is { Name: "Handle" or "HandleAsync", IsStatic: false, Parameters.Length: > 0 }
            && MessageUses.IsMessage(method.Parameters[0].Type);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Which exceptions a catch takes.</summary>
internal static class CatchRegions
{
    /// <summary>True where the catch takes the exception for sure, false where it cannot, null where it may.</summary>
    /// <param name="handler">The catch, or the catch with its filter.</param>
    /// <param name="exactType">The type of what is thrown; null where that is unknown.</param>
    public static bool? Takes(ControlFlowRegion handler, ITypeSymbol? exactType)
    {
        var caught = handler.ExceptionType;
        if (IsGeneral(caught))
        {
            return handler.Kind == ControlFlowRegionKind.Catch ? true : null;
        }

        if (exactType is null)
        {
            return null;
        }

        for (var type = exactType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, caught))
            {
                return handler.Kind == ControlFlowRegionKind.Catch ? true : null;
            }
        }

        return false;
    }

    /// <summary>Whether a catch of the type takes any exception.</summary>
    public static bool IsGeneral(ITypeSymbol? caught)
        => caught is null || caught.SpecialType == SpecialType.System_Object
            || (caught.Name == "Exception" && caught.ContainingNamespace?.ToDisplayString() == "System");
}

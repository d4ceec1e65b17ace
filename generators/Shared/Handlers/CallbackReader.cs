using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>Reads the <c>On...</c> methods of a handler class.</summary>
internal sealed class CallbackReader(Compilation compilation, IssueSink issues)
{
    /// <summary>The methods in the order of the bits of <c>HandlerCallbacks</c>.</summary>
    public static readonly string[] Names = ["OnCommitted", "OnPartitionsAssigned", "OnPartitionsRevoked", "OnPartitionsLost"];

    /// <summary>Reads them as the bits of <c>HandlerCallbacks</c>; one that is wrong is left out.</summary>
    public int Read(INamedTypeSymbol type)
    {
        var callbacks = 0;
        for (var bit = 0; bit < Names.Length; bit++)
        {
            var methods = type.BaseFirst()
                .SelectMany(level => level.GetMembers(Names[bit]).OfType<IMethodSymbol>())
                .Where(method => !method.IsOverride)
                .ToArray();
            if (methods.Any(method => IsCallback(method, bit)))
            {
                callbacks |= 1 << bit;
            }
            else if (methods.Length > 0)
            {
                var parameter = bit == 0 ? "CommitResult" : "IReadOnlyList<TopicPartition>";
                issues.Add(DiagnosticIds.WrongHandlerSignature, methods[0], methods[0].Name,
                    $"it must be 'public void {Names[bit]}({parameter})'");
            }
        }

        return callbacks;
    }

    private bool IsCallback(IMethodSymbol method, int bit)
        => method is { IsStatic: false, IsGenericMethod: false, ReturnsVoid: true, IsAsync: false, Parameters.Length: 1,
                DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal }
            && method.Parameters[0].RefKind == RefKind.None
            && (bit == 0
                ? method.Parameters[0].Type.Is(WellKnownNames.CommitResult)
                : TakesPartitions(method.Parameters[0].Type));

    private bool TakesPartitions(ITypeSymbol type)
        => compilation.GetTypeByMetadataName(WellKnownNames.TopicPartition) is { } partition
            && compilation.GetTypeByMetadataName("System.Collections.Generic.IReadOnlyList`1") is { } list
            && compilation.ClassifyCommonConversion(list.Construct(partition), type) is { Exists: true, IsImplicit: true };
}

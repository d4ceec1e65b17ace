using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>A message type as a handler or its caller refers to it.</summary>
internal static class MessageReference
{
    /// <summary>Returns the attribute of a message type, of this assembly or another.</summary>
    public static AttributeData? AttributeOf(ITypeSymbol type) => type.FindAttribute(WellKnownNames.MessageAttribute);

    /// <summary>Whether generated code may use it as <c>IMessage&lt;T&gt;</c>: it has its generated part, or gets it.</summary>
    public static bool IsImplemented(ITypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
        => type is INamedTypeSymbol named
            && (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                ? Messages.MessageReader.CanBeImplemented(named, compilation, cancellationToken) && type.IsVisibleInAssembly()
                : type.AllInterfaces.Any(face => face.Is("Streams.IMessage<TSelf>")
                    && SymbolEqualityComparer.Default.Equals(face.TypeArguments[0], type)));
}

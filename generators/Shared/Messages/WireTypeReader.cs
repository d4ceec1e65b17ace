using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>From a type to its place on the wire. Types with members of their own are handed to <paramref name="plainTypes"/>.</summary>
internal sealed class WireTypeReader(Compilation compilation, PlainTypeQueue plainTypes, CancellationToken cancellationToken)
{
    private readonly IAssemblySymbol _assembly = compilation.Assembly;

    /// <summary>Gets or sets the member whose type is read: where something is reported that stands in another assembly.</summary>
    public ISymbol? Origin { get; set; }

    /// <summary>Reads a type; null with the reason where it cannot be written. An empty reason: another diagnostic says why.</summary>
    public WireType? Read(ITypeSymbol type, out string reason)
    {
        cancellationToken.ThrowIfCancellationRequested();
        reason = "";
        if (ScalarTypes.Find(type) is { } kind)
        {
            return new ScalarWire(type.FullName(), type.IsReferenceType, kind);
        }

        switch (type)
        {
            case IArrayTypeSymbol { IsSZArray: true } array:
                return Read(array.ElementType, out reason) is { } element
                    ? new SequenceWire(type.FullName(), true, SequenceShape.Array, element)
                    : null;
            case INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying }:
                return Visible(type, out reason)
                    ? new EnumWire(type.FullName(), new ScalarWire(underlying.FullName(), false, ScalarTypes.Find(underlying)!.Value))
                    : null;
            case INamedTypeSymbol named:
                return ReadNamed(named, out reason);
            default:
                reason = type.TypeKind switch
                {
                    TypeKind.Array => "arrays of several dimensions are not supported",
                    TypeKind.Dynamic => "'dynamic' says nothing of what is written",
                    TypeKind.TypeParameter => "it is open",
                    _ => "such a type has no place in a payload",
                };
                return null;
        }
    }

    private WireType? ReadNamed(INamedTypeSymbol type, out string reason)
    {
        if (type.IsNullableValue(out var inner))
        {
            return Read(inner, out reason) is { } value ? new NullableWire(type.FullName(), value) : null;
        }

        if (type.IsGenericType)
        {
            if (CollectionTypes.FindSequence(type) is { } sequence)
            {
                return Read(type.TypeArguments[0], out reason) is { } element
                    ? new SequenceWire(type.FullName(), type.IsReferenceType, sequence, element)
                    : null;
            }

            if (CollectionTypes.FindMap(type) is { } map)
            {
                return Read(type.TypeArguments[0], out reason) is { } key && Read(type.TypeArguments[1], out reason) is { } value
                    ? new MapWire(type.FullName(), map, key, value)
                    : null;
            }

            if (CollectionTypes.FindTuple(type) is { } accessors)
            {
                return ReadTuple(type, accessors, out reason);
            }
        }

        return ReadObject(type, out reason);
    }

    private TupleWire? ReadTuple(INamedTypeSymbol type, string[] accessors, out string reason)
    {
        var items = new List<WireType>();
        reason = "";
        foreach (var argument in type.TypeArguments)
        {
            if (Read(argument, out reason) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new TupleWire(type.FullName(), type.IsReferenceType, new(accessors), new(items));
    }

    private ObjectWire? ReadObject(INamedTypeSymbol type, out string reason)
    {
        var isMessage = type.OriginalDefinition.HasAttribute(WellKnownNames.MessageAttribute);
        if (!Visible(type, out reason) || (!isMessage && !CanBePlain(type, out reason)))
        {
            return null;
        }

        if (!PlainTypeQueue.IsBounded(type))
        {
            reason = "it leads to ever larger types without end; close one of them";
            return null;
        }

        if (!isMessage)
        {
            return new ObjectWire(type.FullName(), type.IsReferenceType, plainTypes.Add(type, Origin));
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _assembly);
        if (isOwn
            ? MessageReader.CanBeImplemented(type, compilation, cancellationToken)
            : type.GetTypeMembers(WellKnownNames.PayloadClass).Length > 0)
        {
            return new ObjectWire(type.FullName(), type.IsReferenceType, type.FullName() + "." + WellKnownNames.PayloadClass);
        }

        reason = isOwn ? "" : "it is a message of another assembly that was built without the generator";
        return null;
    }

    private bool CanBePlain(INamedTypeSymbol type, out string reason)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _assembly);
        reason = type switch
        {
            { SpecialType: SpecialType.System_Object } => "'object' says nothing of what is written; name the type",
            { TypeKind: not (TypeKind.Class or TypeKind.Struct) } or { IsRefLikeType: true } or { IsStatic: true }
                => "such a type has no place in a payload",
            _ when !isOwn && !type.HasAttribute(WellKnownNames.MessagePackObjectAttribute)
                => "it comes from another assembly and has no [MessagePackObject] with keys",
            { IsAbstract: true } => "it is abstract: nothing says which derived type is meant",
            _ when type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
                => "it is a collection class of its own; use a standard collection",
            _ => "",
        };
        return reason.Length == 0;
    }

    private bool Visible(ITypeSymbol type, out string reason)
    {
        var visible = type.IsVisibleInAssembly()
            && (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _assembly) || IsPublic(type));
        reason = visible ? "" : "generated code cannot name it; make it at least internal";
        return visible;
    }

    private static bool IsPublic(ITypeSymbol type)
    {
        for (ISymbol? current = type; current is INamedTypeSymbol; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }
}

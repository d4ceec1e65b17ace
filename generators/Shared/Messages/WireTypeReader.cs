using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>From a type to its place on the wire. Types with members of their own are handed to <paramref name="plainTypes"/>.</summary>
internal sealed class WireTypeReader(Compilation compilation, PlainTypeQueue plainTypes, CancellationToken cancellationToken)
{
    private readonly CustomCollections _customCollections = new(compilation);
    private readonly FormatterReader _formatters = new(compilation);

    /// <summary>Gets or sets the member whose type is read: where something is reported that stands in another assembly.</summary>
    public ISymbol? Origin { get; set; }

    /// <summary>Reads the type of a member, which may name a formatter of its own; null with the reason where it cannot be written.</summary>
    public WireType? ReadMember(MemberCandidate member, out string reason)
        => member.Symbol.FindAttribute(WellKnownNames.MessagePackFormatterAttribute) is { } formatter
            ? _formatters.Read(formatter, member.Type, out reason)
            : Read(member.Type, out reason);

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
            case IArrayTypeSymbol array:
                return ReadArray(array, out reason);
            case INamedTypeSymbol named:
                return ReadNamed(named, out reason);
            default:
                reason = type.TypeKind switch
                {
                    TypeKind.Dynamic => "'dynamic' says nothing of what is written; name the type",
                    TypeKind.TypeParameter => "it is open",
                    _ => "such a type has no place in a payload",
                };
                return null;
        }
    }

    private WireType? ReadArray(IArrayTypeSymbol array, out string reason)
    {
        if (array.Rank > 4)
        {
            reason = "MessagePack has no layout for arrays of more than four dimensions; write arrays of arrays";
            return null;
        }

        if (Read(array.ElementType, out reason) is not { } element)
        {
            return null;
        }

        return array.IsSZArray
            ? new SequenceWire(array.FullName(), true, CollectionTypes.Array, element)
            : new GridWire(array.FullName(), array.Rank, element);
    }

    private WireType? ReadNamed(INamedTypeSymbol type, out string reason)
    {
        if (type.IsNullableValue(out var inner))
        {
            return Read(inner, out reason) is { } value ? new NullableWire(type.FullName(), value) : null;
        }

        if (type.FindAttribute(WellKnownNames.MessagePackFormatterAttribute) is { } formatter)
        {
            return Visible(type, out reason) ? _formatters.Read(formatter, type, out reason) : null;
        }

        if (type is { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
        {
            return Visible(type, out reason)
                ? new EnumWire(type.FullName(), new ScalarWire(underlying.FullName(), false, ScalarTypes.Find(underlying)!.Value))
                : null;
        }

        if (type.IsGenericType && ReadGeneric(type, out reason) is var (isKnown, known) && isKnown)
        {
            return known;
        }

        return type.OriginalDefinition.HasAttribute(WellKnownNames.MessageAttribute)
            ? ReadMessage(type, out reason)
            : ReadObject(type, out reason);
    }

    private (bool IsKnown, WireType? Type) ReadGeneric(INamedTypeSymbol type, out string reason)
    {
        reason = "";
        var name = type.FullName();
        if (CollectionTypes.FindSequence(type) is { } sequence)
        {
            return (true, Read(type.TypeArguments[0], out reason) is { } element
                ? new SequenceWire(name, type.IsReferenceType, sequence, element)
                : null);
        }

        if (CollectionTypes.FindMap(type) is { } map)
        {
            return (true, ReadMap(type, map, type.TypeArguments[0], type.TypeArguments[1], out reason));
        }

        if (CollectionTypes.FindTuple(type) is { } accessors)
        {
            return (true, ReadTuple(type, name, accessors, out reason));
        }

        switch (type.OriginalDefinition.ToDisplayString())
        {
            case "System.Lazy<T>":
                return (true, Read(type.TypeArguments[0], out reason) is { } inner ? new LazyWire(name, inner) : null);
            case "System.Linq.IGrouping<TKey, TElement>":
                return (true, ReadGrouping(name, type, out reason));
            case "System.Linq.ILookup<TKey, TElement>":
                var face = $"global::System.Linq.IGrouping<{type.TypeArguments[0].FullName()}, {type.TypeArguments[1].FullName()}>";
                return (true, ReadGrouping(face, type, out reason) is { } grouping
                    ? new SequenceWire(name, true, CollectionTypes.Lookup, grouping)
                    : null);
            case "System.Collections.Generic.PriorityQueue<TElement, TPriority>":
                var pair = $"global::System.ValueTuple<{type.TypeArguments[0].FullName()}, {type.TypeArguments[1].FullName()}>";
                return (true, ReadTuple(type, pair, ["Item1", "Item2"], out reason) is { } item
                    ? new SequenceWire(name, true, CollectionTypes.PriorityQueue, item with { IsReference = false })
                    : null);
            default:
                return (false, null);
        }
    }

    private MapWire? ReadMap(INamedTypeSymbol type, MapPlan plan, ITypeSymbol keyType, ITypeSymbol valueType, out string reason)
        => Read(keyType, out reason) is { } key && Read(valueType, out reason) is { } value
            ? new MapWire(type.FullName(), plan, key, value)
            : null;

    private GroupingWire? ReadGrouping(string name, INamedTypeSymbol type, out string reason)
        => Read(type.TypeArguments[0], out reason) is { } key && Read(type.TypeArguments[1], out reason) is { } element
            ? new GroupingWire(
                name,
                key,
                new SequenceWire(
                    $"global::System.Collections.Generic.IEnumerable<{element.Name}>", true, CollectionTypes.Enumerable, element))
            : null;

    private TupleWire? ReadTuple(INamedTypeSymbol type, string name, string[] accessors, out string reason)
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

        return new TupleWire(name, type.IsReferenceType, new(accessors), new(items));
    }

    /// <summary>Whether a class of the user's is written as a collection.</summary>
    public bool IsCollection(INamedTypeSymbol type)
        => _customCollections.FindMap(type, out _, out _) is not null || _customCollections.FindSequence(type, out _) is not null;

    /// <summary>Reads a collection class of the user's: it gets a codec like any other plain type, so that it may hold itself.</summary>
    public WireType? ReadCollection(INamedTypeSymbol type, out string reason)
    {
        if (_customCollections.FindMap(type, out var key, out var value) is { } map)
        {
            return ReadMap(type, map, key, value, out reason);
        }

        return _customCollections.FindSequence(type, out var element) is var plan && Read(element, out reason) is { } item
            ? new SequenceWire(type.FullName(), true, plan!, item)
            : null;
    }

    private ObjectWire? ReadMessage(INamedTypeSymbol type, out string reason)
    {
        if (!Visible(type, out reason))
        {
            return null;
        }

        if (type.FindAttribute(WellKnownNames.MessageAttribute)!.Named<INamedTypeSymbol>("Codec") is not null)
        {
            reason = "it is a message with a codec of its own, which says nothing of how it stands inside another; use a type without "
                + "[Message]";
            return null;
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        if (isOwn
            ? MessageReader.CanBeImplemented(type, compilation, cancellationToken)
            : type.GetTypeMembers(WellKnownNames.PayloadClass).Length > 0)
        {
            return new ObjectWire(type.FullName(), type.IsReferenceType, type.FullName() + "." + WellKnownNames.PayloadClass);
        }

        reason = isOwn ? "" : "it is a message of another assembly that was built without the generator";
        return null;
    }

    private ObjectWire? ReadObject(INamedTypeSymbol type, out string reason)
    {
        if (!Visible(type, out reason) || !CanBePlain(type, out reason))
        {
            return null;
        }

        if (!PlainTypeQueue.IsBounded(type))
        {
            reason = "it leads to ever larger types without end; close one of them";
            return null;
        }

        return new ObjectWire(type.FullName(), type.IsReferenceType, plainTypes.Add(type, Origin));
    }

    private bool CanBePlain(INamedTypeSymbol type, out string reason)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        if (IsCollection(type))
        {
            reason = "";
            return true;
        }

        var isUnion = type.HasAttribute(WellKnownNames.UnionAttribute);
        reason = type switch
        {
            { SpecialType: SpecialType.System_Object } => "'object' says nothing of what is written; name the type",
            { TypeKind: TypeKind.Class or TypeKind.Interface } when isUnion => "",
            { TypeKind: TypeKind.Interface }
                => "it is an interface: nothing says which class is meant; mark it with [Union], or name a class",
            { TypeKind: not (TypeKind.Class or TypeKind.Struct) } or { IsRefLikeType: true } or { IsStatic: true }
                => "such a type has no place in a payload",
            _ when !isOwn && !PayloadContract.Of(type).IsDeclared
                => "it comes from another assembly and has no [MessagePackObject] with keys; use a type of yours in its place, or name a "
                    + "[MessagePackFormatter] on the member",
            { IsAbstract: true } => "it is abstract: nothing says which derived type is meant; mark it with [Union]",
            _ when !PayloadContract.Of(type).IsDeclared && IsEnumerable(type)
                => "it is a collection that nothing says how to make; implement ICollection<T> with a constructor without arguments, or "
                    + "name a [MessagePackFormatter]",
            _ => "",
        };
        return reason.Length == 0;
    }

    private static bool IsEnumerable(INamedTypeSymbol type)
        => type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);

    private bool Visible(ITypeSymbol type, out string reason)
    {
        reason = TypeNaming.FindFault(type, compilation) ?? "";
        return reason.Length == 0;
    }
}

using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>
/// Collection classes of the user's, which MessagePack writes as collections whatever else they are: those with <c>Add</c> and a
/// constructor without arguments, and those made from an enumerable.
/// </summary>
internal sealed class CustomCollections(Compilation compilation)
{
    private const string Generic = "global::System.Collections.Generic.";

    /// <summary>Finds how a class is written as a sequence.</summary>
    public SequencePlan? FindSequence(INamedTypeSymbol type, out ITypeSymbol element)
    {
        element = type;
        if (!CanBeCollection(type))
        {
            return null;
        }

        if (HasEmptyConstructor(type) && Single(type, "System.Collections.Generic.ICollection<T>") is { } collection)
        {
            element = collection.TypeArguments[0];
            return new SequencePlan(
                SequenceWalk.Count,
                SequenceBuild.Itself,
                Items: $"((global::System.Collections.Generic.ICollection<{element.FullName()}>)value)",
                Target: $"((global::System.Collections.Generic.ICollection<{element.FullName()}>)result)");
        }

        if (Single(type, "System.Collections.Generic.IEnumerable<T>") is { } enumerable && HasConstructorFrom(type, enumerable))
        {
            element = enumerable.TypeArguments[0];
            return new SequencePlan(
                SequenceWalk.Enumerable,
                SequenceBuild.Array,
                Items: $"({Generic}IEnumerable<{element.FullName()}>)value",
                Result: $"new {{0}}(({Generic}IEnumerable<{{1}}>)result)");
        }

        return null;
    }

    /// <summary>Finds how a class is written as a map.</summary>
    public MapPlan? FindMap(INamedTypeSymbol type, out ITypeSymbol key, out ITypeSymbol value)
    {
        key = value = type;
        if (!CanBeCollection(type))
        {
            return null;
        }

        if (HasEmptyConstructor(type) && Single(type, "System.Collections.Generic.IDictionary<TKey, TValue>") is { } dictionary)
        {
            (key, value) = (dictionary.TypeArguments[0], dictionary.TypeArguments[1]);
            var face = $"{Generic}IDictionary<{key.FullName()}, {value.FullName()}>";
            return new MapPlan(Items: $"(({face})value)", IsItself: true, Target: $"(({face})result)");
        }

        if (Single(type, "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>") is not { } readOnly)
        {
            return null;
        }

        foreach (var name in new[] { "System.Collections.Generic.IDictionary`2", "System.Collections.Generic.IReadOnlyDictionary`2" })
        {
            var parameter = compilation.GetTypeByMetadataName(name)?.Construct(readOnly.TypeArguments[0], readOnly.TypeArguments[1]);
            if (parameter is not null && HasConstructorFrom(type, parameter))
            {
                (key, value) = (readOnly.TypeArguments[0], readOnly.TypeArguments[1]);
                return new MapPlan(
                    Items: $"(({readOnly.FullName()})value)", Result: $"new {{0}}(({parameter.FullName()})result)");
            }
        }

        return null;
    }

    private static bool CanBeCollection(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class, IsAbstract: false, SpecialType: SpecialType.None }
            && type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
            && !type.BaseFirst().SelectMany(level => level.GetMembers())
                .Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    private static INamedTypeSymbol? Single(INamedTypeSymbol type, string face)
    {
        var found = type.AllInterfaces.Where(candidate => candidate.Is(face)).Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    private bool HasEmptyConstructor(INamedTypeSymbol type)
        => Constructors(type).Any(constructor => constructor.Parameters.IsEmpty);

    private bool HasConstructorFrom(INamedTypeSymbol type, ITypeSymbol parameter)
        => Constructors(type).Any(constructor => constructor.Parameters.Length == 1
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, parameter));

    private IEnumerable<IMethodSymbol> Constructors(INamedTypeSymbol type)
        => type.InstanceConstructors.Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly));
}

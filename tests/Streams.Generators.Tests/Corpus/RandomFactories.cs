using System.Collections;
using System.Collections.Frozen;
using System.Reflection;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Makes collections of types that are known at run time only.</summary>
internal static class RandomFactories
{
    public static Array Distinct(Array items, Type element)
    {
        var distinct = items.Cast<object?>().Distinct().ToArray();
        var array = Array.CreateInstance(element, distinct.Length);
        for (var index = 0; index < distinct.Length; index++)
        {
            array.SetValue(distinct[index], index);
        }

        return array;
    }

    public static object NewLazy(Type type, object? value)
        => typeof(Lazy<>).MakeGenericType(type).GetConstructor([type])!.Invoke([value]);

    public static object ToLookup(Type[] arguments, IDictionary map) => Call(nameof(LookupOf), arguments, [map]);

    public static object NewMap(Type type, IDictionary map)
    {
        if (type.IsInstanceOfType(map))
        {
            return map;
        }

        var arguments = type.GetGenericArguments();
        return type.Namespace switch
        {
            "System.Collections.Immutable" => Factory(type, "CreateRange", arguments, [map]),
            "System.Collections.Frozen" => Call(nameof(FrozenOf), arguments, [map]),
            _ => Activator.CreateInstance(type, map)!,
        };
    }

    public static object NewSequence(Type type, string name, Type element, object list) => type.Namespace switch
    {
        "System.Collections.Immutable" => Factory(type, "CreateRange", [element], [list]),
        "System.Collections.Frozen" => Call(nameof(FrozenSetOf), [element], [list]),
        _ => Activator.CreateInstance(type, name switch
        {
            "ReadOnlySet" => Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(element), list),
            "ReadOnlyObservableCollection" => Activator.CreateInstance(
                typeof(System.Collections.ObjectModel.ObservableCollection<>).MakeGenericType(element), list),
            _ => list,
        })!,
    };

    // Interfaces are made by the factory of the class: IImmutableList by ImmutableList; a set is a hash set.
    private static object Factory(Type type, string method, Type[] arguments, object[] values)
    {
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        var factory = type.IsInterface ? name[1..].Replace("ImmutableSet", "ImmutableHashSet", StringComparison.Ordinal) : name;
        return typeof(System.Collections.Immutable.ImmutableList).Assembly.GetType("System.Collections.Immutable." + factory)!.GetMethods()
            .Single(candidate => candidate.Name == method && candidate.GetGenericArguments().Length == arguments.Length
                && candidate.GetParameters() is [var only] && only.ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal))
            .MakeGenericMethod(arguments).Invoke(null, values)!;
    }

    private static object Call(string method, Type[] arguments, object[] values)
        => typeof(RandomFactories).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(arguments).Invoke(null, values)!;

    private static ILookup<TKey, TElement> LookupOf<TKey, TElement>(Dictionary<TKey, TElement> map)
        where TKey : notnull
        => map.Concat(map.Take(2)).ToLookup(pair => pair.Key, pair => pair.Value);

    private static FrozenDictionary<TKey, TValue> FrozenOf<TKey, TValue>(Dictionary<TKey, TValue> map)
        where TKey : notnull
        => map.ToFrozenDictionary();

    private static FrozenSet<T> FrozenSetOf<T>(List<T> list) => list.ToFrozenSet();
}

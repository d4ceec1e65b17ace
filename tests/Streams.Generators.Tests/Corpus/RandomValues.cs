using System.Collections;
using System.Reflection;
using MessagePack;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Random values of any type of the corpus.</summary>
internal sealed class RandomValues(Random random, int nullsPerHundred = 12)
{
    private const int DepthMax = 4;

    private readonly RandomScalars _scalars = new(random);

    public object? Create(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return random.Next(3) == 0 ? null : Create(inner, depth);
        }

        if (!type.IsValueType && depth > 0 && (depth > DepthMax || random.Next(100) < nullsPerHundred))
        {
            return null;
        }

        return _scalars.Create(type)
            ?? (type.IsArray ? ArrayOf(type, depth)
                : type.GetCustomAttributes<UnionAttribute>().ToArray() is { Length: > 0 } cases ? Create(Any(cases).SubType, depth)
                : type.IsGenericType && IsOfTheFramework(type) ? Generic(type, depth)
                : Object(type, depth));
    }

    private static bool IsOfTheFramework(Type type) => type.Namespace!.StartsWith("System", StringComparison.Ordinal);

    private T Any<T>(T[] choices) => choices[random.Next(choices.Length)];

    private int Length() => random.Next(5) == 0 ? 20 : random.Next(4);

    private Array ArrayOf(Type type, int depth)
    {
        var element = type.GetElementType()!;
        if (type.GetArrayRank() == 1)
        {
            return Items(element, depth);
        }

        var grid = Array.CreateInstance(element, [.. Enumerable.Range(0, type.GetArrayRank()).Select(_ => random.Next(4))]);
        var index = new int[grid.Rank];
        for (var number = 0; number < grid.Length; number++)
        {
            for (var (dimension, rest) = (grid.Rank - 1, number); dimension >= 0; rest /= grid.GetLength(dimension--))
            {
                index[dimension] = rest % grid.GetLength(dimension);
            }

            grid.SetValue(Create(element, depth + 1), index);
        }

        return grid;
    }

    private Array Items(Type element, int depth)
    {
        var array = Array.CreateInstance(element, Length());
        for (var index = 0; index < array.Length; index++)
        {
            array.SetValue(Create(element, depth + 1), index);
        }

        return array;
    }

    private object? Generic(Type type, int depth)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        var name = definition.Name[..definition.Name.IndexOf('`', StringComparison.Ordinal)];
        switch (name)
        {
            case "ValueTuple" or "KeyValuePair" or "Tuple":
                // The rest of a long tuple is never null.
                return Activator.CreateInstance(type, [.. arguments.Select((argument, index) => index == 7
                    ? Generic(argument, depth)
                    : name == "KeyValuePair" && index == 0 ? NotNull(argument, depth) : Create(argument, depth + 1))])!;
            case "Lazy":
                return RandomFactories.NewLazy(arguments[0], Create(arguments[0], depth + 1));
            case "ILookup":
                return RandomFactories.ToLookup(arguments, Map(arguments, depth));
            case "IGrouping":
                var all = ((IEnumerable)RandomFactories.ToLookup(arguments, Map(arguments, depth))).Cast<object>();
                return all.FirstOrDefault();
            case "PriorityQueue":
                return Activator.CreateInstance(type, Items(typeof(ValueTuple<,>).MakeGenericType(arguments), depth + DepthMax - 1))!;
            case "Memory" or "ReadOnlyMemory" or "ReadOnlySequence" or "ArraySegment":
                return name == "ArraySegment" && random.Next(5) == 0 ? Activator.CreateInstance(type)!
                    : Activator.CreateInstance(type, Items(arguments[0], depth))!;
            default:
                return arguments.Length == 2
                    ? RandomFactories.NewMap(type, Map(arguments, depth))
                    : Sequence(type, name, arguments[0], depth);
        }
    }

    private object NotNull(Type type, int depth)
    {
        object? value;
        do
        {
            value = Create(type, depth);
        }
        while (value is null);
        return value;
    }

    private object Sequence(Type type, string name, Type element, int depth)
    {
        var items = Items(element, depth);
        if (name.Contains("Set", StringComparison.Ordinal))
        {
            items = RandomFactories.Distinct(items, element);
        }

        var list = Activator.CreateInstance(typeof(List<>).MakeGenericType(element), items)!;
        if (type.IsInterface && type.Namespace == "System.Collections.Generic")
        {
            var set = typeof(HashSet<>).MakeGenericType(element);
            return name.Contains("Set", StringComparison.Ordinal) ? Activator.CreateInstance(set, items)!
                : random.Next(2) == 0 && type.IsInstanceOfType(items) ? items
                : list;
        }

        return RandomFactories.NewSequence(type, name, element, list);
    }

    private IDictionary Map(Type[] arguments, int depth)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (var count = Length(); count > 0; count--)
        {
            map[NotNull(arguments[0], depth)] = Create(arguments[1], depth + 1);
        }

        return map;
    }

    private object Object(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).FirstOrDefault();
        var value = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Create(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            property.SetValue(value, Create(property.PropertyType, depth + 1));
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => !field.IsInitOnly))
        {
            field.SetValue(value, Create(field.FieldType, depth + 1));
        }

        return value;
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Text;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Random values of any type of the corpus, edge values often.</summary>
internal sealed class RandomValues(Random random, int nullsPerHundred = 12)
{
    private const int DepthMax = 4;

    public object? Create(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return random.Next(3) == 0 ? null : Create(inner, depth);
        }

        if (!type.IsValueType && (depth > DepthMax || random.Next(100) < nullsPerHundred) && depth > 0)
        {
            return null;
        }

        return Scalar(type) ?? (type.IsArray ? Array(type.GetElementType()!, depth)
            : type.IsGenericType && !IsObject(type) ? Generic(type, depth)
            : Object(type, depth));
    }

    private static bool IsObject(Type type) => type.Namespace?.StartsWith("Streams.", StringComparison.Ordinal) == true;

    private object? Scalar(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.ToObject(type, Scalar(Enum.GetUnderlyingType(type))!);
        }

        return type switch
        {
            _ when type == typeof(bool) => random.Next(2) == 1,
            _ when type == typeof(sbyte) => (sbyte)Bits(),
            _ when type == typeof(byte) => (byte)Bits(),
            _ when type == typeof(short) => (short)Bits(),
            _ when type == typeof(ushort) => (ushort)Bits(),
            _ when type == typeof(int) => (int)Bits(),
            _ when type == typeof(uint) => (uint)Bits(),
            _ when type == typeof(long) => Bits(),
            _ when type == typeof(ulong) => (ulong)Bits(),
            _ when type == typeof(float) => BitConverter.Int32BitsToSingle((int)random.NextInt64()),
            _ when type == typeof(double) => random.Next(4) == 0
                ? Math.Round(random.NextDouble(), 2)
                : BitConverter.Int64BitsToDouble(random.NextInt64()),
            _ when type == typeof(Half) => (Half)(random.NextDouble() * 100),
            _ when type == typeof(char) => (char)random.Next(0xd800),
            _ when type == typeof(string) => Text(),
            _ when type == typeof(decimal) => new decimal(
                (int)Bits(), (int)Bits(), (int)Bits(), random.Next(2) == 1, (byte)random.Next(29)),
            _ when type == typeof(Guid) => RandomGuid(),
            _ when type == typeof(DateTime) => Moment(),
            _ when type == typeof(DateTimeOffset) => Offset(),
            _ when type == typeof(TimeSpan) => new TimeSpan(Bits()),
            _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
            _ when type == typeof(TimeOnly) => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
            _ when type == typeof(Uri) => new Uri(
                (random.Next(2) == 0 ? "http://a.example/" : "b/") + random.Next(1000), UriKind.RelativeOrAbsolute),
            _ when type == typeof(Version) => new Version(random.Next(9), random.Next(99), random.Next(999)),
            _ when type == typeof(byte[]) => RandomBytes(),
            _ when type == typeof(Memory<byte>) => new Memory<byte>(RandomBytes()),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(RandomBytes()),
            _ => null,
        };
    }

    // Every length of an integer is as likely as the next, both signs.
    private long Bits() => (random.NextInt64() >> random.Next(64)) * (random.Next(2) == 0 ? 1 : -1);

    private string Text()
    {
        var length = random.Next(8) switch { 0 => 0, 1 => 31, 2 => 32, 3 => 300, _ => random.Next(12) };
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(random.Next(10) switch
            {
                0 => "é",
                1 => "€",
                2 => "😀",
                _ => ((char)random.Next(32, 127)).ToString(),
            });
        }

        return text.ToString();
    }

    private Guid RandomGuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private byte[] RandomBytes()
    {
        var bytes = new byte[random.Next(6) == 0 ? 300 : random.Next(5)];
        random.NextBytes(bytes);
        return bytes;
    }

    private DateTime Moment() => random.Next(4) switch
    {
        0 => DateTime.UnixEpoch.AddSeconds(random.Next()),
        1 => DateTime.UnixEpoch.AddTicks(random.NextInt64(10_000_000_000_000)),
        2 => DateTime.SpecifyKind(random.Next(2) == 0 ? DateTime.MinValue : DateTime.MaxValue, DateTimeKind.Utc),
        _ => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
    };

    private DateTimeOffset Offset()
        => new(
            new DateTime(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)),
            TimeSpan.FromMinutes(random.Next(-840, 841)));

    private Array Array(Type element, int depth)
    {
        var array = System.Array.CreateInstance(element, random.Next(5) == 0 ? 20 : random.Next(4));
        for (var index = 0; index < array.Length; index++)
        {
            array.SetValue(Create(element, depth + 1), index);
        }

        return array;
    }

    private object Generic(Type type, int depth)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition.Name.StartsWith("ValueTuple", StringComparison.Ordinal) || definition == typeof(KeyValuePair<,>)
            || definition.Name.StartsWith("Tuple", StringComparison.Ordinal))
        {
            return Activator.CreateInstance(type, [.. arguments.Select(argument => Create(argument, depth + 1))])!;
        }

        return arguments.Length == 2 ? Map(type, definition, arguments, depth) : Sequence(type, definition, arguments[0], depth);
    }

    private object Sequence(Type type, Type definition, Type element, int depth)
    {
        var items = Array(element, depth);
        if (IsSet(definition))
        {
            items = Distinct(items, element);
        }

        var list = Activator.CreateInstance(typeof(List<>).MakeGenericType(element), items)!;
        if (type.IsInterface)
        {
            var set = typeof(HashSet<>).MakeGenericType(element);
            return type.IsAssignableFrom(set) && IsSet(definition) ? Activator.CreateInstance(set, items)!
                : random.Next(2) == 0 && type.IsInstanceOfType(items) ? items
                : list;
        }

        if (type.Namespace == "System.Collections.Immutable")
        {
            return Factory(type, "CreateRange", [element], [list]);
        }

        return Activator.CreateInstance(type, list)!;
    }

    private object Map(Type type, Type definition, Type[] arguments, int depth)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (var count = random.Next(5) == 0 ? 20 : random.Next(4); count > 0; count--)
        {
            map[Scalar(arguments[0])!] = Create(arguments[1], depth + 1);
        }

        if (type.IsInstanceOfType(map))
        {
            return map;
        }

        return type.Namespace == "System.Collections.Immutable"
            ? Factory(type, "CreateRange", arguments, [map])
            : Activator.CreateInstance(type, map)!;
    }

    private static object Factory(Type type, string method, Type[] arguments, object[] values)
    {
        var name = type.FullName!;
        return type.Assembly.GetType(name[..name.IndexOf('`', StringComparison.Ordinal)])!.GetMethods()
            .Single(candidate => candidate.Name == method && candidate.GetGenericArguments().Length == arguments.Length
                && candidate.GetParameters() is [var only] && only.ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal))
            .MakeGenericMethod(arguments).Invoke(null, values)!;
    }

    private static bool IsSet(Type definition) => definition.Name.Contains("Set", StringComparison.Ordinal);

    private static Array Distinct(Array items, Type element)
    {
        var distinct = items.Cast<object?>().Distinct().ToArray();
        var array = System.Array.CreateInstance(element, distinct.Length);
        for (var index = 0; index < distinct.Length; index++)
        {
            array.SetValue(distinct[index], index);
        }

        return array;
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

using MessagePack;

namespace Streams.Generators.Tests.Corpus;

[MessagePackObject]
public sealed record Plain([property: Key(0)] int Number, [property: Key(1)] string? Text);

[MessagePackObject]
public readonly record struct PlainValue([property: Key(0)] int Number, [property: Key(1)] Plain? Inner);

[MessagePackObject]
public sealed class Node
{
    [Key(0)]
    public string Name { get; set; } = "";

    [Key(1)]
    public Node? Next { get; set; }

    [Key(2)]
    public List<Node>? Children { get; set; }
}

[MessagePackObject]
public sealed class Pair<TLeft, TRight>
{
    [Key(0)]
    public TLeft? Left { get; set; }

    [Key(1)]
    public TRight? Right { get; set; }
}

[Message("corpus"), MessagePackObject]
public partial record Nothing;

[Message("corpus"), MessagePackObject]
public partial record Nested(
    [property: Key(0)] Plain Plain,
    [property: Key(1)] PlainValue Value,
    [property: Key(2)] PlainValue? Maybe,
    [property: Key(3)] Node? Node,
    [property: Key(4)] Pair<int, string>? Numbered,
    [property: Key(5)] Pair<Pair<Guid, Plain>, PlainValue[]>? Deep,
    [property: Key(6)] Gaps? Message,
    [property: Key(7)] ValueMessage ValueMessage,
    [property: Key(8)] ValueMessage? MaybeMessage);

[Message("corpus"), MessagePackObject]
public partial class Gaps
{
    [Key(2)]
    public int Two { get; set; }

    [Key(0)]
    public string? Zero { get; set; }

    [Key(5)]
    public Guid Five { get; init; }

    [IgnoreMember]
    public int Ignored { get; set; }

    [IgnoreMember]
    public int Computed => Two + 1;
}

[Message("corpus"), MessagePackObject]
public partial struct ValueMessage
{
    [Key(0)]
    public int Number { get; set; }

    [Key(1)]
    public string? Field;
}

[Message("corpus"), MessagePackObject]
public readonly partial record struct ReadOnlyValueMessage([property: Key(0)] long Number, [property: Key(1)] byte[]? Bytes);

[Message("corpus"), MessagePackObject]
public partial class TextKeys
{
    [Key("id")]
    public int Id { get; set; }

    [Key("ключ")]
    public string? Name { get; init; }

    [Key("a\"b\\")]
    public Plain? Plain;
}

[Message("corpus"), MessagePackObject(true)]
public partial record NameKeys(int Id, string? Name, List<Plain>? Plains)
{
    public double Later { get; set; }

    public string? Field;
}

[MessagePackObject]
public abstract class Base
{
    [Key(1)]
    public int OfBase { get; set; }
}

[Message("corpus"), MessagePackObject]
public partial class Derived : Base
{
    [Key(0)]
    public string? OfDerived { get; set; }
}

[MessagePackObject(true)]
public class NamedBase
{
    public int First { get; set; }

    public int Field;
}

[Message("corpus"), MessagePackObject(true)]
public partial class NamedDerived : NamedBase
{
    public int Second { get; set; }
}

[Message("corpus"), MessagePackObject]
public partial class Constructed
{
    [SerializationConstructor]
    public Constructed(int number, string? text)
    {
        Number = number;
        Text = text;
    }

    public Constructed(int number, string? text, double more)
        : this(number, text)
        => More = more;

    [Key(0)]
    public int Number { get; }

    [Key(1)]
    public string? Text { get; }

    [Key(2)]
    public double More { get; set; }
}

[Message("corpus"), MessagePackObject]
public partial class RequiredMembers
{
    [Key(0)]
    public required int Number { get; set; }

    [Key(1)]
    public required string? Text { get; init; }
}

[Message("corpus"), MessagePackObject]
public partial record Tuples(
    [property: Key(0)] (int, string?) Two,
    [property: Key(1)] (int A, string? B, Guid C, double D, long E, bool F, char G) Seven,
    [property: Key(2)] Tuple<int, string?>? Class,
    [property: Key(3)] KeyValuePair<string, Plain?> Pair,
    [property: Key(4)] List<(int, Plain?)>? List,
    [property: Key(5)] (int, int)? Maybe);

[Message("corpus"), MessagePackObject]
public partial record Bytes(
    [property: Key(0)] byte[]? Array,
    [property: Key(1)] Memory<byte> Memory,
    [property: Key(2)] ReadOnlyMemory<byte> ReadOnly,
    [property: Key(3)] List<byte>? List,
    [property: Key(4)] IEnumerable<byte>? Enumerable,
    [property: Key(5)] byte[]?[]? Arrays,
    [property: Key(6)] Dictionary<int, byte[]>? Map);

[Message("corpus"), MessagePackObject]
public partial record DeepCollections(
    [property: Key(0)] List<List<List<int>>>? Lists,
    [property: Key(1)] int[][][]? Arrays,
    [property: Key(2)] Dictionary<string, Dictionary<int, List<string?>?>>? Maps,
    [property: Key(3)] IReadOnlyDictionary<DayOfWeek, Plain[]>? ByEnum,
    [property: Key(4)] List<int[]?>?[]? Mixed);

[Message("corpus"), MessagePackObject]
public partial record @event([property: Key(0)] int @int, [property: Key(1)] string? @class, [property: Key(2)] int Größe);

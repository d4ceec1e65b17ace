using MessagePack;

namespace Streams.Generators.Corpus;

public enum ByteKind : byte
{
    None,
    Some = 200,
}

public enum IntKind
{
    Less = -5,
    None = 0,
    More = 70_000,
}

public enum LongKind : long
{
    Least = long.MinValue,
    None = 0,
    Most = long.MaxValue,
}

[Flags]
public enum FlagsKind : ushort
{
    None = 0,
    A = 1,
    B = 2,
    C = 1024,
}

[MessagePackObject]
public sealed record PlainRecord([property: Key(0)] int Number, [property: Key(1)] string? Text);

[MessagePackObject]
public readonly record struct PlainStruct([property: Key(0)] int Number, [property: Key(1)] PlainRecord? Inner);

[MessagePackObject(true)]
public class PlainClass
{
    public int Number { get; set; }

    public double Field;

    public PlainClass? Next { get; set; }
}

[Message("inner"), MessagePackObject]
public partial class Inner : IShape
{
    [Key(0)]
    public Guid Id { get; set; }

    [Key(2)]
    public string? Text { get; set; }
}

[Union(0, typeof(Circle)), Union(3, typeof(Square)), Union(200, typeof(Dot)), Union(-1, typeof(Inner))]
public interface IShape;

[MessagePackObject]
public sealed record Circle([property: Key(0)] double Radius) : IShape;

[MessagePackObject]
public class Square : IShape
{
    [Key("side")]
    public int Side { get; set; }

    [Key("within")]
    public IShape? Within { get; set; }
}

[MessagePackObject]
public record struct Dot([property: Key(0)] int X, [property: Key(1)] int Y) : IShape;

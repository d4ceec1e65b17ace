using MessagePack;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Messages without keys; the type beside each says where the members stand.</summary>
[Message("twins")]
public partial record Implicit(int First, string? Second, ImplicitPlain? Third)
{
    public double Fourth { get; set; }

    public int Computed => First + 1;

    public DateOnly Fifth;

    [IgnoreMember]
    public object? Ignored { get; set; }
}

public record ImplicitPlain(Guid Id)
{
    public List<ImplicitPlain>? More { get; init; }
}

[MessagePackObject]
public record ImplicitTwin(
    [property: Key(0)] int First,
    [property: Key(1)] string? Second,
    [property: Key(2)] ImplicitPlainTwin? Third,
    [property: Key(3)] double Fourth,
    [property: Key(4)] DateOnly Fifth);

[MessagePackObject]
public record ImplicitPlainTwin([property: Key(0)] Guid Id, [property: Key(1)] List<ImplicitPlainTwin>? More);

public abstract record ImplicitBase(Guid Id)
{
    public int Version { get; init; }
}

[Message("twins")]
public partial record ImplicitDerived(Guid Id, string? Name) : ImplicitBase(Id)
{
    public string? Note { get; private set; }

    public ImplicitDerived WithNote(string? note) => this with { Note = note };
}

[MessagePackObject]
public record ImplicitDerivedTwin(
    [property: Key(0)] Guid Id,
    [property: Key(1)] int Version,
    [property: Key(2)] string? Name,
    [property: Key(3)] string? Note);

using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the numbered methods that write and read one kind of collection.</summary>
internal static class CollectionEmitter
{
    public static void Emit(SourceWriter source, WireCode wire, int number)
    {
        var type = wire.Methods[number];
        source.Open($"private static void Write{number}({Code.Writer}, {type.Name} value, int depth)");
        EmitNilCheck(source, type switch
        {
            SequenceWire { Shape: SequenceShape.ImmutableArray } => "value.IsDefault",
            { IsReference: true } => "value is null",
            _ => null,
        });
        source.Line("global::Streams.PayloadWriter.CheckDepth(depth);");
        switch (type)
        {
            case SequenceWire sequence:
                SequenceEmitter.EmitWrite(source, wire, sequence);
                break;
            case MapWire map:
                MapEmitter.EmitWrite(source, wire, map);
                break;
            case TupleWire tuple:
                TupleEmitter.EmitWrite(source, wire, tuple);
                break;
        }

        source.Close();
        source.Line();
        EmitRead(source, wire, number, type);
    }

    private static void EmitRead(SourceWriter source, WireCode wire, int number, WireType type)
    {
        source.Open($"private static {type.Name} Read{number}({Code.Reader}, {Code.Trace})");
        if (type.IsReference || type is SequenceWire { Shape: SequenceShape.ImmutableArray })
        {
            source.Open("if (reader.TryReadNil())");
            source.Line("return default;");
            source.Close();
            source.Line();
        }

        source.Line("var index = -1;");
        source.Open("try");
        switch (type)
        {
            case SequenceWire sequence:
                SequenceEmitter.EmitRead(source, wire, sequence);
                break;
            case MapWire map:
                MapEmitter.EmitRead(source, wire, map);
                break;
            case TupleWire tuple:
                TupleEmitter.EmitRead(source, wire, tuple);
                break;
        }

        source.Close();
        ConstructionEmitter.EmitFilter(source, "index");
        source.Close();
    }

    private static void EmitNilCheck(SourceWriter source, string? condition)
    {
        if (condition is null)
        {
            return;
        }

        source.Open($"if ({condition})");
        source.Line("writer.WriteNil();");
        source.Line("return;");
        source.Close();
        source.Line();
    }
}

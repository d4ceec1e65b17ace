using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the methods that write and read one kind of collection.</summary>
internal static class CollectionEmitter
{
    /// <summary>Emits both methods.</summary>
    /// <param name="source">Where to.</param>
    /// <param name="wire">Numbers the collections inside it.</param>
    /// <param name="type">The collection.</param>
    /// <param name="access">Who may call them.</param>
    /// <param name="suffix">What follows <c>Write</c> and <c>Read</c> in their names.</param>
    public static void Emit(SourceWriter source, WireCode wire, WireType type, string access, string suffix)
    {
        source.Open($"{access} static void Write{suffix}({Code.Writer}, {type.Name} value, int depth)");
        EmitNilCheck(source, type is SequenceWire { Plan.Nil: { } nil } ? nil : type.IsReference ? "value is null" : null);
        source.Line("global::Streams.PayloadWriter.CheckDepth(depth);");
        switch (type)
        {
            case SequenceWire sequence:
                new SequenceEmitter(source, wire, sequence).EmitWrite();
                break;
            case MapWire map:
                MapEmitter.EmitWrite(source, wire, map);
                break;
            case TupleWire tuple:
                TupleEmitter.EmitWrite(source, wire, tuple);
                break;
            case GridWire grid:
                GridEmitter.EmitWrite(source, wire, grid);
                break;
            case GroupingWire grouping:
                source.Line("writer.WriteArrayHeader(2);");
                source.Line(wire.Write(grouping.Key, "value.Key"));
                source.Line(wire.Write(grouping.Elements, "value"));
                break;
            case LazyWire lazy:
                source.Line(wire.Write(lazy.Inner, "value.Value"));
                break;
        }

        source.Close();
        source.Line();
        EmitRead(source, wire, type, $"{access} static {type.Name} Read{suffix}({Code.Reader}, {Code.Trace})");
    }

    private static void EmitRead(SourceWriter source, WireCode wire, WireType type, string header)
    {
        source.Open(header);
        if (type.IsReference || type is SequenceWire { Plan.ReadsNil: true })
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
                new SequenceEmitter(source, wire, sequence).EmitRead();
                break;
            case MapWire map:
                MapEmitter.EmitRead(source, wire, map);
                break;
            case TupleWire tuple:
                TupleEmitter.EmitRead(source, wire, tuple);
                break;
            case GridWire grid:
                GridEmitter.EmitRead(source, wire, grid);
                break;
            case GroupingWire grouping:
                source.Line("global::Streams.PayloadReader.EnterTuple(ref reader, 2);");
                source.Line("index = 0;");
                source.Line($"{grouping.Key.Name} key = {wire.Read(grouping.Key)};");
                source.Line("index = 1;");
                source.Line($"{grouping.Elements.Name} elements = {wire.Read(grouping.Elements)};");
                source.Line("reader.Depth--;");
                source.Line("return global::Streams.PayloadCollections.NewGrouping(key, elements);");
                break;
            case LazyWire lazy:
                source.Line("global::Streams.PayloadReader.Enter(ref reader);");
                source.Line($"{lazy.Inner.Name} inner = {wire.Read(lazy.Inner)};");
                source.Line("reader.Depth--;");
                source.Line($"return new {type.Name}(inner);");
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

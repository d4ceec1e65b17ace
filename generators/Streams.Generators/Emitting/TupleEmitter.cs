using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads a pair or tuple.</summary>
internal static class TupleEmitter
{
    public static void EmitWrite(SourceWriter source, WireCode wire, TupleWire type)
    {
        source.Line($"writer.WriteArrayHeader({type.Items.Count});");
        for (var number = 0; number < type.Items.Count; number++)
        {
            source.Line(wire.Write(type.Items[number], "value." + type.Accessors[number]));
        }
    }

    public static void EmitRead(SourceWriter source, WireCode wire, TupleWire type)
    {
        source.Line($"global::Streams.PayloadReader.EnterTuple(ref reader, {type.Items.Count});");
        for (var number = 0; number < type.Items.Count; number++)
        {
            source.Line($"index = {number};");
            source.Line($"{type.Items[number].Name} item{number} = {wire.Read(type.Items[number])};");
        }

        source.Line("reader.Depth--;");
        var items = Enumerable.Range(0, type.Items.Count).Select(number => "item" + number);
        source.Line($"return new {type.Name}({string.Join(", ", items)});");
    }
}

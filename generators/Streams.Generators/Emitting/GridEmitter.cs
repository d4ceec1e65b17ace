using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads an array of several dimensions: its lengths, then its elements row by row.</summary>
internal static class GridEmitter
{
    public static void EmitWrite(SourceWriter source, WireCode wire, GridWire type)
    {
        source.Line($"writer.WriteArrayHeader({type.Rank + 1});");
        for (var dimension = 0; dimension < type.Rank; dimension++)
        {
            source.Line($"writer.Write(value.GetLength({dimension}));");
        }

        source.Line("writer.WriteArrayHeader(value.Length);");
        source.Open("foreach (var item in value)");
        source.Line(wire.Write(type.Element, "item"));
        source.Close();
    }

    public static void EmitRead(SourceWriter source, WireCode wire, GridWire type)
    {
        var lengths = string.Join(", ", Enumerable.Range(0, type.Rank).Select(dimension => "length" + dimension));
        source.Line($"global::Streams.PayloadReader.EnterTuple(ref reader, {type.Rank + 1});");
        for (var dimension = 0; dimension < type.Rank; dimension++)
        {
            source.Line($"var length{dimension} = reader.ReadInt32();");
        }

        source.Line($"var count = global::Streams.PayloadCollections.ReadGridHeader(ref reader, {lengths});");
        SequenceEmitter.EmitArrayLoop(source, type.Element, wire);
        source.Line($"return global::Streams.PayloadCollections.ToGrid(result, {lengths});");
    }
}

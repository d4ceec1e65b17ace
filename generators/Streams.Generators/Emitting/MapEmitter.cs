using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads the pairs of a dictionary.</summary>
internal static class MapEmitter
{
    public static void EmitWrite(SourceWriter source, WireCode wire, MapWire type)
    {
        if (type.Shape == MapShape.Interface)
        {
            source.Open($"if (value is {Dictionary(type)} known)");
            EmitLoop(source, wire, type, "known");
            source.Line("return;");
            source.Close();
            source.Line();
        }

        EmitLoop(source, wire, type, "value");
    }

    public static void EmitRead(SourceWriter source, WireCode wire, MapWire type)
    {
        source.Line("var count = global::Streams.PayloadReader.EnterMap(ref reader);");
        source.Line(type.Shape == MapShape.Added
            ? $"var result = new {type.Name}();"
            : $"var result = new {Dictionary(type)}(global::Streams.PayloadReader.Capacity<({type.Key.Name}, {type.Value.Name})>(count));");
        source.Open("for (index = 0; index < count; index++)");
        source.Line($"{type.Key.Name} key = {wire.Read(type.Key)};");
        source.Line($"result.Add(key, {wire.Read(type.Value)});");
        source.Close();
        source.Line();
        source.Line("reader.Depth--;");
        source.Line(type.Shape switch
        {
            MapShape.Copied => $"return new {type.Name}(result);",
            MapShape.Immutable => $"return {Factory(type)}.CreateRange<{type.Key.Name}, {type.Value.Name}>(result);",
            _ => "return result;",
        });
    }

    private static string Factory(MapWire type) => type.Name.Substring(0, type.Name.IndexOf('<'));

    private static string Dictionary(MapWire type) => $"global::System.Collections.Generic.Dictionary<{type.Key.Name}, {type.Value.Name}>";

    private static void EmitLoop(SourceWriter source, WireCode wire, MapWire type, string pairs)
    {
        source.Line($"writer.WriteMapHeader({pairs}.Count);");
        source.Open($"foreach (var pair in {pairs})");
        source.Line(wire.Write(type.Key, "pair.Key"));
        source.Line(wire.Write(type.Value, "pair.Value"));
        source.Close();
    }
}

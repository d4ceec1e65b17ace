using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads the pairs of a dictionary.</summary>
internal static class MapEmitter
{
    public static void EmitWrite(SourceWriter source, WireCode wire, MapWire type)
    {
        if (type.Plan.IsInterface)
        {
            source.Open($"if (value is {Dictionary(type)} known)");
            EmitLoop(source, wire, type, "known");
            source.Line("return;");
            source.Close();
            source.Line();
        }

        var items = type.Plan.Items;
        if (items != "value")
        {
            source.Line($"var items = {items};");
            items = "items";
        }

        EmitLoop(source, wire, type, items);
    }

    public static void EmitRead(SourceWriter source, WireCode wire, MapWire type)
    {
        source.Line("var count = global::Streams.PayloadReader.EnterMap(ref reader);");
        var capacity = $"global::Streams.PayloadCollections.Capacity<({type.Key.Name}, {type.Value.Name})>(count)";
        source.Line($"var result = new {(type.Plan.IsItself ? type.Name + "()" : $"{Dictionary(type)}({capacity})")};");
        source.Open("for (index = 0; index < count; index++)");
        source.Line($"{type.Key.Name} key = {wire.Read(type.Key)};");
        source.Line($"{type.Plan.Target}.Add(key, {wire.Read(type.Value)});");
        source.Close();
        source.Line();
        source.Line("reader.Depth--;");
        source.Line($"return {Fill(type, type.Plan.Result)};");
    }

    private static string Fill(MapWire type, string text)
        => text.Replace("{0}", type.Name).Replace("{1}", type.Key.Name).Replace("{2}", type.Value.Name);

    private static string Dictionary(MapWire type) => $"global::System.Collections.Generic.Dictionary<{type.Key.Name}, {type.Value.Name}>";

    private static void EmitLoop(SourceWriter source, WireCode wire, MapWire type, string pairs)
    {
        source.Line($"writer.WriteMapHeader({pairs}.{(pairs == "items" ? type.Plan.CountName : "Count")});");
        source.Open($"foreach (var pair in {pairs})");
        source.Line(wire.Write(type.Key, "pair.Key"));
        source.Line(wire.Write(type.Value, "pair.Value"));
        source.Close();
    }
}

using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads the elements of a sequence. Arrays and lists behind an interface are walked without an enumerator.</summary>
internal static class SequenceEmitter
{
    private const string Span = "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan";

    public static void EmitWrite(SourceWriter source, WireCode wire, SequenceWire type)
    {
        var element = type.Element.Name;
        switch (type.Shape)
        {
            case SequenceShape.Array or SequenceShape.ImmutableArray:
                EmitLoop(source, wire, type, "value.Length", "value");
                break;
            case SequenceShape.List:
                source.Line($"var items = {Span}(value);");
                source.Line("writer.WriteArrayHeader(items.Length);");
                source.Open("for (var index = 0; index < items.Length; index++)");
                source.Line(wire.Write(type.Element, "items[index]"));
                source.Close();
                break;
            case SequenceShape.IndexedInterface or SequenceShape.IndexedClass or SequenceShape.Wrapper:
                source.Line("var count = value.Count;");
                source.Line("writer.WriteArrayHeader(count);");
                source.Open("for (var index = 0; index < count; index++)");
                source.Line(wire.Write(type.Element, "value[index]"));
                source.Close();
                break;
            case SequenceShape.CountedInterface or SequenceShape.SetInterface or SequenceShape.Enumerable:
                if (type.Shape == SequenceShape.SetInterface)
                {
                    EmitFastPath(source, wire, type, $"global::System.Collections.Generic.HashSet<{element}>", "Count");
                }
                else
                {
                    EmitFastPath(source, wire, type, element + "[]", "Length");
                    EmitFastPath(source, wire, type, $"global::System.Collections.Generic.List<{element}>", "Count");
                }

                if (type.Shape == SequenceShape.Enumerable)
                {
                    EmitCounting(source, element);
                }

                EmitLoop(source, wire, type, type.Shape == SequenceShape.Enumerable ? "count" : "value.Count", "value");
                break;
            default:
                EmitLoop(source, wire, type, "value.Count", "value");
                break;
        }
    }

    public static void EmitRead(SourceWriter source, WireCode wire, SequenceWire type)
    {
        var element = type.Element.Name;
        source.Line("var count = global::Streams.PayloadReader.EnterArray(ref reader);");
        switch (type.Shape)
        {
            case SequenceShape.List or SequenceShape.IndexedInterface or SequenceShape.CountedInterface:
                source.Line($"var result = new global::System.Collections.Generic.List<{element}>"
                    + $"(global::Streams.PayloadReader.Capacity<{element}>(count));");
                EmitReadLoop(source, $"result.Add({wire.Read(type.Element)});");
                source.Line("return result;");
                break;
            case SequenceShape.SetInterface or SequenceShape.Added or SequenceShape.IndexedClass:
                var set = type.Shape == SequenceShape.SetInterface ? $"global::System.Collections.Generic.HashSet<{element}>" : type.Name;
                source.Line($"var result = new {set}();");
                EmitReadLoop(source, $"result.Add({wire.Read(type.Element)});");
                source.Line("return result;");
                break;
            default:
                source.Line($"var result = {NewArray(element)};");
                EmitReadLoop(source, $"result[index] = {wire.Read(type.Element)};");
                source.Line(FromArray(type));
                break;
        }
    }

    private static string FromArray(SequenceWire type)
    {
        switch (type.Shape)
        {
            case SequenceShape.Copied or SequenceShape.Wrapper:
                return $"return new {type.Name}(result);";
            case SequenceShape.Stack:
                return $"global::System.Array.Reverse(result); return new {type.Name}(result);";
            case SequenceShape.ImmutableArray:
                return "return global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(result);";
            case SequenceShape.Immutable:
                var factory = type.Name.Substring(0, type.Name.IndexOf('<'));
                return $"return {factory}.Create<{type.Element.Name}>(result);";
            default:
                return "return result;";
        }
    }

    // An array of arrays is written with its first bound in front: new int[count][].
    private static string NewArray(string element)
    {
        var end = element.Length;
        while (element.Substring(0, end).EndsWith("[]", StringComparison.Ordinal))
        {
            end -= 2;
        }

        return $"new {element.Substring(0, end)}[count]{element.Substring(end)}";
    }

    private static void EmitReadLoop(SourceWriter source, string statement)
    {
        source.Open("for (index = 0; index < count; index++)");
        source.Line(statement);
        source.Close();
        source.Line();
        source.Line("reader.Depth--;");
    }

    private static void EmitLoop(SourceWriter source, WireCode wire, SequenceWire type, string count, string items)
    {
        source.Line($"writer.WriteArrayHeader({count});");
        source.Open($"foreach (var item in {items})");
        source.Line(wire.Write(type.Element, "item"));
        source.Close();
    }

    private static void EmitFastPath(SourceWriter source, WireCode wire, SequenceWire type, string concrete, string count)
    {
        var name = count == "Length" ? "array" : "known";
        source.Open($"if (value is {concrete} {name})");
        EmitLoop(source, wire, type, $"{name}.{count}", name);
        source.Line("return;");
        source.Close();
        source.Line();
    }

    private static void EmitCounting(SourceWriter source, string element)
    {
        source.Open("if (!global::System.Linq.Enumerable.TryGetNonEnumeratedCount(value, out var count))");
        source.Line($"var copy = new global::System.Collections.Generic.List<{element}>(value);");
        source.Line("value = copy;");
        source.Line("count = copy.Count;");
        source.Close();
        source.Line();
    }
}

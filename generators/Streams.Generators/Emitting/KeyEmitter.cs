using Streams.Shared;
using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the body of <c>WriteKey</c>.</summary>
internal static class KeyEmitter
{
    public static void Emit(SourceWriter source, EquatableArray<KeyPartModel> key)
    {
        if (key.Count == 0)
        {
            source.Line("return false;");
        }
        else if (key.Count == 1)
        {
            EmitSingle(source, key[0]);
        }
        else
        {
            EmitComposite(source, key);
        }
    }

    private static void EmitSingle(SourceWriter source, KeyPartModel part)
    {
        var value = Access(part);
        if (part.IsOptional)
        {
            source.Open($"if ({value} is not {{ }} key)");
            source.Line("return false;");
            source.Close();
            source.Line();
        }
        else
        {
            source.Line($"var key = {value};");
        }

        source.Line(part.Form switch
        {
            KeyForm.Integer => $"global::Streams.PartitionKeyWriter.WriteInteger<{part.IntegerType}>(output, ({part.IntegerType})key);",
            KeyForm.Memory => "global::Streams.PartitionKeyWriter.Write(output, key.Span);",
            _ => "global::Streams.PartitionKeyWriter.Write(output, key);",
        });
        source.Line("return true;");
    }

    // Composite: a MessagePack array, so that ("a", "bc") and ("ab", "c") differ.
    private static void EmitComposite(SourceWriter source, EquatableArray<KeyPartModel> key)
    {
        source.Line("var writer = new global::MessagePack.MessagePackWriter(output);");
        source.Line($"writer.WriteArrayHeader({key.Count});");
        var number = 0;
        foreach (var part in key)
        {
            var name = "part" + number++;
            var write = ScalarCode.Write(part.Wire.Kind, part.Form == KeyForm.Integer ? $"({part.IntegerType}){name}" : name);
            source.Line(part.IsOptional
                ? $"if ({Access(part)} is {{ }} {name}) {{ {write} }} else {{ writer.WriteNil(); }}"
                : $"var {name} = {Access(part)}; {write}");
        }

        source.Line("writer.Flush();");
        source.Line("return true;");
    }

    // A wrapper that may be null is looked into only where it is there.
    private static string Access(KeyPartModel part)
    {
        var member = "message." + Code.Escape(part.Name);
        return part.Unwrap is { } inner ? member + (part.IsNullableWrapper ? "?." : ".") + Code.Escape(inner) : member;
    }
}

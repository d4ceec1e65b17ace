using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads an object.</summary>
internal sealed class ObjectEmitter(SourceWriter source, ObjectModel model, WireCode wire)
{
    public void Emit()
    {
        EmitWrite();
        source.Line();
        if (model.IsMap)
        {
            new MapObjectEmitter(source, model, wire).EmitRead();
        }
        else
        {
            new ArrayObjectEmitter(source, model, wire).EmitRead();
        }

        EmitNames();
    }

    private void EmitWrite()
    {
        source.Open($"public static void Write({Code.Writer}, {model.TypeName} value, int depth)");
        if (model.IsReference)
        {
            source.Open("if (value is null)");
            source.Line("writer.WriteNil();");
            source.Line("return;");
            source.Close();
            source.Line();
        }

        source.Line("global::Streams.PayloadWriter.CheckDepth(depth);");
        if (model.HasCallbacks)
        {
            source.Line("global::Streams.PayloadWriter.BeforeSerialize(ref value);");
        }

        source.Line($"writer.Write{(model.IsMap ? "Map" : "Array")}Header({model.Length});");
        var next = 0;
        foreach (var member in model.Members)
        {
            for (; !model.IsMap && next < member.Index; next++)
            {
                source.Line("writer.WriteNil();");
            }

            if (member.MapKey is { } key)
            {
                source.Line($"writer.WriteString({Code.Literal(key)}u8);");
            }

            source.Line(wire.Write(member.Type, "value." + Code.Escape(member.Name)));
            next = member.Index + 1;
        }

        source.Close();
    }

    private void EmitNames()
    {
        source.Line();
        source.Open("private static string? MemberName(int member) => member switch");
        foreach (var member in model.Members)
        {
            source.Line($"{member.Index} => {Code.Literal(member.Name)},");
        }

        source.Line("_ => null,");
        source.Close("};");
    }
}

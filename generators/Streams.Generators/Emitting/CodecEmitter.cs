using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the methods <c>Write</c> and <c>Read</c> of one object, with those of the collections in it.</summary>
internal sealed class CodecEmitter(SourceWriter source, ObjectModel model)
{
    private readonly WireCode _wire = new();

    public void Emit()
    {
        EmitWrite();
        source.Line();
        if (model.IsMap)
        {
            new MapObjectEmitter(source, model, _wire).EmitRead();
        }
        else
        {
            new ArrayObjectEmitter(source, model, _wire).EmitRead();
        }

        EmitNames();
        for (var number = 0; number < _wire.Methods.Count; number++)
        {
            source.Line();
            CollectionEmitter.Emit(source, _wire, number);
        }
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

            source.Line(_wire.Write(member.Type, "value." + Code.Escape(member.Name)));
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

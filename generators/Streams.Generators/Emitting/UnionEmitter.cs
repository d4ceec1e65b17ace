using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>
/// Emits what writes and reads a union. The object's very type decides, as in MessagePack; one that is no case is refused, where
/// MessagePack would write nil and lose it.
/// </summary>
internal sealed class UnionEmitter(SourceWriter source, UnionModel model, WireCode wire)
{
    public void Emit()
    {
        EmitWrite();
        source.Line();
        EmitRead();
    }

    private void EmitWrite()
    {
        source.Open($"public static void Write({Code.Writer}, {model.TypeName} value, int depth)");
        source.Open("if (value is null)");
        source.Line("writer.WriteNil();");
        source.Line("return;");
        source.Close();
        source.Line();
        source.Line("global::Streams.PayloadWriter.CheckDepth(depth);");
        source.Line("var type = value.GetType();");
        foreach (var known in model.Cases)
        {
            source.Open($"if (type == typeof({known.Type.Name}))");
            source.Line("writer.WriteArrayHeader(2);");
            source.Line($"writer.Write({Code.Literal(known.Tag)});");
            source.Line(wire.Write(known.Type, $"(({known.Type.Name})value)"));
            source.Line("return;");
            source.Close();
            source.Line();
        }

        source.Line($"throw global::Streams.PayloadWriter.UnknownCase(type, {Code.Literal(model.DisplayName)});");
        source.Close();
    }

    private void EmitRead()
    {
        source.Open($"public static {model.TypeName} Read({Code.Reader}, {Code.Trace})");
        source.Open("if (reader.TryReadNil())");
        source.Line("return null;");
        source.Close();
        source.Line();
        source.Line($"{model.TypeName} result;");
        source.Open("try");
        source.Line("global::Streams.PayloadReader.EnterTuple(ref reader, 2);");
        source.Line("var tag = reader.ReadInt32();");
        source.Open("switch (tag)");
        foreach (var known in model.Cases)
        {
            source.Line($"case {Code.Literal(known.Tag)}:");
            source.Line(known.Type.IsReference
                ? $"    result = global::Streams.PayloadReader.ExpectCase<{model.TypeName}>({wire.Read(known.Type)});"
                : $"    result = {wire.Read(known.Type)};");
            source.Line("    break;");
        }

        source.Line("default:");
        source.Line($"    throw global::Streams.PayloadReader.UnknownCase(tag, {Code.Literal(model.DisplayName)});");
        source.Close();
        source.Close();
        ConstructionEmitter.EmitFilter(source, "null");
        source.Line();
        source.Line("reader.Depth--;");
        source.Line("return result;");
        source.Close();
    }
}

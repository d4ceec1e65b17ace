using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the reader of an object laid out as a map: unknown keys are passed over, a key that comes twice is refused.</summary>
internal sealed class MapObjectEmitter(SourceWriter source, ObjectModel model, WireCode wire)
{
    public void EmitRead()
    {
        var construction = new ConstructionEmitter(source, model);
        construction.Begin("PayloadReader.EnterMap");
        foreach (var member in model.Members)
        {
            source.Line($"var has{member.Index} = false;");
        }

        source.Open("for (var pair = 0; pair < count; pair++)");
        source.Line("member = -1;");
        source.Line("var key = global::Streams.PayloadReader.ReadUtf8(ref reader);");
        var otherwise = "";
        foreach (var member in model.Members)
        {
            source.Open($"{otherwise}if (global::System.MemoryExtensions.SequenceEqual(key, {Code.Literal(member.MapKey!)}u8))");
            source.Line($"member = {member.Index};");
            source.Line($"global::Streams.PayloadReader.ExpectFirst(ref has{member.Index});");
            source.Line($"value{member.Index} = {wire.Read(member.Type)};");
            source.Close();
            otherwise = "else ";
        }

        source.Open(otherwise.Length > 0 ? "else" : null);
        source.Line("reader.Skip();");
        source.Close();
        source.Close();
        source.Line();
        source.Line("member = -1;");
        construction.End(static member => $"has{member.Index}");
    }
}

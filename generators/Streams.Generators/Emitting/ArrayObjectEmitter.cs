using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the reader of an object laid out as an array: shorter arrays leave members alone, longer ones are passed over.</summary>
internal sealed class ArrayObjectEmitter(SourceWriter source, ObjectModel model, WireCode wire)
{
    public void EmitRead()
    {
        var construction = new ConstructionEmitter(source, model);
        construction.Begin("PayloadReader.EnterArray");
        var next = 0;
        foreach (var member in model.Members)
        {
            for (; next < member.Index; next++)
            {
                source.Open($"if (count > {next})");
                source.Line("reader.Skip();");
                source.Close();
                source.Line();
            }

            source.Open($"if (count > {member.Index})");
            source.Line($"member = {member.Index};");
            source.Line($"value{member.Index} = {wire.Read(member.Type)};");
            source.Close();
            source.Line();
            next = member.Index + 1;
        }

        source.Line("member = -1;");
        source.Line($"global::Streams.PayloadReader.SkipUnknown(ref reader, {model.Length}, count);");
        construction.End(static member => $"count > {member.Index}");
    }
}

using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the codec of a plain type inside messages.</summary>
internal static class PlainTypeEmitter
{
    public static string Emit(PlainTypeModel model)
    {
        var source = SourceWriter.BeginFile();
        source.Open("namespace Streams.Generated");
        source.Line($"// Reads and writes {model.DisplayName} inside messages.");
        source.Lines(Code.InternalTypeAttributes);
        Code.Forbid(source, model.Payload);
        source.Open($"internal static class {model.CodecName}");
        new CodecEmitter(source, model.Payload).Emit();
        source.CloseAll();
        return source.ToString();
    }
}

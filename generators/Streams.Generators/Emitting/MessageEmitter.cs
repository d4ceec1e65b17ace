using Streams.Shared;
using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the part of a message that implements <c>IMessage&lt;T&gt;</c>, and its codec as a nested class that reaches private setters.</summary>
internal sealed class MessageEmitter(MessageModel model)
{
    private const string Output = "global::System.Buffers.IBufferWriter<byte> output";

    private readonly SourceWriter _source = SourceWriter.BeginFile();

    public string Emit()
    {
        if (model.Namespace.Length > 0)
        {
            _source.Open($"namespace {model.Namespace}");
        }

        for (var level = 0; level < model.Declarations.Count; level++)
        {
            _source.Open(level < model.Declarations.Count - 1
                ? model.Declarations[level]
                : $"{model.Declarations[level]} : {Interface}");
        }

        EmitImplementation();
        EmitPayloadClass();
        if (model.Payload is not null && model.Topic.Partitioner is { } partitioner)
        {
            _source.Line();
            _source.Lines(Code.TypeAttributes);
            _source.Open("private static class __Partitioner");
            _source.Line($"internal static readonly global::Streams.IPartitioner<{model.TypeName}> Instance = new {partitioner}();");
            _source.Close();
        }

        _source.CloseAll();
        return _source.ToString();
    }

    private string Interface => $"global::Streams.IMessage<{model.TypeName}>";

    private void EmitImplementation()
    {
        Member($"static global::Streams.MessageDescriptor {Interface}.Descriptor => {WellKnownNames.PayloadClass}.Descriptor;");
        Method($"static void {Interface}.WritePayload({model.TypeName} message, {Output})", EmitWritePayload);
        Method($"static {model.TypeName} {Interface}.ReadPayload(global::System.ReadOnlyMemory<byte> payload)", EmitReadPayload);
        Method($"static bool {Interface}.WriteKey({model.TypeName} message, {Output})", EmitWriteKey);
        Method(
            $"static int {Interface}.Partition({model.TypeName} message, global::System.ReadOnlySpan<byte> key, int partitionCount)",
            () => _source.Line(model is { Payload: not null, Topic.Partitioner: not null }
                ? "return __Partitioner.Instance.Partition(message, key, partitionCount);"
                : $"throw {Refusal("names no partitioner of its own.")};"));
    }

    private void EmitWritePayload()
    {
        EmitNullCheck();
        _source.Line("var writer = new global::MessagePack.MessagePackWriter(output);");
        _source.Line($"{WellKnownNames.PayloadClass}.Write(ref writer, message, 1);");
        _source.Line("writer.Flush();");
    }

    private void EmitReadPayload()
    {
        _source.Line("var reader = new global::MessagePack.MessagePackReader(payload);");
        _source.Line("var trace = default(global::Streams.PayloadTrace);");
        _source.Open("try");
        if (model.IsReference)
        {
            _source.Line("global::Streams.PayloadReader.ExpectValue(ref reader);");
        }

        _source.Line($"var message = {WellKnownNames.PayloadClass}.Read(ref reader, ref trace);");
        _source.Line("global::Streams.PayloadReader.ExpectEnd(ref reader);");
        _source.Line("return message;");
        _source.Close();
        _source.Open("catch (global::System.Exception exception)");
        _source.Line($"throw trace.Fail(ref reader, exception, {Code.Literal(model.DisplayName)});");
        _source.Close();
    }

    private void EmitWriteKey()
    {
        EmitNullCheck();
        KeyEmitter.Emit(_source, model.Key);
    }

    private void EmitNullCheck()
    {
        if (model.IsReference)
        {
            _source.Line("global::System.ArgumentNullException.ThrowIfNull(message);");
        }
    }

    private void EmitPayloadClass()
    {
        _source.Lines(Code.TypeAttributes);
        Code.Forbid(_source, model.Payload);
        _source.Open($"public static class {WellKnownNames.PayloadClass}");
        EmitDescriptor();
        _source.Line();
        if (model.Payload is { } payload)
        {
            new CodecEmitter(_source, payload).Emit();
        }
        else
        {
            EmitStub();
        }

        _source.Close();
    }

    private void EmitDescriptor()
    {
        var topic = model.Topic;
        _source.Open("internal static readonly global::Streams.MessageDescriptor Descriptor = new()");
        _source.Line($"Type = typeof({model.TypeName}),");
        _source.Line($"Topic = {Code.Literal(topic.Topic)},");
        _source.Line($"Name = {Code.Literal(topic.WireName)},");
        Setting(topic.Partitions > 0, $"Partitions = {Code.Literal(topic.Partitions)},");
        Setting(topic.IsOrdered, "Ordered = true,");
        Setting(topic.IsCompacted, "Compacted = true,");
        Setting(topic.RetentionTicks > 0, $"Retention = new global::System.TimeSpan({Code.Literal(topic.RetentionTicks)}L),");
        Setting(topic.Unkeyed != 0, $"Unkeyed = (global::Streams.Unkeyed){Code.Literal(topic.Unkeyed)},");
        Setting(topic.IsDefault, "IsDefault = true,");
        Setting(model.Key.Count > 0, "HasKey = true,");
        Setting(topic.Partitioner is not null, "HasPartitioner = true,");
        _source.Close("};");
    }

    private void Setting(bool isSet, string line)
    {
        if (isSet)
        {
            _source.Line(line);
        }
    }

    // What stands in the way is the analyzers' to say; the rest of the program goes on compiling.
    private void EmitStub()
    {
        var refusal = Refusal("cannot be written: see the diagnostics of Streams where it is declared.");
        _source.Line($"public static void Write({Code.Writer}, {model.TypeName} value, int depth) => throw {refusal};");
        _source.Line();
        _source.Line($"public static {model.TypeName} Read({Code.Reader}, {Code.Trace}) => throw {refusal};");
    }

    private string Refusal(string why) => $"new global::System.NotSupportedException({Code.Literal($"{model.DisplayName} {why}")})";

    private void Member(string line)
    {
        _source.Lines(Code.MemberAttributes);
        _source.Line(line);
        _source.Line();
    }

    private void Method(string header, Action body)
    {
        _source.Lines(Code.MemberAttributes);
        _source.Open(header);
        body();
        _source.Close();
        _source.Line();
    }
}

using Streams.Shared.Handlers;

namespace Streams.Generators.Emitting;

/// <summary>Emits <c>InvokeAsync</c>: a switch on the route. No state machine stands between the runtime and a handler that is done at once.</summary>
internal sealed class InvocationEmitter(SourceWriter source, HandlerModel model)
{
    private const string Returns = "global::Streams.HandlerReturns";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public void Emit()
    {
        source.Line("public override global::System.Threading.Tasks.ValueTask InvokeAsync(");
        source.Line("    object handler,");
        source.Line("    int route,");
        source.Line("    global::System.ReadOnlyMemory<byte> payload,");
        source.Line("    bool isTombstone,");
        source.Line("    global::Streams.MessageContext context,");
        source.Line("    global::Streams.HandlerResults results,");
        source.Line("    global::System.Threading.CancellationToken cancellationToken)");
        source.Open();
        source.Line($"var target = ({model.TypeName})handler;");
        source.Open("switch (route)");
        for (var number = 0; number < model.Routes.Count; number++)
        {
            source.Open($"case {number}:");
            EmitCase(model.Routes[number]);
            source.Close();
        }

        source.Open("default:");
        source.Line("throw new global::System.ArgumentOutOfRangeException(nameof(route), route, \"The handler has no such route.\");");
        source.Close();
        source.Close();
        source.Close();
    }

    private void EmitCase(RouteModel route)
    {
        var read = $"global::Streams.MessagePayload.Deserialize<{route.Message}>(payload)";
        source.Line(!route.AcceptsTombstone
            ? $"var message = {read};"
            : $"{route.Message}? message = isTombstone ? null : {read};");
        var arguments = new[] { "message" }.Concat(route.Arguments.Select(argument => (HandlerArgument)argument switch
        {
            HandlerArgument.Context => "context",
            _ => "cancellationToken",
        }));
        var call = $"target.{route.Method}({string.Join(", ", arguments)})";
        var returned = route.Returned;
        switch (returned.Shape)
        {
            case ReturnShape.Nothing:
                source.Line(call + ";");
                source.Line("return default;");
                break;
            case ReturnShape.Task:
                source.Line($"return new {ValueTask}({call});");
                break;
            case ReturnShape.ValueTask:
                source.Line($"return {call};");
                break;
            case ReturnShape.Value when returned.IsStream:
                source.Line($"return {Returns}.ProduceStreamAsync<{returned.Message}>(results, {call}, cancellationToken);");
                break;
            case ReturnShape.Value when returned is { Collection: null, IsNullableValue: false }:
                source.Line($"return results.ProduceAsync<{returned.Message}>({call}, cancellationToken);");
                break;
            default:
                EmitProduce(returned, call);
                break;
        }
    }

    private void EmitProduce(ReturnedModel returned, string call)
    {
        var result = returned.Collection ?? (returned.IsNullableValue ? returned.Message + "?" : returned.Message);
        var task = returned.Shape == ReturnShape.ValueTaskOfValue ? call : $"new {ValueTask}<{result}>({call})";
        var method = returned switch
        {
            { Collection: { } collection } => $"ProduceAllAsync<{collection}, {returned.Message}>",
            { IsNullableValue: true } => $"ProduceValueAsync<{returned.Message}>",
            _ => $"ProduceAsync<{returned.Message}>",
        };
        source.Line($"return {Returns}.{method}(results, {task}, cancellationToken);");
    }
}

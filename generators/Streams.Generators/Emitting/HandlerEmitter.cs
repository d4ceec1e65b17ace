using Streams.Shared.Handlers;

namespace Streams.Generators.Emitting;

/// <summary>Emits the dispatcher of a handler class with its descriptor.</summary>
internal sealed class HandlerEmitter(HandlerModel model)
{
    private readonly SourceWriter _source = SourceWriter.BeginFile();

    public string Emit()
    {
        _source.Open("namespace Streams.Generated");
        _source.Lines(Code.InternalTypeAttributes);
        _source.Open($"internal sealed class {model.DispatcherName} : global::Streams.HandlerDispatcher");
        EmitDescriptor();
        EmitCreate();
        EmitRoute();
        EmitTombstones();
        new InvocationEmitter(_source, model).Emit();
        EmitCallbacks();
        _source.Line();
        _source.Line("private static global::Streams.MessageDescriptor DescriptorOf<T>()");
        _source.Line("    where T : global::Streams.IMessage<T> => T.Descriptor;");
        _source.CloseAll();
        return _source.ToString();
    }

    private void EmitDescriptor()
    {
        var group = model.Group;
        _source.Open("public static readonly global::Streams.HandlerDescriptor Descriptor = new()");
        _source.Line($"HandlerType = typeof({model.TypeName}),");
        _source.Line($"GroupId = {Code.Literal(group.GroupId)},");
        _source.Open("Messages = new global::Streams.MessageDescriptor[]");
        foreach (var route in model.Routes)
        {
            _source.Line($"DescriptorOf<{route.Message}>(),");
        }

        _source.Close("},");
        _source.Line($"Dispatcher = new {model.DispatcherName}(),");
        _source.Line($"Callbacks = (global::Streams.HandlerCallbacks){Code.Literal(model.Callbacks)},");
        _source.Line($"Commit = (global::Streams.CommitPolicy)({Code.Literal(group.Commit)}),");
        _source.Line($"CommitEvery = {Code.Literal(group.CommitEvery)},");
        if (group.CommitIntervalTicks > 0)
        {
            _source.Line($"CommitInterval = new global::System.TimeSpan({Code.Literal(group.CommitIntervalTicks)}L),");
        }

        _source.Line($"FinalCommit = {Code.Literal(group.FinalCommit)},");
        _source.Line($"Order = (global::Streams.ProcessingOrder)({Code.Literal(group.Order)}),");
        _source.Line($"Concurrency = {Code.Literal(group.Concurrency)},");
        _source.Line($"StartFrom = (global::Streams.StartFrom)({Code.Literal(group.StartFrom)}),");
        _source.Line($"Lifetime = (global::Streams.HandlerLifetime)({Code.Literal(group.Lifetime)}),");
        _source.Close("};");
        _source.Line();
    }

    private void EmitCreate()
    {
        _source.Open("public override object Create(global::System.IServiceProvider services)");
        var arguments = model.Services.Select(Resolve).ToArray();
        _source.Line(arguments.Length == 0
            ? $"return new {model.TypeName}();"
            : $"return new {model.TypeName}({string.Join(", ", arguments)});");
        _source.Close();
        _source.Line();
    }

    private static string Resolve(ServiceModel service, int index)
    {
        const string Extensions = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
        const string Keyed = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";
        if (service.Default is null)
        {
            return service.Key is { } required
                ? $"{Keyed}.GetRequiredKeyedService<{service.TypeName}>(services, {required})"
                : $"{Extensions}.GetRequiredService<{service.TypeName}>(services)";
        }

        if (service.Key is { } key)
        {
            return service.IsReference
                ? $"{Keyed}.GetKeyedService<{service.TypeName}>(services, {key}) ?? {service.Default}"
                : $"{Keyed}.GetRequiredKeyedService<{service.TypeName}>(services, {key})";
        }

        return $"services.GetService(typeof({service.TypeName})) is {service.TypeName} service{index} ? service{index} : {service.Default}";
    }

    private void EmitRoute()
    {
        _source.Open("public override int Route(string topic, global::System.ReadOnlySpan<byte> wireName)");
        _source.Open("switch (topic)");
        var routes = model.Routes.Select((route, number) => (Route: route, Number: number));
        foreach (var topic in routes.GroupBy(route => route.Route.Topic, StringComparer.Ordinal))
        {
            _source.Line($"case {Code.Literal(topic.Key)}:");
            foreach (var (route, number) in topic)
            {
                var isName = $"global::System.MemoryExtensions.SequenceEqual(wireName, {Code.Literal(route.WireName)}u8)";
                _source.Line($"    if ({isName}) return {number};");
            }

            _source.Line("    return -1;");
        }

        _source.Line("default:");
        _source.Line("    return -1;");
        _source.Close();
        _source.Close();
        _source.Line();
    }

    private void EmitTombstones()
    {
        var taking = Enumerable.Range(0, model.Routes.Count).Where(number => model.Routes[number].AcceptsTombstone).ToArray();
        if (taking.Length > 0)
        {
            _source.Line($"public override bool AcceptsTombstone(int route) => route is {string.Join(" or ", taking)};");
            _source.Line();
        }
    }

    private void EmitCallbacks()
    {
        for (var bit = 0; bit < CallbackReader.Names.Length; bit++)
        {
            if ((model.Callbacks & (1 << bit)) != 0)
            {
                var name = CallbackReader.Names[bit];
                var parameter = bit == 0
                    ? "global::Streams.CommitResult result"
                    : "global::System.Collections.Generic.IReadOnlyList<global::Streams.TopicPartition> partitions";
                _source.Line();
                _source.Line($"public override void {name}(object handler, {parameter})");
                _source.Line($"    => (({model.TypeName})handler).{name}({(bit == 0 ? "result" : "partitions")});");
            }
        }
    }
}

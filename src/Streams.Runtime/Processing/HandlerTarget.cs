using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Streams.Runtime.Processing;

/// <summary>One handler class of a group and how its instances are made. Thread-safe after <see cref="Start"/>.</summary>
internal sealed class HandlerTarget(HandlerDescriptor descriptor, IServiceProvider services, HandlerResults results)
{
    private object? _singleton;

    /// <summary>Gets what the class declares.</summary>
    public HandlerDescriptor Descriptor => descriptor;

    /// <summary>Makes the instance of a singleton, so that a missing service shows at the start of the group.</summary>
    public void Start()
    {
        if (descriptor.Lifetime == HandlerLifetime.Singleton)
        {
            _singleton ??= descriptor.Dispatcher.Create(services);
        }
    }

    /// <summary>Calls the method of a route.</summary>
    public ValueTask InvokeAsync(
        int method, ReadOnlyMemory<byte> payload, bool isTombstone, MessageContext context, CancellationToken cancellationToken)
        => _singleton is { } instance
            ? descriptor.Dispatcher.InvokeAsync(instance, method, payload, isTombstone, context, results, cancellationToken)
            : InvokeScopedAsync(method, payload, isTombstone, context, cancellationToken);

    /// <summary>Calls one of the <c>On...</c> methods, on the singleton or in a scope made for the call.</summary>
    public async Task CallAsync(Action<HandlerDispatcher, object> callback)
    {
        if (_singleton is { } instance)
        {
            callback(descriptor.Dispatcher, instance);
            return;
        }

        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            callback(descriptor.Dispatcher, descriptor.Dispatcher.Create(scope.ServiceProvider));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask InvokeScopedAsync(
        int method, ReadOnlyMemory<byte> payload, bool isTombstone, MessageContext context, CancellationToken cancellationToken)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var instance = descriptor.Dispatcher.Create(scope.ServiceProvider);
            await descriptor.Dispatcher
                .InvokeAsync(instance, method, payload, isTombstone, context, results, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Streams.Runtime.Processing;

/// <summary>
/// One handler class of a group and how its instances are made: by the container where the class is registered there, which then also disposes
/// them, otherwise by generated code, and disposed here. Thread-safe after <see cref="Start"/>.
/// </summary>
internal sealed class HandlerTarget(HandlerDescriptor descriptor, IServiceProvider services, HandlerResults results)
{
    private readonly bool _isRegistered =
        services.GetService<IServiceProviderIsService>()?.IsService(descriptor.HandlerType) == true;

    private object? _singleton;

    /// <summary>Gets what the class declares.</summary>
    public HandlerDescriptor Descriptor => descriptor;

    /// <summary>Makes the instance of a singleton, so that a missing service shows at the start of the group.</summary>
    public void Start()
    {
        if (descriptor.Lifetime == HandlerLifetime.Singleton)
        {
            _singleton ??= Create(services);
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
            var made = Create(scope.ServiceProvider);
            try
            {
                callback(descriptor.Dispatcher, made);
            }
            finally
            {
                await DisposeAsync(made).ConfigureAwait(false);
            }
        }
    }

    private object Create(IServiceProvider provider)
        => _isRegistered ? provider.GetRequiredService(descriptor.HandlerType) : descriptor.Dispatcher.Create(provider);

    private ValueTask DisposeAsync(object instance)
    {
        if (!_isRegistered)
        {
            switch (instance)
            {
                case IAsyncDisposable disposable: return disposable.DisposeAsync();
                case IDisposable disposable: disposable.Dispose(); break;
                default: break;
            }
        }

        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask InvokeScopedAsync(
        int method, ReadOnlyMemory<byte> payload, bool isTombstone, MessageContext context, CancellationToken cancellationToken)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var instance = Create(scope.ServiceProvider);
            try
            {
                await descriptor.Dispatcher
                    .InvokeAsync(instance, method, payload, isTombstone, context, results, cancellationToken)
                    .ConfigureAwait(false);
            }
            finally
            {
                await DisposeAsync(instance).ConfigureAwait(false);
            }
        }
    }
}

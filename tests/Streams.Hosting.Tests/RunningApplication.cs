using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Streams.Hosting.Tests.Contracts;
using Streams.Transport;

namespace Streams.Hosting.Tests;

/// <summary>A host that runs, with the questions tests ask of it. Stops when it is disposed.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly CancellationTokenSource _budget =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RunningApplication(IHost host)
    {
        Host = host;
        _budget.CancelAfter(Patience);
    }

    public IHost Host { get; }

    /// <summary>Gets what ends a test that would wait for ever.</summary>
    public CancellationToken Budget => _budget.Token;

    public IConsumerGroups Groups => Service<IConsumerGroups>();

    public static async Task<RunningApplication> StartAsync(IHost host)
    {
        var application = new RunningApplication(host);
        await host.StartAsync(application.Budget);
        return application;
    }

    public T Service<T>()
        where T : notnull
        => Host.Services.GetRequiredService<T>();

    /// <summary>Places orders with these ids, all acknowledged.</summary>
    public async Task PlaceAsync(params string[] orderIds)
    {
        var orders = Service<IProducer<OrderPlaced>>();
        await Task.WhenAll(orderIds.Select(id => orders.ProduceAsync(new(id, 10), Budget).AsTask()));
    }

    /// <summary>Puts a record on the topic of orders as somebody else might: any type, any bytes.</summary>
    public async Task<RecordMetadata> PutAsync(int partition, string wireName, byte[] value)
    {
        await using var producer = Service<ITransport>().CreateProducer(new ProducerSettings());
        return await Put(producer).WaitAsync(Budget);

        Task<RecordMetadata> Put(ITransportProducer transport) => transport.ProduceAsync(
            new OutgoingRecord
            {
                Topic = "orders",
                Partition = partition,
                HasKey = true,
                Key = "key"u8,
                HasValue = true,
                Value = value,
                EncodedHeaders = [24, .. "streams-type"u8, (byte)(2 * wireName.Length), .. System.Text.Encoding.UTF8.GetBytes(wireName)],
                HeaderCount = 1,
            },
            Budget).AsTask();
    }

    /// <summary>Reads all invoices there are, and returns their orders in order.</summary>
    public async Task<List<string>> InvoicedOrdersAsync()
    {
        var orders = new List<string>();
        await foreach (var record in Service<IReader<InvoiceRaised>>().ReadAsync(ReadFrom.Earliest, ReadUntil.End, Budget))
        {
            orders.Add(record.Message.OrderId);
        }

        orders.Sort(StringComparer.Ordinal);
        return orders;
    }

    public Task<HealthReportEntry> HealthAsync() => HealthAsync(Host);

    /// <summary>The verdict of the health check, of a host in whatever state.</summary>
    public static async Task<HealthReportEntry> HealthAsync(IHost host)
        => (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken))
            .Entries["streams"];

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(Budget);
        Host.Dispose();
        _budget.Dispose();
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.EndToEnd;

/// <summary>Data directories a host cannot use.</summary>
public sealed class DataDirectoryTests
{
    [Fact]
    public async Task Start_WhenTheDirectoryIsInUse_SaysByWhomAndWhatToDo()
    {
        using var folder = new TemporaryFolder();
        await using var first = await RunningApplication.StartAsync(Build(folder.Path));
        using var second = Build(folder.Path);

        var error = await FailAsync(second);

        Assert.Equal(StreamsErrorCode.DirectoryInUse, error.Code);
        Assert.Equal(
            $"The data directory of '{Path.Combine(folder.Path, ".lock")}' is used by another process or opened twice in this one. "
                + "Stop the other one, or give each its own directory (Streams:Broker:Data).",
            error.Message);
        Assert.Equal(HealthStatus.Healthy, (await first.HealthAsync()).Status);
    }

    // A host that could not start must not keep the directory from the next one.
    [Fact]
    public async Task Start_AfterAHostThatFailed_FindsTheDirectoryFree()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await RunningApplication.StartAsync(Build(folder.Path)))
        {
            await first.Service<ITopics>().DeleteAsync("invoices", first.Budget);
            await first.Service<ITopics>().CreateAsync(new("invoices") { Partitions = 5 }, first.Budget);
        }

        using (var failing = Build(folder.Path))
        {
            await FailAsync(failing);
            await using var other = await RunningApplication.StartAsync(
                TestApplication.Build(streams => streams.UseEmbeddedBroker(folder.Path).AddMessage<OrderPlaced>()));
        }
    }

    [Fact]
    public async Task Start_WhenATopicHasAnotherPartitionCount_SaysWhichAndWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var empty = TestApplication.Build(streams => streams.UseEmbeddedBroker(folder.Path));
        await using (var first = await RunningApplication.StartAsync(empty))
        {
            await first.Service<ITopics>().CreateAsync(new("orders") { Partitions = 5 }, first.Budget);
            await first.Service<ITopics>().CreateAsync(new("invoices") { Partitions = 1 }, first.Budget);
        }

        using var second = Build(folder.Path);
        var error = await FailAsync(second);

        Assert.Equal(StreamsErrorCode.InvalidPartitions, error.Code);
        Assert.Equal(
            "Topic 'invoices' has 1 partition, and 2 are declared by 'InvoiceRaised'. Add partitions with ITopics.AddPartitionsAsync "
                + "(keys may then move to other partitions), or declare Partitions = 1. "
                + "Topic 'orders' has 5 partitions, and 3 are declared by 'OrderPlaced' and 'OrderShipped'. "
                + "Partitions cannot be removed: declare Partitions = 5, or move to a new topic.",
            error.Message);
    }

    [Fact]
    public async Task Start_WhenTheDirectoryCannotBeWritten_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: needs a place where nobody may write, root included.");
        const string Path = "/sys/kernel/streams";
        using var host = Build(Path);

        var error = await FailAsync(host);

        Assert.Equal(StreamsErrorCode.ReadOnlyDirectory, error.Code);
        Assert.Contains(
            $"'{Path}': the data directory cannot be written. Give this user write access, ", error.Message, StringComparison.Ordinal);
    }

    private static IHost Build(string path)
        => TestApplication.Build(streams => streams.UseEmbeddedBroker(path).AddMessages().AddHandler<Billing>());

    private static async Task<StreamsException> FailAsync(IHost host)
    {
        var error = await Assert.ThrowsAsync<StreamsException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        var health = await RunningApplication.HealthAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Equal($"The start failed: {error.Message}", health.Description);
        return error;
    }
}

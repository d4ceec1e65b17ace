using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.EndToEnd;

/// <summary>What the health check says over the life of a host; a start that fails and partitions that stop are told elsewhere.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Health_FromBeforeTheStartToAfterTheStop_TellsWhereTheHostStands()
    {
        using var host = TestApplication.Build(streams => streams.UseMemory().AddMessages().AddHandler<Billing>());
        await AssertHealthAsync(host, HealthStatus.Unhealthy, "The host has not started.");

        await host.StartAsync(TestContext.Current.CancellationToken);
        await AssertHealthAsync(host, HealthStatus.Healthy, "The broker is open and every assigned partition goes on.");

        await host.StopAsync(TestContext.Current.CancellationToken);
        await AssertHealthAsync(host, HealthStatus.Unhealthy, "The host has stopped.");
    }

    private static async Task AssertHealthAsync(IHost host, HealthStatus status, string description)
    {
        var health = await RunningApplication.HealthAsync(host);
        Assert.Equal((status, description), (health.Status, health.Description));
        Assert.Contains("ready", health.Tags);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.EndToEnd;

/// <summary>Hosts that follow each other on one data directory.</summary>
public sealed class RestartTests
{
    // A stop commits what is handled under every policy, so the next process begins where this one ended: nothing twice, nothing left out.
    [Theory]
    [InlineData(typeof(AutoLedger))]
    [InlineData(typeof(SyncLedger))]
    [InlineData(typeof(AsyncLedger))]
    [InlineData(typeof(ManualLedger))]
    public async Task Restart_AfterAStop_GoesOnBehindWhatWasHandled(Type handler)
    {
        using var folder = new TemporaryFolder();
        var calls = new Calls();

        await using (var first = await StartAsync(folder, calls, handler))
        {
            await first.PlaceAsync("a", "b", "c");
            await Assert.Single(first.Groups).WhenCaughtUpAsync(first.Budget);
        }

        await using (var second = await StartAsync(folder, calls, handler))
        {
            await second.PlaceAsync("d", "e");
            await Assert.Single(second.Groups).WhenCaughtUpAsync(second.Budget);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], calls.Orders.Order(StringComparer.Ordinal));
    }

    // Records that came while nobody handled them wait for whoever comes.
    [Fact]
    public async Task Restart_WhenRecordsCameWhileTheGroupWasAway_HandlesThem()
    {
        using var folder = new TemporaryFolder();
        var calls = new Calls();
        await using (var producing = await StartAsync(folder, calls, handler: null))
        {
            await producing.PlaceAsync("a", "b");
        }

        await using var handling = await StartAsync(folder, calls, typeof(SyncLedger));
        await handling.Groups["sync"].WhenCaughtUpAsync(handling.Budget);

        Assert.Equal(["a", "b"], calls.Orders.Order(StringComparer.Ordinal));
    }

    private static Task<RunningApplication> StartAsync(TemporaryFolder folder, Calls calls, Type? handler)
        => RunningApplication.StartAsync(TestApplication.Build(streams =>
        {
            streams.UseEmbeddedBroker(folder.Path).AddMessages().Services.AddSingleton(calls);
            if (handler is not null)
            {
                streams.AddHandler(handler);
            }
        }));
}

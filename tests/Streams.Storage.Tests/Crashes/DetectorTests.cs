using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Crashes;

/// <summary>
/// Each time records become visible or are acknowledged, a power cut at that very moment is played on a copy of the disk: what was promised
/// must be there. The detector itself is shown to fire where a disk, or a log, promises too early.
/// </summary>
public sealed class DetectorTests
{
    public static TheoryData<string, Durability> Scripts
        => [.. CrashScripts.All.Where(row => row.Data.Item2 != Durability.PageCache)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Promise_IsNeverMadeBeforeTheDiskHasKeptIt(string script, Durability durability)
    {
        var (failures, promises) = await DetectAsync(script, durability, new());

        failures.AssertNone();
        Assert.True(promises >= 5);
    }

    [Fact]
    public async Task Promise_OnDiskThatOnlyPretendsToSync_IsDetected()
        => Assert.True((await DetectAsync("rolls", Durability.Fsync, new() { PretendsToSync = true })).Failures.Any);

    [Fact]
    public async Task Promise_OnDiskThatOnlyPretendsToSyncNames_IsDetected()
        => Assert.True((await DetectAsync("rolls", Durability.Fsync, new() { PretendsToSyncDirectories = true })).Failures.Any);

    // A log of weaker durability is taken for one that promises more: its acknowledgement comes too early.
    [Fact]
    public async Task Promise_OfLogThatDoesNotWaitForTheDisk_IsDetected()
    {
        var failures = new Failures();
        await using var run = CrashScripts.Begin("rolls", Durability.PageCache, new());
        run.Open();
        run.History.Send(0, [new TestRecord("k", "v")]);

        run.History.Acknowledge(run.Log.Append(TestBatch.Of(new TestRecord("k", "v"))).EndOffset);
        Check(run, failures);

        Assert.True(failures.Any);
    }

    private static async Task<(Failures Failures, int Promises)> DetectAsync(string script, Durability durability, FaultFileSystem files)
    {
        var failures = new Failures();
        var promises = 0;
        await using var run = CrashScripts.Begin(script, durability, files);
        run.Opened = () => run.Log.HighWatermarkMoved += _ => Check(run, failures);
        run.Acknowledged = () =>
        {
            promises++;
            Check(run, failures);
        };
        await CrashScripts.RunAsync(script, run);
        return (failures, promises);
    }

    private static void Check(CrashRun run, Failures failures)
    {
        var promises = run.History.Promises;
        var disk = run.Files.After(FaultSurvival.Nothing);
        failures.Explain(
            $"promised {promises}",
            () => run.History.Verify(new TestStore(disk).Open(run.Options with { Durability = Durability.PageCache }), promises));
    }
}

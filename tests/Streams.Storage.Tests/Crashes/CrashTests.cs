using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Crashes;

/// <summary>
/// The power is cut before every single call that changes the disk: each time, copies of the disk are recovered as different power cuts would
/// leave it. What was acknowledged as durable, or visible, is there with its bytes; nothing else has appeared; no offset is given twice; and
/// the log goes on. The same when the power is cut again during the recovery. A failure names the call and the seed, which find it again.
/// </summary>
public sealed class CrashTests
{
    private const int SeedsPerCut = 3;

    public static TheoryData<string, Durability> Scripts => CrashScripts.All;

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Open_AfterPowerCutAtEveryCall_KeepsEveryPromise(string script, Durability durability)
    {
        var files = new FaultFileSystem();
        await using var run = CrashScripts.Begin(script, durability, files);
        var failures = new Failures();
        var goingOn = new List<(string Where, FaultFileSystem Disk, CrashPromises Promises)>();
        files.OnCall = call =>
        {
            // The promises first: what is promised later may not be on the disk yet.
            var promises = run.History.Promises;
            var where = $"{script}, {durability}, before {call}";
            foreach (var (name, survival) in Survivals(durability, call.Number))
            {
                var disk = files.After(survival);
                failures.Explain($"{where}, {name}", () => Verify(run, disk, promises));
            }

            if (call.Number % 7 == 0)
            {
                var left = files.After(Survivals(durability, call.Number).Last().Survival);
                lock (goingOn)
                {
                    goingOn.Add((where, left, promises));
                }
            }
        };

        await CrashScripts.RunAsync(script, run);
        files.OnCall = null;

        // A flusher may still be in the middle of its last call.
        (string, FaultFileSystem, CrashPromises)[] disks;
        lock (goingOn)
        {
            disks = [.. goingOn];
        }

        foreach (var (where, disk, promises) in disks)
        {
            await failures.ExplainAsync(where, () => GoOnAsync(run, disk, promises));
        }

        failures.AssertNone();
        Assert.True(disks.Length > 5);
    }

    [Theory]
    [InlineData("rolls")]
    [InlineData("restarts")]
    [InlineData("compaction")]
    public async Task Open_AfterPowerCutDuringRecovery_KeepsEveryPromise(string script)
    {
        var files = new FaultFileSystem();
        await using var run = CrashScripts.Begin(script, Durability.Fsync, files);
        var failures = new Failures();
        var cuts = 0;
        files.OnCall = call =>
        {
            if (call.Number % 3 != 0)
            {
                return;
            }

            var promises = run.History.Promises;
            var disk = files.After(FaultSurvival.Some(call.Number));
            disk.OnCall = second =>
            {
                var recovered = disk.After(FaultSurvival.Some(second.Number));
                failures.Explain($"{script}, before {call} with its number as seed, then before {second} of the recovery with its own",
                    () => Verify(run, recovered, promises));
                cuts++;
            };
            failures.Explain($"{script}, before {call}, recovery", () => Verify(run, disk, promises));
        };

        await CrashScripts.RunAsync(script, run);
        files.OnCall = null;

        failures.AssertNone();
        Assert.True(cuts > 100);
    }

    private static IEnumerable<(string Name, FaultSurvival Survival)> Survivals(Durability durability, int call)
    {
        yield return ("everything kept", FaultSurvival.Everything);
        if (durability == Durability.PageCache)
        {
            yield break;
        }

        yield return ("nothing kept", FaultSurvival.Nothing);
        for (var seed = call; seed < call + SeedsPerCut; seed++)
        {
            yield return ($"seed {seed}", FaultSurvival.Some(seed));
        }
    }

    private static SegmentedLog Verify(CrashRun run, FaultFileSystem disk, CrashPromises promises)
    {
        // Not closed: it is a copy nobody needs any more, and has no thread.
        var store = new TestStore(disk);
        var log = store.Open(run.Options with { Durability = Durability.PageCache });
        run.History.Verify(log, promises);
        Assert.Empty(store.Loggers.Of(4015));
        return log;
    }

    // It goes on, and what it does now is there after a clean stop.
    private static async Task GoOnAsync(CrashRun run, FaultFileSystem disk, CrashPromises promises)
    {
        await using var store = new TestStore(disk);
        var log = store.Open(run.Options);
        run.History.Verify(log, promises);
        var end = log.EndOffset;
        var before = log.ReadAll();
        Assert.Equal(end, log.AppendOne("next", key: "next"));
        await log.WaitUntilDurableAsync(end + 1, TestContext.Current.CancellationToken);
        log = await store.ReopenAsync();
        Assert.True(store.Store.WasCleanlyClosed);
        Assert.Equal([.. before, new("next", "next", 1_000, end)], log.ReadAll());
    }
}

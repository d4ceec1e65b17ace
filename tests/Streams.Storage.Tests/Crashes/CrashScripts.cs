namespace Streams.Storage.Tests.Crashes;

/// <summary>What a log goes through before the power is cut.</summary>
internal static class CrashScripts
{
    private static readonly Dictionary<string, (LogOptions Options, Func<CrashRun, Task> Run)> Known = new(StringComparer.Ordinal)
    {
        ["rolls"] = (Options, RollAsync),
        ["restarts"] = (Options, RestartAsync),
        ["retention"] = (Options with { RetentionTime = TimeSpan.FromDays(1), RetentionBytes = 900 }, RetainAsync),
        ["deletion"] = (Options, DeleteAsync),
        ["compaction"] = (Options with { Compact = true, Delete = false, MinDirtyRatio = 0, DeleteRetention = TimeSpan.FromDays(1) },
            CompactAsync),
    };

    private static LogOptions Options => TestStore.Options(Durability.Fsync, segmentBytes: 300);

    /// <summary>Gets each script with each durability.</summary>
    public static TheoryData<string, Durability> All
    {
        get
        {
            var all = new TheoryData<string, Durability>();
            foreach (var name in Known.Keys)
            {
                all.Add(name, Durability.Fsync);
                all.Add(name, Durability.FsyncEach);
                all.Add(name, Durability.PageCache);
            }

            return all;
        }
    }

    /// <summary>Returns what a script is run with.</summary>
    public static CrashRun Begin(string name, Durability durability, Faults.FaultFileSystem files)
        => new(files, new() { IsCompacted = Known[name].Options.Compact }, Known[name].Options with { Durability = durability });

    /// <summary>Runs a script.</summary>
    public static async Task RunAsync(string name, CrashRun run)
    {
        run.Open();
        await Known[name].Run(run);
    }

    private static async Task RollAsync(CrashRun run)
    {
        for (var index = 0; index < 8; index++)
        {
            await run.AppendAsync(new TestRecord($"k{index}", $"value {index}", 1_000 + index, Header: "h"));
            await run.AppendAsync(new("a", $"first {index}"), new("b", $"second {index}"));
        }

        await run.AppendTogetherAsync(9, "t");
    }

    private static async Task RestartAsync(CrashRun run)
    {
        for (var life = 0; life < 3; life++)
        {
            await run.AppendTogetherAsync(4, $"life {life}");
            await run.AppendAsync(new TestRecord("k", $"life {life}"));
            await run.ReopenAsync();
        }

        await run.AppendAsync(new TestRecord("k", "end"));
    }

    private static async Task RetainAsync(CrashRun run)
    {
        for (var round = 0; round < 4; round++)
        {
            for (var index = 0; index < 5; index++)
            {
                await run.AppendAsync(new TestRecord("k", $"round {round} {index} {new string('x', 40)}", run.Store.Now));
            }

            run.Store.Time.Advance(TimeSpan.FromHours(round == 2 ? 30 : 10));
            run.History.WantStart(run.Log.EndOffset);
            run.History.PromiseStart(run.Log.ApplyRetention(null).StartOffset);
        }

        await run.ReopenAsync();
        await run.AppendAsync(new TestRecord("k", "end", run.Store.Now));
    }

    private static async Task DeleteAsync(CrashRun run)
    {
        for (var round = 0; round < 4; round++)
        {
            await run.AppendTogetherAsync(6, "k");
            run.DeleteRecordsBefore(run.Log.EndOffset - 4);
            run.Log.ApplyRetention(null);
        }

        run.DeleteRecordsBefore(run.Log.EndOffset);
        await run.ReopenAsync();
        await run.AppendAsync(new TestRecord("k", "end"));
    }

    private static async Task CompactAsync(CrashRun run)
    {
        for (var round = 0; round < 4; round++)
        {
            for (var index = 0; index < 6; index++)
            {
                var value = (round + index) % 4 == 0 ? null : $"round {round} {index}";
                await run.AppendAsync(new($"k{index % 4}", value), new($"r{round}", $"{index}"));
            }

            run.Log.Compact(CancellationToken.None);
            run.Store.Time.Advance(TimeSpan.FromHours(20));
        }

        await run.ReopenAsync();
        run.Log.Compact(CancellationToken.None);
        await run.AppendAsync(new TestRecord("k0", "end"));
    }
}

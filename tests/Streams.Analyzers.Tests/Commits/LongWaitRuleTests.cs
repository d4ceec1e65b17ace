namespace Streams.Analyzers.Tests.Commits;

public sealed class LongWaitRuleTests
{
    [Fact]
    public Task LongWait_WhenTheRecordIsHeld_IsReported()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0020"],
            "await {|STRM0020:Task.Delay(TimeSpan.FromMinutes(10))|};",
            "await {|STRM0020:Task.Delay(TimeSpan.FromSeconds(30), ct)|};",
            "await {|STRM0020:Task.Delay(60_000)|};",
            "await {|STRM0020:Task.Delay(-1)|};",
            "{|STRM0020:while|} (true) { try { await store.WorkAsync(m); break; } catch (Exception) { await Task.Delay(100); } }",
            "{|STRM0020:for|} (;;) { try { await store.WorkAsync(m); return; } catch (Exception) { } }",
            "using var gate = new SemaphoreSlim(1); await {|STRM0020:gate.WaitAsync()|};");

    [Fact]
    public Task LongWait_WhenSomethingEndsIt_IsSilent()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0020"],
            "await Task.Delay(TimeSpan.FromSeconds(5), ct);",
            "await Task.Delay(1_000);",
            "await Task.Delay(m.A);",
            "try { await store.WorkAsync(m); } catch (Exception) { await Task.Delay(TimeSpan.FromMinutes(1)); throw; }",
            "while (true) { try { await store.WorkAsync(m); break; } catch (Exception) { await Task.Delay(100, ct); } }",
            "while (true) { ct.ThrowIfCancellationRequested(); try { await store.WorkAsync(m); break; } catch (Exception) { } }",
            "for (var i = 0; i < 3; i++) { try { await store.WorkAsync(m); break; } catch (Exception) { } }",
            "for (var i = 0; ; i++) { try { await store.WorkAsync(m); break; } catch (Exception) { if (i > 3) throw; } }",
            "while (true) { if (store.Check()) break; await store.WorkAsync(m); }",
            "using var gate = new SemaphoreSlim(1); await gate.WaitAsync(ct);",
            "using var gate = new SemaphoreSlim(1); await gate.WaitAsync(TimeSpan.FromSeconds(1));",
            "await ctx.RetryAsync(TimeSpan.FromMinutes(10));");

    [Fact]
    public Task LongWait_WhenTheProjectSaysHowLong_FollowsIt()
        => CommitCases.ClassesAsync(
            ["STRM0020"],
            Options.From(("streams_longest_wait", "5")),
            CommitCases.Handler("Auto", 0, "await {|STRM0020:Task.Delay(TimeSpan.FromSeconds(6), ct)|};"),
            CommitCases.Handler("Auto", 1, "await Task.Delay(TimeSpan.FromSeconds(4), ct);"));
}

namespace Streams.Analyzers.Tests.Commits;

public sealed class BlockingCallRuleTests
{
    [Fact]
    public Task BlockingCall_WhenOnTheList_IsReported()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0019"],
            "{|STRM0019:store.WorkAsync(m).Wait()|};",
            "{|STRM0019:store.WorkAsync(m).Wait(1000)|};",
            "var name = {|STRM0019:store.GetNameAsync(m.A).Result|};",
            "{|STRM0019:store.WorkAsync(m).GetAwaiter().GetResult()|};",
            "{|STRM0019:store.WorkAsync(m).ConfigureAwait(false).GetAwaiter().GetResult()|};",
            "{|STRM0019:store.ValueWorkAsync(m).GetAwaiter().GetResult()|};",
            "{|STRM0019:Thread.Sleep(100)|};",
            "{|STRM0019:Task.WaitAll(store.WorkAsync(m), store.RefreshAsync())|};",
            "using var gate = new SemaphoreSlim(1); {|STRM0019:gate.Wait(ct)|};",
            "using var gate = new ManualResetEventSlim(); {|STRM0019:gate.Wait(ct)|};",
            "var text = {|STRM0019:File.ReadAllText(\"a\")|}; {|STRM0019:File.WriteAllText(\"b\", text)|};",
            "using var http = new System.Net.Http.HttpClient(); {|STRM0019:http.Send(new())|};",
            "{|STRM0019:Monitor.Enter(store)|}; await store.WorkAsync(m); Monitor.Exit(store);",
            "void Local() { {|STRM0019:Thread.Sleep(1)|}; } Local();",
            "Action a = () => {|STRM0019:Thread.Sleep(1)|}; a();");

    [Fact]
    public Task BlockingCall_WhenItDoesNotWait_IsSilent()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0019"],
            "var t = store.GetNameAsync(m.A); await t; log.Log(t.Result);",
            "var a = store.GetNameAsync(1); var b = store.GetNameAsync(2); await Task.WhenAll(a, b); log.Log(a.Result + b.Result);",
            "var t = store.GetNameAsync(m.A); log.Log(t.IsCompletedSuccessfully ? t.Result : await t);",
            "var all = new List<Task<string>>(); await Task.WhenAll(all); foreach (var t in all) log.Log(t.Result);",
            "var a = store.GetNameAsync(1); var first = await Task.WhenAny(a, store.GetNameAsync(2)); log.Log(first.Result);",
            "using var gate = new SemaphoreSlim(1); if (gate.Wait(0)) log.Log(\"free\");",
            "Monitor.Enter(store); Monitor.Exit(store);",
            "lock (store) { log.Log(\"in\"); }",
            "await Task.Delay(1, ct); var text = await File.ReadAllTextAsync(\"a\", ct);",
            "log.Log(new { Result = \"3\" }.Result);",
            "store.Put(m);");

    [Fact]
    public Task BlockingCall_WhenOutsideHandlers_IsSilent()
        => CommitCases.ClassesAsync(
            ["STRM0019"],
            "public sealed class Free { public void Do() => Thread.Sleep(1); }",
            """
            [ConsumerGroup("g")]
            public sealed class H
            {
                public H() => Thread.Sleep(1);
                public void Handle(M m) => Do(m);
                private static void Do(M m) => {|STRM0019:Thread.Sleep(m.A)|};
                public static int Public() { Thread.Sleep(1); return 0; }
            }
            """);
}

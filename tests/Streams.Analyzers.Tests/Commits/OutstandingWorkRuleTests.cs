namespace Streams.Analyzers.Tests.Commits;

public sealed class OutstandingWorkRuleTests
{
    [Fact]
    public Task Outstanding_WhenACommitComesFirst_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0008"],
            "var t = store.WorkAsync(m); await {|STRM0008:ctx.CommitAsync()|}; await t;",
            "var tasks = new List<Task>(); foreach (var i in m.Items!) tasks.Add(store.ItemAsync(i)); await "
                + "{|STRM0008:ctx.CommitAsync()|}; "
                + "await Task.WhenAll(tasks);",
            "var tasks = m.Items!.Select(i => store.ItemAsync(i)).ToList(); await {|STRM0008:ctx.CommitAsync()|}; await "
                + "Task.WhenAll(tasks);",
            "var t = store.WorkAsync(m); if (m.A == 0) await t; await {|STRM0008:ctx.CommitAsync()|};",
            "var t = store.WorkAsync(m); t = store.OtherWorkAsync(m); await t; await {|STRM0008:ctx.CommitAsync()|};",
            "var work = store.WorkAsync(m); await Task.WhenAny(work, Task.Delay(9, ct)); await {|STRM0008:ctx.CommitAsync()|};",
            "await Task.WhenAll(store.WorkAsync(m), {|STRM0008:ctx.CommitAsync()|}.AsTask());",
            "var t = store.ValueWorkAsync(m); {|STRM0008:ctx.Ack()|}; await t;",
            "Task t; t = store.WorkAsync(m); await {|STRM0008:ctx.CommitAsync()|}; await t;");

    [Fact]
    public Task Outstanding_WhenAllIsAwaitedFirst_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0008"],
            "var t = store.WorkAsync(m); await t; await ctx.CommitAsync();",
            "var t = store.WorkAsync(m); var u = store.OtherWorkAsync(m); await Task.WhenAll(t, u); await ctx.CommitAsync();",
            "var tasks = new List<Task>(); foreach (var i in m.Items!) tasks.Add(store.ItemAsync(i)); await Task.WhenAll(tasks); await "
                + "ctx.CommitAsync();",
            "var tasks = m.Items!.Select(i => store.ItemAsync(i)).ToArray(); await Task.WhenAll(tasks); await ctx.CommitAsync();",
            "var tasks = m.Items!.Select(i => store.ItemAsync(i)).ToList(); foreach (var t in tasks) await t; await ctx.CommitAsync();",
            "var t = store.WorkAsync(m); var all = Task.WhenAll(t, store.OtherWorkAsync(m)); await all; await ctx.CommitAsync();",
            "var t = Task.CompletedTask; await ctx.CommitAsync(); await t;",
            "using var stop = new CancellationTokenSource(); var lease = store.WorkAsync(m, stop.Token); try { await "
                + "store.OtherWorkAsync(m); await ctx.CommitAsync(); } finally { stop.Cancel(); await lease; }",
            "var t = store.ValueWorkAsync(m); if (!t.IsCompletedSuccessfully) await t; await ctx.CommitAsync();",
            "var t = store.WorkAsync(m); Track(t); await ctx.CommitAsync(); static void Track(Task t) { }",
            "var commit = ctx.CommitAsync(); await commit;",
            "Task t = m.A == 0 ? store.WorkAsync(m) : store.OtherWorkAsync(m); await t; await ctx.CommitAsync();",
            "var t = store.WorkAsync(m); t.Wait(); await ctx.CommitAsync();");

    [Fact]
    public Task Outstanding_WhenTheHandlerReturns_IsReportedAtTheWork()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0008"],
            "var t = {|STRM0008:store.WorkAsync(m)|};",
            "var t = {|STRM0008:store.WorkAsync(m)|}; if (m.A == 0) return; await t;",
            "var t = store.WorkAsync(m); if (m.A == 0) { await ctx.SkipAsync(\"zero\"); return; } await t;",
            "var t = store.WorkAsync(m); if (m.A == 0) throw new InvalidOperationException(); await t;",
            "var t = store.WorkAsync(m); await t;",
            "var t = store.WorkAsync(m, ct).WaitAsync(TimeSpan.FromSeconds(1), ct); await t;");

    [Fact]
    public Task Produce_WhenNothingWaitsForIt_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0011"],
            "{|STRM0011:producer.Produce(new N(m.A))|}; await ctx.CommitAsync();",
            "{|STRM0011:producer.Produce(new N(m.A), report => { })|}; await ctx.CommitAsync();",
            "_ = {|STRM0011:producer.ProduceAsync(new N(m.A))|}; await ctx.CommitAsync();",
            "var t = {|STRM0011:producer.ProduceAsync(new N(m.A))|}; await ctx.CommitAsync(); await t;",
            "{|STRM0011:producer.Produce(new N(m.A))|}; if (m.A > 0) await producer.FlushAsync(ct); await ctx.CommitAsync();");

    [Fact]
    public Task Produce_WhenSomethingWaitsForIt_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0011"],
            "producer.Produce(new N(m.A)); await producer.FlushAsync(ct); await ctx.CommitAsync();",
            "await producer.ProduceAsync(new N(m.A)); await ctx.CommitAsync();",
            "var done = new TaskCompletionSource(); producer.Produce(new N(m.A), report => done.SetResult()); await done.Task; await "
                + "ctx.CommitAsync();",
            "producer.Produce(new N(m.A)); await ctx.SkipAsync(\"x\");",
            "var t = producer.ProduceAsync(new N(m.A)); await t; await ctx.CommitAsync();");

    [Fact]
    public Task Produce_WhenTheHandlerReturns_IsReported()
        => CommitCases.BodiesAsync(
            "Async",
            ["STRM0011"],
            "{|STRM0011:producer.Produce(new N(m.A))|};",
            "producer.Produce(new N(m.A)); await producer.FlushAsync(ct);",
            "{|STRM0011:producer.ProduceAsync(new N(m.A))|};");
}

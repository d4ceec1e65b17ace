namespace Streams.Analyzers.Tests.Commits;

public sealed class CommitBeforeWorkRuleTests
{
    private static readonly string[] Rule = ["STRM0002"];

    [Fact]
    public Task CommitBeforeWork_WhenWorkFollows_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "await {|STRM0002:ctx.CommitAsync()|}; await store.WorkAsync(m);",
            "await {|STRM0002:ctx.CommitAsync()|}; await store.SaveChangesAsync();",
            "{|STRM0002:ctx.Ack()|}; store.Put(m);",
            "await store.OtherWorkAsync(m); await {|STRM0002:ctx.CommitAsync()|}; await store.WorkAsync(m).ConfigureAwait(false);",
            "if (m.A == 0) { await {|STRM0002:ctx.CommitAsync()|}; } await store.WorkAsync(m);",
            "try { await {|STRM0002:ctx.CommitAsync()|}; await store.WorkAsync(m); } catch (Exception) { throw; }",
            "foreach (var i in m.Items!) { await store.ItemAsync(i); await {|STRM0002:ctx.CommitAsync()|}; }",
            "await {|STRM0002:ctx.CommitAsync()|}; foreach (var i in m.Items!) { await store.ItemAsync(i); }",
            "await {|STRM0002:ctx.CommitAsync()|}; await producer.ProduceAsync(new N(m.A));",
            "var name = m.Name; await {|STRM0002:ctx.CommitAsync()|}; await store.WorkAsync(new M(1, name));",
            "await using var file = new MemoryStream(); await {|STRM0002:ctx.CommitAsync()|}; await file.WriteAsync(new byte[1]);",
            "await {|STRM0002:ctx.CommitAsync()|}; await Task.WhenAll(m.Items!.Select(i => store.ItemAsync(i)));",
            "async Task DoneAsync() => await ctx.CommitAsync(); await {|STRM0002:DoneAsync()|}; await store.WorkAsync(m);");

    [Fact]
    public Task CommitBeforeWork_WhenCommitIsLast_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "await store.WorkAsync(m); await ctx.CommitAsync();",
            "await store.WorkAsync(m); await ctx.CommitAsync(); log.Log(\"done\", m);",
            "await ctx.CommitAsync(); log.Log(m.Name);",
            "if (m.A == 0) { await ctx.CommitAsync(); return; } await store.WorkAsync(m); await ctx.CommitAsync();",
            "await ctx.CommitAsync(); System.Diagnostics.Activity.Current?.AddTag(\"a\", m.A);",
            "await ctx.CommitAsync(); Console.WriteLine(m.Name.Trim());",
            "await ctx.SkipAsync(\"why\"); await store.WorkAsync(m);",
            "await ctx.CommitAsync(); await Task.Delay(1, ct);",
            "await using var file = new MemoryStream(); await store.WorkAsync(m); await ctx.CommitAsync();",
            "switch (m.A) { case 0: await ctx.CommitAsync(); break; default: await store.WorkAsync(m); await ctx.CommitAsync(); break; }",
            "var committed = false; if (m.A == 0) { await ctx.CommitAsync(); committed = true; } if (!committed) { await "
                + "store.WorkAsync(m); await ctx.CommitAsync(); }",
            "await store.WorkAsync(m); await ctx.CommitAsync(); var text = nameof(m);");

    [Fact]
    public Task CommitBeforeWork_WhenLossIsAccepted_IsSilent()
        => CommitCases.ClassesAsync(
            Rule,
            "[AtMostOnce(\"woken up only\")] "
                + CommitCases.Handler("Manual", 0, "await ctx.CommitAsync(); await store.WorkAsync(m);"),
            CommitCases.Handler("Manual", 1, "await ctx.CommitAsync(); await store.WorkAsync(m);")
                .Replace("public async", "[AtMostOnce(\"woken up only\")] public async", StringComparison.Ordinal));

    [Fact]
    public Task CommitBeforeWork_WhenAHelperCommits_IsReportedAtItsCall()
        => CommitCases.ClassesAsync(
            Rule,
            """
            public static class Finishing
            {
                public static Task DoneAsync(MessageContext ctx) => InnerAsync(ctx);
                private static async Task InnerAsync(MessageContext ctx) => await ctx.CommitAsync();
                public static async Task EarlyAsync(M m, MessageContext ctx, IStore store)
                {
                    await {|STRM0002:ctx.CommitAsync()|};
                    await store.WorkAsync(m);
                }
            }
            """,
            CommitCases.Handler("Manual", 0, "await {|STRM0002:Finishing.DoneAsync(ctx)|}; await store.WorkAsync(m);"),
            CommitCases.Handler("Manual", 1, "await store.WorkAsync(m); await Finishing.DoneAsync(ctx);"));
}

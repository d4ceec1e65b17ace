namespace Streams.Analyzers.Tests.Commits;

public sealed class CommitInFinallyRuleTests
{
    private static readonly string[] Rule = ["STRM0003"];

    [Fact]
    public Task CommitInFinally_WhenWorkMayHaveFailed_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "try { await store.WorkAsync(m); } finally { await {|STRM0003:ctx.CommitAsync()|}; }",
            "try { store.Put(m); } finally { {|STRM0003:ctx.Ack()|}; }",
            "try { await store.WorkAsync(m); } catch (Exception e) { log.Log(e.Message); } finally { await "
                + "{|STRM0003:ctx.CommitAsync()|}; }",
            "try { try { await store.WorkAsync(m); } finally { log.Log(\"x\"); } } finally { await {|STRM0003:ctx.CommitAsync()|}; }",
            "try { foreach (var i in m.Items!) await store.ItemAsync(i); } finally { if (m.A > 0) { await "
                + "{|STRM0003:ctx.CommitAsync()|}; } }",
            "var done = false; try { done = true; await store.WorkAsync(m); } finally { if (done) { await "
                + "{|STRM0003:ctx.CommitAsync()|}; } }");

    [Fact]
    public Task CommitInFinally_WhenASuccessFlagGuardsIt_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "var done = false; try { await store.WorkAsync(m); done = true; } finally { if (done) { await ctx.CommitAsync(); } }",
            "var failed = true; try { await store.WorkAsync(m); failed = false; } finally { if (!failed) await ctx.CommitAsync(); }",
            "Exception? e = null; try { await store.WorkAsync(m); } catch (Exception x) { e = x; throw; } finally { if (e == null) { "
                + "log.Log(\"ok\"); } }",
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } finally { log.Log(\"done\"); }",
            "try { await store.WorkAsync(m); } finally { log.Log(\"done\"); } await ctx.CommitAsync();",
            "try { log.Log(\"nothing\"); } finally { await ctx.CommitAsync(); }");
}

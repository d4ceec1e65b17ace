using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

public sealed class SwallowedExceptionRuleTests
{
    private static readonly string[] AfterRule = ["STRM0005"];
    private static readonly string[] SwallowRule = ["STRM0006"];

    [Fact]
    public Task CommitAfterSwallowed_WhenWorkFailed_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            AfterRule,
            "try { await store.WorkAsync(m); } catch (Exception e) { log.Log(e.Message); } await {|STRM0005:ctx.CommitAsync()|};",
            "try { await store.WorkAsync(m); } catch (TimeoutException) { } await {|STRM0005:ctx.CommitAsync()|};",
            "try { await store.WorkAsync(m); } catch when (m.A > 0) { } {|STRM0005:ctx.Ack()|};",
            "try { await store.WorkAsync(m); await {|STRM0005:ctx.CommitAsync()|}; } catch (Exception) { await ctx.SkipAsync(\"\"); }"
                .Replace("{|STRM0005:ctx.CommitAsync()|}", "ctx.CommitAsync()", StringComparison.Ordinal),
            "foreach (var i in m.Items!) { try { await store.ItemAsync(i); } catch (Exception) { log.Log(\"x\"); } } await "
                + "{|STRM0005:ctx.CommitAsync()|};",
            "for (var i = 0; i < 3; i++) { try { await store.WorkAsync(m); break; } catch (Exception) { log.Log(\"again\"); } } await "
                + "{|STRM0005:ctx.CommitAsync()|};",
            "try { store.Put(m); } catch (Exception) { } await {|STRM0005:ctx.CommitAsync()|};",
            "try { var t = store.WorkAsync(m); log.Log(\"x\"); await t; } catch (Exception) { } await {|STRM0005:ctx.CommitAsync()|};",
            "try { await Task.WhenAll(store.WorkAsync(m), store.OtherWorkAsync(m)); } catch (Exception) { } await "
                + "{|STRM0005:ctx.CommitAsync()|};",
            "async Task TryAsync() { try { await store.WorkAsync(m); } catch (Exception) { } } await TryAsync(); await "
                + "{|STRM0005:ctx.CommitAsync()|};",
            "try { try { await store.WorkAsync(m); } catch (TimeoutException) { throw; } } catch (Exception) { } await "
                + "{|STRM0005:ctx.CommitAsync()|};",
            "try { await store.WorkAsync(m); } catch (Exception e) { if (e is TimeoutException) throw; } await "
                + "{|STRM0005:ctx.CommitAsync()|};");

    [Fact]
    public Task CommitAfterSwallowed_WhenNothingIsLost_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            AfterRule,
            "try { await store.WorkAsync(m); } catch (Exception e) { log.Log(e.Message); throw; } await ctx.CommitAsync();",
            "try { await store.WorkAsync(m); } catch (Exception) { await ctx.SkipAsync(\"bad\"); return; } await ctx.CommitAsync();",
            "try { await store.RefreshAsync(); } catch (Exception) { } await store.WorkAsync(m); await ctx.CommitAsync();",
            "try { log.Log(m.Name); } catch (Exception) { } await store.WorkAsync(m); await ctx.CommitAsync();",
            "while (true) { try { await store.WorkAsync(m); break; } catch (Exception) { await Task.Delay(1, ct); } } await "
                + "ctx.CommitAsync();",
            "for (var i = 0; ; i++) { try { await store.WorkAsync(m); break; } catch (Exception) when (i < 3) { } } await "
                + "ctx.CommitAsync();",
            "for (var i = 0; i < 3; i++) { try { await store.WorkAsync(m); break; } catch (Exception) { if (i == 2) throw; } } await "
                + "ctx.CommitAsync();",
            "var ok = false; try { await store.WorkAsync(m); ok = true; } catch (Exception) { } if (ok) { await "
                + "ctx.CommitAsync(); } else { "
                + "await ctx.SkipAsync(\"bad\"); }",
            "Exception? e = null; try { await store.WorkAsync(m); } catch (Exception x) { e = x; } if (e is not null) { await "
                + "ctx.DeadLetterAsync(e); return; } await ctx.CommitAsync();",
            "var tries = 0; while (tries < 3) { try { await store.WorkAsync(m); await ctx.CommitAsync(); return; } catch (Exception) { "
                + "tries++; } } await ctx.SkipAsync(\"thrice\");",
            "try { await store.WorkAsync(m); } catch (Exception e) { await dead.PublishAsync(m, e); } await ctx.CommitAsync();",
            "string? name; try { name = await store.GetNameAsync(m.A); } catch (Exception) { name = null; } log.Log(name!); await "
                + "store.WorkAsync(m); await ctx.CommitAsync();",
            "if (!await TryAsync()) { await ctx.SkipAsync(\"no\"); return; } await ctx.CommitAsync(); async Task<bool> TryAsync() { try { "
                + "await store.WorkAsync(m); return true; } catch (Exception) { return false; } }");

    [Theory]
    [InlineData("Auto")]
    [InlineData("Sync")]
    [InlineData("Async")]
    public Task Swallowed_WhenTheRuntimeCommits_IsReported(string policy)
        => CommitCases.BodiesAsync(
            policy,
            SwallowRule,
            "try { await store.WorkAsync(m); } {|STRM0006:catch|} (Exception e) { log.Log(e.Message); }",
            "try { await store.WorkAsync(m); } {|STRM0006:catch|} { return; }",
            "try { await store.WorkAsync(m); } {|STRM0006:catch|} (TimeoutException) { }",
            "try { await store.WorkAsync(m); } {|STRM0006:catch|} (Exception) when (m.A > 0) { }",
            "foreach (var i in m.Items!) { try { await store.ItemAsync(i); } {|STRM0006:catch|} (Exception) { continue; } }",
            "try { await store.WorkAsync(m); } catch (TimeoutException) { throw; } {|STRM0006:catch|} (Exception) { }",
            "await Task.Run(async () => { try { await store.WorkAsync(m); } {|STRM0006:catch|} (Exception) { } });",
            "async Task LocalAsync() { try { await store.WorkAsync(m); } {|STRM0006:catch|} (Exception) { } } await LocalAsync();");

    [Fact]
    public Task Swallowed_WhenSomethingIsSaid_IsSilent()
        => CommitCases.BodiesAsync(
            "Auto",
            SwallowRule,
            "try { await store.WorkAsync(m); } catch (Exception) { throw; }",
            "try { await store.WorkAsync(m); } catch (Exception e) { await ctx.DeadLetterAsync(e); }",
            "try { await store.WorkAsync(m); } catch (Exception e) { await ctx.SkipAsync(e.Message); return; }",
            "try { await store.WorkAsync(m); } catch (Exception) { await ctx.RetryAsync(TimeSpan.FromSeconds(1)); }",
            "try { await store.WorkAsync(m); } catch (Exception e) { await dead.PublishAsync(m, e); }",
            "try { await store.RefreshAsync(); } catch (Exception) { } await store.WorkAsync(m);",
            "try { await store.WorkAsync(m); } catch (OperationCanceledException) { }",
            "for (var i = 0; ; i++) { try { await store.WorkAsync(m); return; } catch (Exception) { if (i == 3) throw; } }",
            "while (true) { try { await store.WorkAsync(m); return; } catch (Exception) { await Task.Delay(1, ct); } }",
            "var failures = new List<Exception>(); foreach (var i in m.Items!) { try { await store.ItemAsync(i); } catch (Exception e) { "
                + "failures.Add(e); throw; } }",
            "Exception? error = null; try { await store.WorkAsync(m); } catch (Exception e) { error = e; } if (error != null) "
                + "throw error;");

    [Theory]
    [InlineData("catch (Exception) { }", DiagnosticSeverity.Warning)]
    [InlineData("catch { }", DiagnosticSeverity.Warning)]
    [InlineData("catch (TimeoutException) { }", DiagnosticSeverity.Info)]
    [InlineData("catch (Exception) when (m.A > 0) { }", DiagnosticSeverity.Info)]
    public async Task Swallowed_WhenTheCatchIsNarrow_IsOnlyNoted(string handler, DiagnosticSeverity severity)
    {
        var found = await CommitCases.FindAsync(
            "STRM0006", CommitCases.Handler("Auto", 0, "try { await store.WorkAsync(m); } " + handler));

        Assert.Equal(severity, Assert.Single(found).Severity);
    }

    [Fact]
    public Task Swallowed_WhenAHelperDoesIt_IsReportedOnce()
        => CommitCases.ClassesAsync(
            SwallowRule,
            """
            [ConsumerGroup("own")]
            public sealed class Own(IStore store)
            {
                public Task HandleAsync(M m) => TryAsync(m);
                private async Task TryAsync(M m) { try { await store.WorkAsync(m); } {|STRM0006:catch|} (Exception) { } }
            }
            """,
            """
            public static class Other
            {
                public static async Task TryAsync(M m, MessageContext ctx, IStore store)
                {
                    try { await store.WorkAsync(m); } catch (Exception) { }
                }
            }

            [ConsumerGroup("strange")]
            public sealed class Strange(IStore store)
            {
                public async Task HandleAsync(M m, MessageContext ctx) => await {|STRM0006:Other.TryAsync(m, ctx, store)|};
            }
            """);
}

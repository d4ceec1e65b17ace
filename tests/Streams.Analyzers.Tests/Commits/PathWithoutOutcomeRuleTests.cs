using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

public sealed class PathWithoutOutcomeRuleTests
{
    [Fact]
    public Task PathWithoutOutcome_WhenAPathSaysNothing_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0012"],
            "if (m.A == 0) {|STRM0012:return;|} await ctx.CommitAsync();",
            "if (m.A == 0) { log.Log(\"zero\"); {|STRM0012:return;|} } await ctx.CommitAsync();",
            "if (!(m.A > 0 && store.Check())) { {|STRM0012:return;|} } await store.WorkAsync(m); await ctx.CommitAsync();",
            "await store.WorkAsync(m); try { await ctx.CommitAsync(); } catch (Exception) { log.Log(\"x\"); {|STRM0012:return;|} }",
            "switch (m.A) { case 0: await ctx.CommitAsync(); return; case 1: {|STRM0012:return;|} default: await ctx.SkipAsync(\"\"); "
                + "return; }",
            "foreach (var i in m.Items!) { if (i == 0) { log.Log(\"\"); {|STRM0012:return;|} } } await ctx.CommitAsync();",
            "if (await store.TryBookAsync(m)) { await ctx.CommitAsync(); } else { log.Log(\"\"); {|STRM0012:return;|} }");

    [Fact]
    public Task PathWithoutOutcome_WhenTheEndIsReached_IsReportedThere()
        => CommitCases.ClassesAsync(
            ["STRM0012"],
            Ending("if (m.A == 0) { await ctx.CommitAsync(); }"),
            Ending("if (m.A == 0) { await ctx.CommitAsync(); return; } log.Log(\"not zero\");", 1),
            Ending("try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch (Exception e) { log.Log(e.Message); }", 2),
            Ending("foreach (var i in m.Items!) { await ctx.CommitAsync(); }", 3));

    [Fact]
    public Task PathWithoutOutcome_WhenEveryPathSaysOne_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0012"],
            "if (m.A == 0) { await ctx.SkipAsync(\"zero\"); return; } await ctx.CommitAsync();",
            "ctx.Ack();",
            "if (m.A == 0) throw new InvalidOperationException(); await ctx.CommitAsync();",
            "await store.WorkAsync(m); await ctx.CommitAsync();",
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch (Exception e) { await ctx.DeadLetterAsync(e); }",
            "await (m.A == 0 ? ctx.SkipAsync(\"zero\") : ctx.CommitAsync());",
            "await (m.A switch { 0 => ctx.CommitAsync(), _ => ctx.SkipAsync(\"x\") });",
            "throw new NotSupportedException();",
            "while (true) { try { await store.WorkAsync(m); await ctx.CommitAsync(); return; } catch (Exception) { await "
                + "Task.Delay(1); } }",
            "try { } finally { await ctx.CommitAsync(); }",
            "var contexts = new Queue<MessageContext>(); contexts.Enqueue(ctx);",
            "var work = System.Threading.Channels.Channel.CreateBounded<(M, MessageContext)>(1); await "
                + "work.Writer.WriteAsync((m, ctx), ct);",
            "Func<Task> later = async () => await ctx.CommitAsync(); await later();",
            "await DoneAsync(); async Task DoneAsync() { await store.WorkAsync(m); await ctx.CommitAsync(); }",
            "await using var x = new MemoryStream(); await ctx.CommitAsync();");

    [Fact]
    public Task PathWithoutOutcome_WhenAHelperSaysIt_IsFollowed()
        => CommitCases.ClassesAsync(
            ["STRM0012"],
            """
            public interface IFinisher { Task FinishAsync(MessageContext ctx); }
            public static class Finisher
            {
                public static async Task AlwaysAsync(MessageContext ctx, bool ok)
                {
                    if (ok) { await ctx.CommitAsync(); } else { await ctx.SkipAsync("no"); }
                }

                public static async Task SometimesAsync(MessageContext ctx, bool ok) { if (ok) { await ctx.CommitAsync(); } }

                public static void Never(MessageContext ctx) => Console.WriteLine(ctx.Offset);

                public static Task DeepAsync(MessageContext ctx) => DeeperAsync(ctx);
                private static Task DeeperAsync(MessageContext ctx) => DeepestAsync(ctx);
                private static async Task DeepestAsync(MessageContext ctx) { if (ctx.Offset > 0) await ctx.CommitAsync(); }
            }
            """,
            CommitCases.Handler("Manual", 0, "await Finisher.AlwaysAsync(ctx, store.Check());"),
            Ending("await Finisher.SometimesAsync(ctx, store.Check());", 1),
            Ending("Finisher.Never(ctx); if (m.A > 0) await ctx.CommitAsync();", 2),
            CommitCases.Handler("Manual", 3, "await Finisher.DeepAsync(ctx);"),
            """
            [ConsumerGroup("g4", Commit = CommitPolicy.Manual)]
            public sealed class H4(IFinisher finisher)
            {
                public Task HandleAsync(M m, MessageContext ctx) => finisher.FinishAsync(ctx);
            }
            """,
            """
            [ConsumerGroup("g5", Commit = CommitPolicy.Manual), AtMostOnce("views")]
            public sealed class H5 { public void Handle(M m) { } }
            """,
            """
            [ConsumerGroup("g6")]
            public sealed class H6 { public void Handle(M m) { } }
            """);

    [Fact]
    public Task PathWithoutOutcome_WhenNoPathSaysOne_IsReportedAtTheMethod()
        => CommitCases.ClassesAsync(
            ["STRM0012"],
            """
            [ConsumerGroup("g0", Commit = CommitPolicy.Manual)]
            public sealed class H0(IStore store) { public async Task {|STRM0012:HandleAsync|}(M m) => await store.WorkAsync(m); }
            """,
            """
            [ConsumerGroup("g1", Commit = CommitPolicy.Manual)]
            public sealed class H1 { public void {|STRM0012:Handle|}(M m, MessageContext ctx) { Console.WriteLine(ctx.Offset); } }
            """,
            """
            [ConsumerGroup("g2", Commit = CommitPolicy.Manual)]
            public sealed class H2 { public void Handle(M m) => throw new NotSupportedException(); }
            """);

    [Theory]
    [InlineData("log.Log(\"nothing\");", DiagnosticSeverity.Error)]
    [InlineData("if (m.A == 0) await ctx.CommitAsync();", DiagnosticSeverity.Warning)]
    public async Task PathWithoutOutcome_WhenNoPathSaysOne_IsAnError(string body, DiagnosticSeverity severity)
    {
        var found = await CommitCases.FindAsync("STRM0012", CommitCases.Handler("Manual", 0, body));

        Assert.Equal(severity, Assert.Single(found).Severity);
    }

    private static string Ending(string body, int index = 0)
        => CommitCases.Handler("Manual", index, body).Replace("\n    }\n", "\n    {|STRM0012:}|}\n", StringComparison.Ordinal);
}

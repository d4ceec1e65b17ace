using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

public sealed class UnawaitedCommitRuleTests
{
    [Fact]
    public Task UnawaitedCommit_WhenNobodyWillKnow_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0001"],
            "{|STRM0001:ctx.CommitAsync()|};",
            "{|STRM0001:ctx.CommitAsync(ct)|};",
            "_ = {|STRM0001:ctx.CommitAsync()|};",
            "var t = {|STRM0001:ctx.CommitAsync()|};",
            "var t = {|STRM0001:ctx.CommitAsync()|}; log.Log(\"\", t.IsCompleted);",
            "ValueTask t; t = {|STRM0001:ctx.CommitAsync()|};",
            "_ = {|STRM0001:ctx.CommitAsync()|}.AsTask().ContinueWith(t => log.Log(\"done\"));",
            "{|STRM0001:ctx.CommitAsync()|}.ConfigureAwait(false);",
            "_ = m.A == 0 ? {|STRM0001:ctx.CommitAsync()|} : {|STRM0001:ctx.SkipAsync(\"zero\")|};",
            "_ = m.A switch { 0 => {|STRM0001:ctx.CommitAsync()|}, _ => ValueTask.CompletedTask };",
            "{|STRM0001:ctx.SkipAsync(\"no\")|};",
            "try { } catch (Exception e) { {|STRM0001:ctx.DeadLetterAsync(e)|}; }",
            "{|STRM0001:ctx.RetryAsync(TimeSpan.Zero)|};",
            "Action a = () => {|STRM0001:ctx.CommitAsync()|}; a();",
            "void Local() => {|STRM0001:ctx.CommitAsync()|}; Local();");

    [Fact]
    public Task UnawaitedCommit_WhenSomebodyAwaitsIt_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0001"],
            "await ctx.CommitAsync();",
            "await ctx.CommitAsync().ConfigureAwait(false);",
            "await (ctx.CommitAsync());",
            "await ctx.CommitAsync().AsTask();",
            "await (m.A == 0 ? ctx.CommitAsync() : ctx.SkipAsync(\"zero\"));",
            "await (m.A switch { 0 => ctx.CommitAsync(), _ => ctx.SkipAsync(\"other\") });",
            "var t = ctx.CommitAsync(); log.Log(\"\"); await t;",
            "var t = ctx.CommitAsync().AsTask(); await Task.WhenAll(t, store.RefreshAsync());",
            "Task? other = null; await (other ?? ctx.CommitAsync().AsTask());",
            "var tasks = new List<Task>(); tasks.Add(ctx.CommitAsync().AsTask()); await Task.WhenAll(tasks);",
            "ValueTask Local() => ctx.CommitAsync(); await Local();",
            "Func<ValueTask> f = () => ctx.CommitAsync(); await f();",
            "Func<ValueTask> f = async () => await ctx.CommitAsync(); await f();",
            "ctx.Ack();",
            "var t = ctx.CommitAsync(); if (!t.IsCompletedSuccessfully) await t;",
            "System.Linq.Expressions.Expression<Action<MessageContext>> e = c => c.CommitAsync(default); log.Log(e.ToString());");

    [Fact]
    public Task UnawaitedCommit_WhenMethodIsAHelper_IsReportedThereToo()
        => CommitCases.ClassesAsync(
            ["STRM0001"],
            """
            public static class Finishing
            {
                public static async Task DoneAsync(MessageContext ctx) { {|STRM0001:ctx.CommitAsync()|}; await Task.Yield(); }
                public static ValueTask PassedOnAsync(MessageContext ctx) => ctx.CommitAsync();
                public static Task Several(MessageContext a, MessageContext b)
                    => Task.WhenAll(a.CommitAsync().AsTask(), b.CommitAsync().AsTask());
            }
            """,
            """
            public readonly struct Context { public ValueTask CommitAsync() => default; }
            public static class NotOurs { public static void Done(Context ctx) { ctx.CommitAsync(); } }
            """);

    [Theory]
    [InlineData("Manual", DiagnosticSeverity.Error)]
    [InlineData("Sync", DiagnosticSeverity.Error)]
    [InlineData("Auto", DiagnosticSeverity.Warning)]
    [InlineData("Async", DiagnosticSeverity.Warning)]
    public async Task UnawaitedCommit_WhenPolicyWaitsForCommits_IsAnError(string policy, DiagnosticSeverity severity)
    {
        var found = await CommitCases.FindAsync("STRM0001", CommitCases.Handler(policy, 0, "ctx.CommitAsync();"));

        Assert.Equal(severity, Assert.Single(found).Severity);
    }
}

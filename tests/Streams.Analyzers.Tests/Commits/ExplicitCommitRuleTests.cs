namespace Streams.Analyzers.Tests.Commits;

public sealed class ExplicitCommitRuleTests
{
    [Theory]
    [InlineData("Auto")]
    [InlineData("Sync")]
    [InlineData("Async")]
    public Task ExplicitCommit_WhenTheRuntimeCommits_IsReported(string policy)
        => CommitCases.BodiesAsync(
            policy,
            ["STRM0017"],
            "await store.WorkAsync(m); await {|STRM0017:ctx.CommitAsync()|};",
            "{|STRM0017:ctx.Ack()|};",
            "await Task.WhenAll(store.WorkAsync(m), {|STRM0017:ctx.CommitAsync()|}.AsTask());",
            "async Task DoneAsync() { await {|STRM0017:ctx.CommitAsync(ct)|}; } await DoneAsync();",
            "await ctx.SkipAsync(\"not mine\");",
            "try { } catch (Exception e) { await ctx.DeadLetterAsync(e); }",
            "await ctx.RetryAsync(TimeSpan.FromSeconds(1));");

    [Fact]
    public Task ExplicitCommit_WhenThePolicyIsManual_IsSilent()
        => CommitCases.BodiesAsync("Manual", ["STRM0017"], "await ctx.CommitAsync();", "ctx.Ack();");

    [Fact]
    public Task ExplicitCommit_WhenOfABatch_IsReported()
        => CommitCases.BatchesAsync(
            "Sync",
            ["STRM0017"],
            "await {|STRM0017:ctx.CommitThroughAsync(3)|}; {|STRM0017:ctx.AckThrough(1)|}; await {|STRM0017:ctx.CommitAsync()|};");

    // A class that names no policy takes the one that another class of its group names; a method outside works for any group.
    [Fact]
    public Task ExplicitCommit_WhenThePolicyIsSaidElsewhere_FollowsIt()
        => CommitCases.ClassesAsync(
            ["STRM0017"],
            """
            [ConsumerGroup("silent")]
            public sealed class A { public async Task HandleAsync(M m, MessageContext ctx) => await {|STRM0017:ctx.CommitAsync()|}; }
            """,
            """
            [ConsumerGroup("said")]
            public sealed class B { public async Task HandleAsync(M m, MessageContext ctx) => await ctx.CommitAsync(); }
            [ConsumerGroup("said", Commit = CommitPolicy.Manual)]
            public sealed class C { public async Task HandleAsync(N n, MessageContext ctx) => await ctx.CommitAsync(); }
            """,
            """
            public static class Shared { public static async Task DoneAsync(MessageContext ctx) => await ctx.CommitAsync(); }
            """,
            """
            [ConsumerGroup("helped")]
            public sealed class D
            {
                public Task HandleAsync(M m, MessageContext ctx) => DoneAsync(ctx);
                private static async Task DoneAsync(MessageContext ctx) => await {|STRM0017:ctx.CommitAsync()|};
            }
            """);
}

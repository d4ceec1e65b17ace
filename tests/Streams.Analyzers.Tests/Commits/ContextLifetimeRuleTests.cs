namespace Streams.Analyzers.Tests.Commits;

public sealed class ContextLifetimeRuleTests
{
    private const string Members = """
            private readonly List<MessageContext> _kept = [];
            private readonly System.Threading.Channels.Channel<(M, MessageContext)> _work = null!;
            private readonly AsyncLocal<MessageContext> _flow = new();
            private MessageContext _last;
            private MessageContext Last { get; set; }

        """;

    [Fact]
    public Task CancellableCommit_WhenTheHandlersTokenIsPassed_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0021"],
            "await ctx.CommitAsync({|STRM0021:ct|});",
            "await ctx.CommitAsync(cancellationToken: {|STRM0021:ct|});".Replace("{|STRM0021:ct|}", "ct", StringComparison.Ordinal)
                .Replace("cancellationToken: ct", "{|STRM0021:cancellationToken: ct|}", StringComparison.Ordinal),
            "await ctx.CommitAsync();",
            "using var own = CancellationTokenSource.CreateLinkedTokenSource(ct); await ctx.CommitAsync(own.Token);",
            "await ctx.CommitAsync(CancellationToken.None);",
            "await store.WorkAsync(m, ct);");

    [Fact]
    public Task EscapingContext_WhenTheRuntimeCommits_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0022"],
            Handler("Auto", """
                _last = {|STRM0022:ctx|};
                Last = {|STRM0022:ctx|};
                _kept.Add({|STRM0022:ctx|});
                await _work.Writer.WriteAsync((m, {|STRM0022:ctx|}), ct);
                _ = Task.Run(async () => await {|STRM0022:ctx|}.SkipAsync("late"));
                ThreadPool.QueueUserWorkItem(_ => log.Log("", {|STRM0022:ctx|}.Offset));
                using var timer = new Timer(_ => log.Log("", {|STRM0022:ctx|}.Offset), null, 0, 0);
                """));

    [Fact]
    public Task EscapingContext_WhenItStaysOrMayLeave_IsSilent()
        => CommitCases.ClassesAsync(
            ["STRM0022"],
            Handler("Auto", """
                var copy = ctx;
                _flow.Value = ctx;
                var offset = ctx.Offset;
                await Task.Run(() => log.Log("", ctx.Offset));
                await HelpAsync(ctx);
                static Task HelpAsync(MessageContext context) => Task.CompletedTask;
                log.Log("", copy.Offset, offset);
                """),
            Handler("Manual", "_last = ctx; _kept.Add(ctx); await _work.Writer.WriteAsync((m, ctx), ct);", 1));

    private static string Handler(string policy, string body, int index = 0)
        => CommitCases.Handler(policy, index, body).Replace("{\n    public", "{\n" + Members + "    public", StringComparison.Ordinal);
}

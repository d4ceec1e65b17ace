namespace Streams.Analyzers.Tests.Commits;

public sealed class SwallowedCancellationRuleTests
{
    [Fact]
    public Task SwallowedCancellation_WhenTheMessageCountsAsDone_IsReported()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0007"],
            "try { await store.WorkAsync(m, ct); } {|STRM0007:catch|} (OperationCanceledException) { return; }",
            "try { await store.WorkAsync(m, ct); } {|STRM0007:catch|} (OperationCanceledException) { }",
            "try { await store.WorkAsync(m, ct); } {|STRM0007:catch|} (TaskCanceledException e) { log.Log(e.Message); }",
            "try { await store.WorkAsync(m, ct); } {|STRM0007:catch|} (OperationCanceledException) when (ct.IsCancellationRequested) { "
                + "log.Log(\"stopping\"); }",
            "foreach (var i in m.Items!) { try { await store.ItemAsync(i); } {|STRM0007:catch|} (OperationCanceledException) { break; } }",
            "try { await store.WorkAsync(m); } {|STRM0007:catch|} (OperationCanceledException) { } catch (Exception) { throw; }");

    [Fact]
    public Task SwallowedCancellation_WhenSomethingIsSaid_IsSilent()
        => CommitCases.BodiesAsync(
            "Auto",
            ["STRM0007"],
            "try { await store.WorkAsync(m, ct); } catch (OperationCanceledException) when (ct.IsCancellationRequested) { throw; }",
            "try { await store.WorkAsync(m, ct); } catch (OperationCanceledException) { log.Log(\"stopping\"); throw; }",
            "try { await store.WorkAsync(m, ct); } catch (OperationCanceledException e) { throw new TimeoutException(\"\", e); }",
            "try { await store.WorkAsync(m, ct); } catch (OperationCanceledException) { await ctx.RetryAsync(TimeSpan.FromSeconds(5)); }",
            "try { await store.WorkAsync(m, ct); } catch (OperationCanceledException e) { await ctx.DeadLetterAsync(e); }",
            "try { await Task.Delay(m.A, ct); } catch (OperationCanceledException) { }",
            "try { await store.RefreshAsync(); } catch (OperationCanceledException) { } await store.WorkAsync(m);",
            "try { await store.WorkAsync(m); } catch (TimeoutException) { }",
            "try { await store.WorkAsync(m); } catch (Exception e) when (e is not OperationCanceledException) { }");

    [Fact]
    public Task SwallowedCancellation_WhenAHelperAnswers_IsSilent()
        => CommitCases.ClassesAsync(
            ["STRM0007"],
            """
            [ConsumerGroup("g")]
            public sealed class H(IStore store)
            {
                public async Task HandleAsync(M m, MessageContext ctx)
                {
                    if (!await TryAsync(m)) { await ctx.RetryAsync(TimeSpan.FromSeconds(1)); }
                }

                private async Task<bool> TryAsync(M m)
                {
                    try { await store.WorkAsync(m); return true; } catch (OperationCanceledException) { return false; }
                }
            }
            """,
            """
            [ConsumerGroup("h")]
            public sealed class I(IStore store)
            {
                public Task HandleAsync(M m) => TryAsync(m);
                private async Task TryAsync(M m)
                {
                    try { await store.WorkAsync(m); } {|STRM0007:catch|} (OperationCanceledException) { }
                }
            }
            """,
            """
            [ConsumerGroup("i"), AtMostOnce("views")]
            public sealed class J(IStore store)
            {
                public async Task HandleAsync(M m) { try { await store.WorkAsync(m); } catch (OperationCanceledException) { } }
            }
            """);
}

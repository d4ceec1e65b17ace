using Microsoft.CodeAnalysis.Diagnostics;

namespace Streams.Analyzers.Tests.Commits;

public sealed class CommitInCatchRuleTests
{
    private static readonly string[] Rule = ["STRM0004"];

    [Fact]
    public Task CommitInCatch_WhenTheMessageIsDropped_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "try { await store.WorkAsync(m); } catch (Exception e) { log.Log(e.Message); await {|STRM0004:ctx.CommitAsync()|}; }",
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch { await {|STRM0004:ctx.CommitAsync()|}; }",
            "try { await store.WorkAsync(m); } catch (TimeoutException) { {|STRM0004:ctx.Ack()|}; }",
            "try { await store.WorkAsync(m); } catch (Exception) when (m.A > 0) { await {|STRM0004:ctx.CommitAsync()|}; }",
            "try { await store.RefreshAsync(); } catch (Exception) { await {|STRM0004:ctx.CommitAsync()|}; }",
            "try { await store.WorkAsync(m); } catch (Exception) { try { await {|STRM0004:ctx.CommitAsync()|}; } catch "
                + "(Exception) { throw; } }");

    [Fact]
    public Task CommitInCatch_WhenTheFailureIsDealtWith_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            Rule,
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch (Exception e) { await ctx.DeadLetterAsync(e); }",
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch (Exception) { await ctx.SkipAsync(\"poison\"); }",
            "try { await store.WorkAsync(m); } catch (Exception e) { await dead.PublishAsync(m, e); await ctx.CommitAsync(); }",
            "Func<M, Task> retry = store.OtherWorkAsync; try { await store.WorkAsync(m); } catch (Exception) { await retry(m); await "
                + "ctx.CommitAsync(); }",
            "try { await ctx.CommitAsync(); } catch (Exception) { await ctx.CommitAsync(); }",
            "try { log.Log(\"none\"); } catch (Exception) { await ctx.CommitAsync(); }");

    [Fact]
    public Task CommitInCatch_WhenTheExceptionIsPermanent_IsSilent()
        => CommitCases.ClassesAsync(
            Rule,
            Options.From(("streams_permanent_exceptions", "TimeoutException"), ("streams_dead_letter_methods", "Log")),
            CommitCases.Handler(
                "Manual", 0, "try { await store.WorkAsync(m); } catch (TimeoutException) { await ctx.CommitAsync(); }"),
            CommitCases.Handler(
                "Manual", 1, "try { await store.WorkAsync(m); } catch (Exception) { await {|STRM0004:ctx.CommitAsync()|}; }"));

    [Fact]
    public Task CommitInCatch_WhenAMethodOfTheProjectPutsItAside_IsSilent()
        => CommitCases.ClassesAsync(
            Rule,
            Options.From(("streams_dead_letter_methods", "IStore.Put, Other")),
            CommitCases.Handler(
                "Manual", 0, "try { await store.WorkAsync(m); } catch (Exception) { store.Put(m); await ctx.CommitAsync(); }"));
}

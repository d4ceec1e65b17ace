using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

public sealed class SecondOutcomeRuleTests
{
    [Fact]
    public Task SecondOutcome_WhenOneWasSaidBefore_IsReported()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0018"],
            "await ctx.CommitAsync(); await {|STRM0018:ctx.CommitAsync()|};",
            "ctx.Ack(); await {|STRM0018:ctx.CommitAsync()|};",
            "await ctx.SkipAsync(\"\"); await {|STRM0018:ctx.CommitAsync()|};",
            "try { await store.WorkAsync(m); } catch (Exception e) { await ctx.DeadLetterAsync(e); } await {|STRM0018:ctx.CommitAsync()|};",
            "await ctx.CommitAsync(); await DoneAsync(); async Task DoneAsync() { await ctx.CommitAsync(); }"
                .Replace("await DoneAsync();", "await {|STRM0018:DoneAsync()|};", StringComparison.Ordinal));

    [Fact]
    public Task SecondOutcome_WhenThereIsOne_IsSilent()
        => CommitCases.BodiesAsync(
            "Manual",
            ["STRM0018"],
            "if (m.A == 0) { await ctx.SkipAsync(\"\"); return; } await ctx.CommitAsync();",
            "if (m.A == 0) await ctx.SkipAsync(\"\"); else await ctx.CommitAsync();",
            "try { await store.WorkAsync(m); await ctx.CommitAsync(); } catch (Exception e) { await ctx.DeadLetterAsync(e); }",
            "var skipped = m.A == 0; if (skipped) await ctx.SkipAsync(\"\"); if (!skipped) await ctx.CommitAsync();");

    [Fact]
    public Task SecondOutcome_WhenPartsOfABatchAreDone_IsSilent()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0018"],
            "for (var i = 0; i < batch.Count; i++) { await store.WorkAsync(batch[i]); ctx.AckThrough(i); } await ctx.CommitAsync();",
            "await ctx.CommitThroughAsync(3); await ctx.CommitThroughAsync(7);");

    [Theory]
    [InlineData("await ctx.CommitAsync(); await ctx.CommitAsync();", DiagnosticSeverity.Warning)]
    [InlineData("if (m.A == 0) await ctx.SkipAsync(\"\"); await ctx.CommitAsync();", DiagnosticSeverity.Info)]
    public async Task SecondOutcome_WhenOnlySomePathsHaveOne_IsOnlyNoted(string body, DiagnosticSeverity severity)
    {
        var found = await CommitCases.FindAsync("STRM0018", CommitCases.Handler("Manual", 0, body));

        Assert.Equal(severity, Assert.Single(found).Severity);
    }
}

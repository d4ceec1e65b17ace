using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

public sealed class BatchCommitRuleTests
{
    [Fact]
    public Task OlderOffset_WhenTheBatchIsDone_IsReported()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0015"],
            "foreach (var m in batch) { await store.WorkAsync(m); } {|STRM0015:ctx.AckThrough(0)|};",
            "foreach (var m in batch) { await store.WorkAsync(m); } await {|STRM0015:ctx.CommitThroughAsync(0)|};",
            "for (var i = 0; i < batch.Count; i++) { store.Put(batch[i]); } {|STRM0015:ctx.AckThrough(0)|};",
            "await Task.WhenAll(batch.Select(m => store.WorkAsync(m))); {|STRM0015:ctx.AckThrough(0)|};");

    [Fact]
    public Task OlderOffset_WhenItMayBeMeant_IsSilent()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0015"],
            "for (var i = 0; i < batch.Count; i++) { await store.WorkAsync(batch[i]); ctx.AckThrough(i); }",
            "foreach (var m in batch) { await store.WorkAsync(m); } ctx.AckThrough(batch.Count - 1);",
            "await store.WorkAsync(batch[0]); ctx.AckThrough(0);",
            "foreach (var m in batch) { await store.WorkAsync(m); } if (batch.Count == 1) { ctx.AckThrough(0); }",
            "var failed = new List<int>(); ctx.AckThrough(failed.Min() - 1);",
            "foreach (var m in batch) { await store.WorkAsync(m); } await ctx.CommitAsync();");

    [Fact]
    public Task OlderOffset_WhenARecordsOwnOffsetIsCommitted_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0015"],
            """
            namespace Confluent.Kafka { public sealed class TopicPartitionOffset(string topic, long offset) { public long O => offset; } }
            """,
            CommitCases.Handler(
                "Manual", 0, "_ = {|STRM0015:new Confluent.Kafka.TopicPartitionOffset(\"t\", ctx.Offset)|};"),
            CommitCases.Handler("Manual", 1, "_ = new Confluent.Kafka.TopicPartitionOffset(\"t\", ctx.Offset + 1);"));

    [Fact]
    public Task CommitInLoop_WhenOverTheBatch_IsReported()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0016"],
            "foreach (var m in batch) { await store.WorkAsync(m); await {|STRM0016:ctx.CommitAsync()|}; }",
            "foreach (var m in batch) { store.Put(m); {|STRM0016:ctx.Ack()|}; }",
            "for (var i = 0; i < batch.Count; i++) { store.Put(batch[i]); await {|STRM0016:ctx.CommitThroughAsync(i)|}; }",
            "var i = 0; while (i < batch.Count) { store.Put(batch[i++]); await {|STRM0016:ctx.CommitAsync()|}; }");

    [Fact]
    public Task CommitInLoop_WhenItIsRight_IsSilent()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0016"],
            "foreach (var m in batch) { await store.WorkAsync(m); } await ctx.CommitAsync();",
            "for (var i = 0; i < batch.Count; i++) { store.Put(batch[i]); ctx.AckThrough(i); } await ctx.CommitAsync();",
            "for (var i = 0; i < batch.Count; i++) { store.Put(batch[i]); if (i % 100 == 0) await ctx.CommitThroughAsync(i); }",
            "foreach (var m in batch) { if (m.A == 0) { await ctx.CommitAsync(); return; } }",
            "foreach (var m in batch) { if (m.A == 0) { await ctx.CommitAsync(); break; } }");

    [Theory]
    [InlineData("foreach (var m in batch) { await store.WorkAsync(m); await ctx.CommitAsync(); }", DiagnosticSeverity.Warning)]
    [InlineData("foreach (var m in batch) { try { await store.WorkAsync(m); } catch (Exception) { break; } await ctx.CommitAsync(); }",
        DiagnosticSeverity.Info)]
    [InlineData("for (var i = 0; i < batch.Count; i++) { store.Put(batch[i]); await ctx.CommitThroughAsync(i); }", DiagnosticSeverity.Info)]
    public async Task CommitInLoop_WhenNothingIsLost_IsOnlyNoted(string body, DiagnosticSeverity severity)
    {
        var found = await CommitCases.FindAsync(
            "STRM0016", CommitCases.Handler("Manual", 0, body, "MessageBatch<M> batch, BatchContext ctx"));

        Assert.Equal(severity, Assert.Single(found).Severity);
    }
}

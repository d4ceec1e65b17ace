namespace Streams.Analyzers.Tests.Commits;

public sealed class ParallelCommitRuleTests
{
    [Fact]
    public Task ParallelCommit_WhenTheContextIsShared_IsReported()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0014"],
            "await Parallel.ForEachAsync(batch, async (m, t) => { await store.WorkAsync(m); await {|STRM0014:ctx.CommitAsync()|}; });",
            "await Task.WhenAll(batch.Select(async (m, i) => { await store.WorkAsync(m); {|STRM0014:ctx.AckThrough(i)|}; }));",
            "var tasks = batch.Select(async m => { await store.WorkAsync(m); await {|STRM0014:ctx.CommitAsync()|}; }); "
                + "await Task.WhenAll(tasks);",
            "Parallel.ForEach(batch, m => {|STRM0014:ctx.Ack()|});",
            "batch.AsParallel().ForAll(m => {|STRM0014:ctx.Ack()|});",
            "await Task.WhenAll(batch.Select(async m => { await Task.Run(() => {|STRM0014:ctx.Ack()|}); }).ToArray());");

    [Fact]
    public Task ParallelCommit_WhenTheWorkIsParallelAlone_IsSilent()
        => CommitCases.BatchesAsync(
            "Manual",
            ["STRM0014"],
            "await Parallel.ForEachAsync(batch, async (m, t) => await store.WorkAsync(m)); await ctx.CommitAsync();",
            "await Task.WhenAll(batch.Select(m => store.WorkAsync(m))); await ctx.CommitAsync();",
            "foreach (var m in batch) { await store.WorkAsync(m); } await ctx.CommitAsync();",
            "var contexts = new List<BatchContext>(); await Parallel.ForEachAsync(contexts, async (c, t) => await c.CommitAsync(t));",
            "await Parallel.ForEachAsync(new List<(int Partition, M M)>().GroupBy(x => x.Partition), "
                + "async (g, t) => await ctx.CommitAsync());",
            "await Parallel.ForEachAsync(batch, async (m, t) => { if (m.A == 0) await ctx.SkipAsync(\"zero\"); });",
            "var names = batch.Select(m => m.Name).ToList(); await ctx.CommitAsync();");
}

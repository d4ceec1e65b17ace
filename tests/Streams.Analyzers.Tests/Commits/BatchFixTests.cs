namespace Streams.Analyzers.Tests.Commits;

public sealed class BatchFixTests
{
    [Fact]
    public Task OlderOffset_WhenFixed_CommitsTheBatch()
        => AppliesAsync(
            "STRM0015",
            "foreach (var m in batch)\n{\n    await store.WorkAsync(m);\n}\nawait ctx.CommitThroughAsync(0);",
            "foreach (var m in batch)\n{\n    await store.WorkAsync(m);\n}\nawait ctx.CommitAsync();");

    [Fact]
    public Task CommitInLoop_WhenFixed_CommitsBehindIt()
        => AppliesAsync(
            "STRM0016",
            "foreach (var m in batch)\n{\n    await store.WorkAsync(m);\n    await ctx.CommitAsync();\n}",
            "foreach (var m in batch)\n{\n    await store.WorkAsync(m);\n}\nawait ctx.CommitAsync();");

    [Fact]
    public Task CancellableCommit_WhenFixed_HasNoToken()
        => CommitFixes.BodyAsync("STRM0021", "Manual", "await ctx.CommitAsync(ct);", "await ctx.CommitAsync();");

    [Fact]
    public Task LongWait_WhenFixed_Retries()
        => CommitFixes.BodyAsync(
            "STRM0020",
            "Auto",
            "if (m.A == 0)\n{\n    await Task.Delay(TimeSpan.FromMinutes(10), ct);\n}",
            "if (m.A == 0)\n{\n    await ctx.RetryAsync(TimeSpan.FromMinutes(10));\n    return;\n}");

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromMinutes(10), ct);\nawait store.WorkAsync(m);")]
    [InlineData("using var gate = new SemaphoreSlim(1);\nawait gate.WaitAsync();")]
    public Task LongWait_WhenSomethingFollows_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0020", "Auto", body);

    private static Task AppliesAsync(string id, string before, string after)
        => VerifyFix.AppliesAsync(Source(before), Source(after), id);

    private static string Source(string body)
        => CommitCases.Handler("Manual", 0, body.ReplaceLineEndings("\n        "), "MessageBatch<M> batch, BatchContext ctx");
}

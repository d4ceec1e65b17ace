namespace Streams.Analyzers.Tests.Commits;

public sealed class UnawaitedCommitFixTests
{
    [Theory]
    [InlineData("ctx.CommitAsync();", "await ctx.CommitAsync();")]
    [InlineData("_ = ctx.CommitAsync();", "await ctx.CommitAsync();")]
    [InlineData("var t = ctx.CommitAsync(ct);", "await ctx.CommitAsync(ct);")]
    [InlineData("// last\nctx.CommitAsync(); // done", "// last\nawait ctx.CommitAsync(); // done")]
    [InlineData("_ = m.A == 0 ? ctx.CommitAsync() : ctx.SkipAsync(\"zero\");",
        "await (m.A == 0 ? ctx.CommitAsync() : ctx.SkipAsync(\"zero\"));")]
    [InlineData("if (m.A == 0)\n    ctx.CommitAsync();\nelse\n    ctx.SkipAsync(\"not zero\");",
        "if (m.A == 0)\n    await ctx.CommitAsync();\nelse\n    await ctx.SkipAsync(\"not zero\");")]
    [InlineData("Task Local()\n{\n    ctx.CommitAsync();\n    return Task.CompletedTask;\n}\nawait Local();",
        "async Task Local()\n{\n    await ctx.CommitAsync();\n}\nawait Local();")]
    public Task UnawaitedCommit_WhenFixed_IsAwaited(string before, string after)
        => CommitFixes.BodyAsync("STRM0001", "Manual", before, after);

    [Theory]
    [InlineData("public void Handle(M m, MessageContext ctx) { ctx.CommitAsync(); }",
        "public async ValueTask Handle(M m, MessageContext ctx) { await ctx.CommitAsync(); }")]
    [InlineData("public void Handle(M m, MessageContext ctx) => ctx.CommitAsync();",
        "public async ValueTask Handle(M m, MessageContext ctx) => await ctx.CommitAsync();")]
    [InlineData("public Task HandleAsync(M m, MessageContext ctx)\n{\n    ctx.CommitAsync();\n    return store.WorkAsync(m);\n}",
        "public async Task HandleAsync(M m, MessageContext ctx)\n{\n    await ctx.CommitAsync();\n    {\n        await "
            + "store.WorkAsync(m);\n        return;\n    }\n}")]
    [InlineData("public ValueTask HandleAsync(M m, MessageContext ctx)\n{\n    ctx.CommitAsync();\n    return default;\n}",
        "public async ValueTask HandleAsync(M m, MessageContext ctx)\n{\n    await ctx.CommitAsync();\n}")]
    [InlineData("public Task HandleAsync(M m, MessageContext ctx) => OneAsync(ctx);\n"
        + "private Task<int> OneAsync(MessageContext ctx) { ctx.CommitAsync(); return Task.FromResult(1); }",
        "public Task HandleAsync(M m, MessageContext ctx) => OneAsync(ctx);\n"
        + "private async Task<int> OneAsync(MessageContext ctx) { await ctx.CommitAsync(); return 1; }")]
    public Task UnawaitedCommit_WhenMethodIsNotAsync_BecomesAsync(string before, string after)
        => CommitFixes.MembersAsync("STRM0001", "Manual", before, after);

    [Theory]
    [InlineData("_ = ctx.CommitAsync().AsTask().ContinueWith(t => log.Log(\"done\"));")]
    [InlineData("Action a = () => ctx.CommitAsync(); a();")]
    [InlineData("var t = ctx.CommitAsync(); log.Log(\"\", t.IsCompleted);")]
    [InlineData("void Local() { ctx.CommitAsync(); } Local();")]
    [InlineData("lock (log) { ctx.CommitAsync(); }")]
    public Task UnawaitedCommit_WhenAwaitCannotStandThere_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0001", "Manual", body);
}

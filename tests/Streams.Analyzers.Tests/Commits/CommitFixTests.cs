namespace Streams.Analyzers.Tests.Commits;

/// <summary>Each fix of the commit rules: what it makes, and where none is offered because none would be right.</summary>
public sealed class CommitFixTests
{
    [Theory]
    [InlineData("// first\nawait ctx.CommitAsync();\nawait store.WorkAsync(m);",
        "await store.WorkAsync(m);\n// first\nawait ctx.CommitAsync();")]
    [InlineData("ctx.Ack();\nlog.Log(\"x\");\nstore.Put(m);\nlog.Log(\"y\");",
        "log.Log(\"x\");\nstore.Put(m);\nlog.Log(\"y\");\nctx.Ack();")]
    public Task CommitBeforeWork_WhenFixed_CommitsLast(string before, string after)
        => CommitFixes.BodyAsync("STRM0002", "Manual", before, after);

    [Theory]
    [InlineData("await ctx.CommitAsync();\nif (m.A == 0)\n{\n    return;\n}\nawait store.WorkAsync(m);")]
    [InlineData("if (m.A == 0)\n{\n    await ctx.CommitAsync();\n}\nawait store.WorkAsync(m);")]
    [InlineData("foreach (var i in m.Items!)\n{\n    await store.ItemAsync(i);\n    await ctx.CommitAsync();\n}")]
    public Task CommitBeforeWork_WhenMovingWouldChangeMore_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0002", "Manual", body);

    [Theory]
    [InlineData("try\n{\n    await store.WorkAsync(m);\n}\nfinally\n{\n    await ctx.CommitAsync();\n}",
        "await store.WorkAsync(m);\nawait ctx.CommitAsync();")]
    [InlineData("try\n{\n    await store.WorkAsync(m);\n}\nfinally\n{\n    log.Log(\"x\");\n    await ctx.CommitAsync();\n}",
        "try\n{\n    await store.WorkAsync(m);\n}\nfinally\n{\n    log.Log(\"x\");\n}\nawait ctx.CommitAsync();")]
    [InlineData("try\n{\n    await store.WorkAsync(m);\n}\ncatch (Exception)\n{\n    throw;\n}\nfinally\n{\n    await "
        + "ctx.CommitAsync();\n}",
        "try\n{\n    await store.WorkAsync(m);\n}\ncatch (Exception)\n{\n    throw;\n}\nawait ctx.CommitAsync();")]
    public Task CommitInFinally_WhenFixed_CommitsBehindTheTry(string before, string after)
        => CommitFixes.BodyAsync("STRM0003", "Manual", before, after);

    [Theory]
    [InlineData("try\n{\n    await store.WorkAsync(m);\n}\ncatch (Exception)\n{\n}\nfinally\n{\n    await ctx.CommitAsync();\n}")]
    [InlineData("try\n{\n    await store.WorkAsync(m);\n}\nfinally\n{\n    if (m.A == 0) await ctx.CommitAsync();\n}")]
    public Task CommitInFinally_WhenMoreIsWrong_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0003", "Manual", body);

    [Theory]
    [InlineData("catch (Exception e)\n{\n    await ctx.CommitAsync();\n}", "catch (Exception e)\n{\n    await ctx.DeadLetterAsync(e);\n}",
        "DeadLetter")]
    [InlineData("catch (Exception)\n{\n    await ctx.CommitAsync();\n}",
        "catch (Exception exception)\n{\n    await ctx.DeadLetterAsync(exception);\n}", "DeadLetter")]
    [InlineData("catch\n{\n    ctx.Ack();\n}", "catch (Exception exception)\n{\n    await ctx.DeadLetterAsync(exception);\n}",
        "DeadLetter")]
    [InlineData("catch (Exception e)\n{\n    await ctx.CommitAsync();\n}", "catch (Exception e)\n{\n    await "
        + "ctx.SkipAsync(\"say why\");\n}",
        "Skip")]
    public Task CommitInCatch_WhenFixed_SaysWhatBecomesOfTheMessage(string before, string after, string key)
        => CommitFixes.BodyAsync(
            "STRM0004", "Manual", "try\n{\n    await store.WorkAsync(m);\n}\n" + before, "try\n{\n    await "
                + "store.WorkAsync(m);\n}\n" + after,
            key);

    [Theory]
    [InlineData("STRM0005", "Manual", "catch (Exception e)\n{\n    log.Log(e.Message);\n}\nawait ctx.CommitAsync();",
        "catch (Exception e)\n{\n    log.Log(e.Message);\n    throw;\n}\nawait ctx.CommitAsync();")]
    [InlineData("STRM0005", "Manual", "catch (Exception)\n{\n}\nawait ctx.CommitAsync();",
        "catch (Exception)\n{\n    throw;\n}\nawait ctx.CommitAsync();")]
    [InlineData("STRM0006", "Auto", "catch (Exception e)\n{\n    log.Log(e.Message);\n}",
        "catch (Exception e)\n{\n    log.Log(e.Message);\n    throw;\n}")]
    [InlineData("STRM0006", "Auto", "catch (TimeoutException)\n{\n    return;\n}\ncatch (Exception)\n{\n    return; // done\n}",
        "catch (TimeoutException)\n{\n    throw;\n}\ncatch (Exception)\n{\n    throw; // done\n}")]
    [InlineData("STRM0007", "Auto", "catch (OperationCanceledException)\n{\n    return;\n}",
        "catch (OperationCanceledException) when (ct.IsCancellationRequested)\n{\n    throw;\n}")]
    [InlineData("STRM0007", "Auto", "catch (OperationCanceledException) when (m.A > 0)\n{\n    log.Log(\"x\");\n}",
        "catch (OperationCanceledException) when (m.A > 0)\n{\n    log.Log(\"x\");\n    throw;\n}")]
    public Task Swallowing_WhenFixed_Rethrows(string id, string policy, string before, string after)
        => CommitFixes.BodyAsync(
            id, policy, "try\n{\n    await store.WorkAsync(m);\n}\n" + before, "try\n{\n    await store.WorkAsync(m);\n}\n" + after);

    [Theory]
    [InlineData("var t = store.WorkAsync(m);\nawait ctx.CommitAsync();\nawait t;",
        "var t = store.WorkAsync(m);\nawait t;\nawait ctx.CommitAsync();")]
    [InlineData("var t = store.WorkAsync(m);\nawait ctx.CommitAsync();\nawait Task.WhenAll(t, store.RefreshAsync());",
        "var t = store.WorkAsync(m);\nawait t;\nawait ctx.CommitAsync();\nawait Task.WhenAll(t, store.RefreshAsync());")]
    public Task Outstanding_WhenFixed_AwaitsFirst(string before, string after) => CommitFixes.BodyAsync("STRM0008", "Manual",
        before, after);

    [Fact]
    public Task Outstanding_WhenNobodyReadsTheTask_IsAwaitedAtOnce()
        => CommitFixes.BodyAsync("STRM0008", "Auto", "var t = store.WorkAsync(m);", "await store.WorkAsync(m);");

    [Theory]
    [InlineData("var t = store.ValueWorkAsync(m);\nawait ctx.CommitAsync();\nif (m.A == 0)\n    await t;")]
    [InlineData("var all = m.Items!.Select(i => store.ItemAsync(i)).ToList();\nawait ctx.CommitAsync();\nawait Task.WhenAll(all);")]
    public Task Outstanding_WhenThereIsNoSingleTask_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0008", "Manual", body);

    [Theory]
    [InlineData("STRM0009", "Task.Run(() => store.WorkAsync(m));", "await Task.Run(() => store.WorkAsync(m));")]
    [InlineData("STRM0010", "store.WorkAsync(m);", "await store.WorkAsync(m);")]
    [InlineData("STRM0010", "_ = store.WorkAsync(m);\n_ = store.ValueWorkAsync(m);",
        "await store.WorkAsync(m);\nawait store.ValueWorkAsync(m);")]
    [InlineData("STRM0010", "new List<int>(m.Items!).ForEach(async i => await store.ItemAsync(i));",
        "foreach (var i in new List<int>(m.Items!))\n{\n    await store.ItemAsync(i);\n}")]
    [InlineData("STRM0010", "await Task.Factory.StartNew(async () => await store.WorkAsync(m));",
        "await Task.Run(async () => await store.WorkAsync(m));")]
    public Task FireAndForget_WhenFixed_IsAwaited(string id, string before, string after)
        => CommitFixes.BodyAsync(id, "Auto", before, after);

    [Theory]
    [InlineData("STRM0010", "Parallel.ForEach(m.Items!, async i => await store.ItemAsync(i));")]
    [InlineData("STRM0010", "typeof(IStore).GetMethod(\"WorkAsync\")!.Invoke(store, [m]);")]
    [InlineData("STRM0009", "ThreadPool.QueueUserWorkItem(_ => store.Put(m));")]
    public Task FireAndForget_WhenAnAwaitWouldNotDo_HasNoFix(string id, string body) => CommitFixes.NoneInBodyAsync(id, "Auto", body);

    [Theory]
    [InlineData("producer.Produce(new N(m.A));\nawait ctx.CommitAsync();",
        "await producer.ProduceAsync(new N(m.A));\nawait ctx.CommitAsync();")]
    [InlineData("_ = producer.ProduceAsync(new N(m.A));\nawait ctx.CommitAsync();",
        "await producer.ProduceAsync(new N(m.A));\nawait ctx.CommitAsync();")]
    public Task Produce_WhenFixed_IsAwaited(string before, string after) => CommitFixes.BodyAsync("STRM0011", "Manual", before, after);

    [Fact]
    public Task Produce_WhenItHasAReport_HasNoFix()
        => CommitFixes.NoneInBodyAsync("STRM0011", "Manual", "producer.Produce(new N(m.A), report => { });\nawait ctx.CommitAsync();");

    [Theory]
    [InlineData("if (m.A == 0)\n    return;\nawait ctx.CommitAsync();",
        "if (m.A == 0)\n{\n    await ctx.SkipAsync(\"say why\");\n    return;\n}\nawait ctx.CommitAsync();")]
    [InlineData("if (m.A == 0)\n{\n    return; // nothing to do\n}\nawait ctx.CommitAsync();",
        "if (m.A == 0)\n{\n    await ctx.SkipAsync(\"say why\");\n    return; // nothing to do\n}\nawait ctx.CommitAsync();")]
    public Task PathWithoutOutcome_WhenFixed_Skips(string before, string after)
        => CommitFixes.BodyAsync("STRM0012", "Manual", before, after);

    [Fact]
    public Task PathWithoutOutcome_WhenThereIsNoReturn_HasNoFix()
        => CommitFixes.NoneInBodyAsync("STRM0012", "Manual", "if (m.A == 0)\n    await ctx.CommitAsync();");

    [Theory]
    [InlineData(
        "await Parallel.ForEachAsync(m.Items!, async (i, t) =>\n{\n    await store.ItemAsync(i);\n    await ctx.CommitAsync();\n});",
        "await Parallel.ForEachAsync(m.Items!, async (i, t) =>\n{\n    await store.ItemAsync(i);\n});\nawait ctx.CommitAsync();")]
    [InlineData(
        "await Task.WhenAll(m.Items!.Select(async i =>\n{\n    await store.ItemAsync(i);\n    ctx.Ack();\n}));",
        "await Task.WhenAll(m.Items!.Select(async i =>\n{\n    await store.ItemAsync(i);\n}));\nawait ctx.CommitAsync();")]
    public Task ParallelCommit_WhenFixed_CommitsOnce(string before, string after)
        => CommitFixes.BodyAsync("STRM0014", "Manual", before, after);

    [Theory]
    [InlineData("await store.WorkAsync(m);\nawait ctx.CommitAsync();", "await store.WorkAsync(m);")]
    public Task ExplicitCommit_WhenFixed_IsGone(string before, string after)
        => CommitFixes.BodyAsync("STRM0017", "Auto", before, after, "Remove");

    [Theory]
    [InlineData("[ConsumerGroup(\"g\")]", "[ConsumerGroup(\"g\", Commit = CommitPolicy.Manual)]")]
    [InlineData("[ConsumerGroup(\"g\", Commit = CommitPolicy.Sync, Concurrency = 3)]",
        "[ConsumerGroup(\"g\", Commit = CommitPolicy.Manual, Concurrency = 3)]")]
    public Task ExplicitCommit_WhenFixed_IsAllowed(string before, string after)
    {
        const string Class = "\npublic sealed class H { public async Task HandleAsync(M m, MessageContext ctx) => await "
            + "ctx.CommitAsync(); }";

        return VerifyFix.AppliesAsync(before + Class, after + Class, "STRM0017", "Manual");
    }

    [Fact]
    public Task SecondOutcome_WhenFixed_ReturnsAfterTheFirst()
        => CommitFixes.BodyAsync(
            "STRM0018",
            "Manual",
            "try\n{\n    await store.WorkAsync(m);\n}\ncatch (Exception e)\n{\n    await ctx.DeadLetterAsync(e);\n}\nawait "
                + "ctx.CommitAsync();",
            "try\n{\n    await store.WorkAsync(m);\n}\ncatch (Exception e)\n{\n    await ctx.DeadLetterAsync(e);\n    return;\n}\nawait "
                + "ctx.CommitAsync();");

    [Fact]
    public Task SecondOutcome_WhenOneFollowsTheOther_HasNoFix()
        => CommitFixes.NoneInBodyAsync("STRM0018", "Manual", "await ctx.CommitAsync();\nawait ctx.CommitAsync();");

    [Theory]
    [InlineData("store.WorkAsync(m).Wait();", "await store.WorkAsync(m);")]
    [InlineData("var name = store.GetNameAsync(m.A).Result;", "var name = await store.GetNameAsync(m.A);")]
    [InlineData("var length = store.GetNameAsync(m.A).Result.Length;", "var length = (await store.GetNameAsync(m.A)).Length;")]
    [InlineData("store.WorkAsync(m).GetAwaiter().GetResult();", "await store.WorkAsync(m);")]
    [InlineData("Thread.Sleep(100);", "await Task.Delay(100);")]
    [InlineData("Task.WaitAll(store.WorkAsync(m), store.RefreshAsync());", "await Task.WhenAll(store.WorkAsync(m), store.RefreshAsync());")]
    [InlineData("var text = File.ReadAllText(\"a\");", "var text = await File.ReadAllTextAsync(\"a\");")]
    public Task BlockingCall_WhenFixed_IsAwaited(string before, string after) => CommitFixes.BodyAsync("STRM0019", "Auto", before, after);

    [Fact]
    public Task BlockingCall_WhenTheHandlerIsSynchronous_BecomesAsync()
        => CommitFixes.MembersAsync(
            "STRM0019",
            "Auto",
            "public void Handle(M m)\n{\n    store.WorkAsync(m).Wait();\n}",
            "public async ValueTask Handle(M m)\n{\n    await store.WorkAsync(m);\n}");

    [Theory]
    [InlineData("Action a = () => Thread.Sleep(1);\na();")]
    [InlineData("using var gate = new ManualResetEventSlim();\ngate.Wait(ct);")]
    public Task BlockingCall_WhenNoAwaitCanStandThere_HasNoFix(string body) => CommitFixes.NoneInBodyAsync("STRM0019", "Auto", body);
}

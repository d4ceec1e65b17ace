using Streams.Analyzers.Tests.Commits;

namespace Streams.Analyzers.Tests.Groups;

public sealed class GroupRuleTests
{
    [Fact]
    public Task UnwatchedAsyncCommit_WhenNobodyLearnsOfFailures_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0013"],
            """
            [ConsumerGroup("a", Commit = CommitPolicy.Async, FinalCommit = false)]
            public sealed class {|STRM0013:A|} { public void Handle(M m) { } }
            """,
            """
            [ConsumerGroup("b", Commit = CommitPolicy.Async)]
            public sealed class B { public void Handle(M m) { } }
            """,
            """
            [ConsumerGroup("c", Commit = CommitPolicy.Async, FinalCommit = false)]
            public sealed class C { public void Handle(M m) { } public void OnCommitted(CommitResult result) { } }
            """,
            """
            [ConsumerGroup("d", Commit = CommitPolicy.Sync, FinalCommit = false)]
            public sealed class D { public void Handle(M m) { } }
            """,
            """
            public abstract class Watching { public void OnCommitted(CommitResult result) { } }
            [ConsumerGroup("e", Commit = CommitPolicy.Async, FinalCommit = false)]
            public sealed class E : Watching { public void Handle(M m) { } }
            """);

    [Fact]
    public Task HandlerWithoutToken_WhenItAwaits_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0103"],
            """
            [ConsumerGroup("a")]
            public sealed class A(IStore store) { public Task {|STRM0103:HandleAsync|}(M m) => store.WorkAsync(m); }
            """,
            """
            [ConsumerGroup("b")]
            public sealed class B(IStore store)
            {
                public Task HandleAsync(M m, CancellationToken ct) => HelpAsync(m);
                private Task HelpAsync(M m) => store.WorkAsync(m);
            }
            """,
            """
            [ConsumerGroup("c")]
            public sealed class C(IStore store) { public void Handle(M m) => store.Put(m); }
            """,
            """
            [ConsumerGroup("d", Commit = CommitPolicy.Manual)]
            public sealed class D { public async Task HandleAsync(M m, MessageContext ctx) => await ctx.CommitAsync(); }
            """);

    [Fact]
    public Task ScopedService_WhenASingletonKeepsIt_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0106"],
            """
            namespace Microsoft.EntityFrameworkCore { public class DbContext { } public interface IDbContextFactory<T> { } }
            public sealed class Shop : Microsoft.EntityFrameworkCore.DbContext { }
            public interface IUnit { }
            public interface IClock { }
            public static class Services
            {
                public static object AddScoped<T>(this object services) => services;
                public static object AddSingleton<T>(this object services) => services;
                public static void Register(object services) => services.AddScoped<IUnit>().AddSingleton<IClock>();
            }
            """,
            """
            [ConsumerGroup("a", Lifetime = HandlerLifetime.Singleton)]
            public sealed class A(Shop {|STRM0106:shop|}) { public void Handle(M m) => Console.WriteLine(shop); }
            """,
            """
            [ConsumerGroup("b", Lifetime = HandlerLifetime.Singleton)]
            public sealed class B(IUnit {|STRM0106:unit|}, IClock clock) { public void Handle(M m) => Console.WriteLine((unit, clock)); }
            """,
            """
            [ConsumerGroup("c")]
            public sealed class C(Shop shop, IUnit unit) { public void Handle(M m) => Console.WriteLine((shop, unit)); }
            """,
            """
            [ConsumerGroup("d", Lifetime = HandlerLifetime.Singleton)]
            public sealed class D(Microsoft.EntityFrameworkCore.IDbContextFactory<Shop> shops)
            {
                public void Handle(M m) => Console.WriteLine(shops);
            }
            """);

    [Fact]
    public Task SharedState_WhenCallsRunAtOnce_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0107"],
            """
            [ConsumerGroup("a", Lifetime = HandlerLifetime.Singleton)]
            public sealed class A
            {
                private static int s_total;
                private readonly object _lock = new();
                private readonly AsyncLocal<int> _flow = new();
                private int _count;
                private int _locked;
                private int _atomic;

                public void Handle(M m)
                {
                    {|STRM0107:_count|}++;
                    {|STRM0107:_count|} = m.A;
                    {|STRM0107:s_total|} += m.A;
                    lock (_lock) { _locked++; }
                    Interlocked.Increment(ref _atomic);
                    _flow.Value = 3;
                    var local = 0;
                    local++;
                    Help(m);
                }

                private void Help(M m) => {|STRM0107:_count|} = m.A;
            }
            """,
            """
            [ConsumerGroup("b")]
            public sealed class B { private int _count; public void Handle(M m) => _count++; }
            """,
            """
            [ConsumerGroup("c", Lifetime = HandlerLifetime.Singleton, Concurrency = 1)]
            public sealed class C { private int _count; public void Handle(M m) => _count++; }
            """,
            """
            [ConsumerGroup("d", Lifetime = HandlerLifetime.Singleton)]
            public sealed class D { private int _count; public D() => _count = 1; public void Handle(M m) => Console.WriteLine(_count); }
            """);

    [Fact]
    public Task Concurrency_WhenAbovePartitions_IsReported()
        => CommitCases.ClassesAsync(
            ["STRM0402"],
            """
            [Message("twelve", Partitions = 12)] public partial class Twelve { public Twelve() { } }
            [Message("four", Partitions = 4)] public partial class Four { }
            """,
            """
            [ConsumerGroup("a", Concurrency = 16)]
            public sealed class {|STRM0402:A|} { public void Handle(Twelve m) { } }
            """,
            """
            [ConsumerGroup("b", Concurrency = 16)]
            public sealed class B { public void Handle(Twelve m) { } public void Handle(Four m) { } }
            """,
            """
            [ConsumerGroup("c", Concurrency = 17)]
            public sealed class {|STRM0402:C|} { public void Handle(Twelve m) { } public void Handle(Four? m) { } }
            """,
            """
            [ConsumerGroup("d", Concurrency = 16, Order = ProcessingOrder.PerKey)]
            public sealed class D { public void Handle(Twelve m) { } }
            """,
            """
            [ConsumerGroup("e", Concurrency = 16)]
            public sealed class E { public void Handle(M m) { } }
            """,
            """
            [ConsumerGroup("f", Concurrency = 16)] public sealed class F { public void Handle(Twelve m) { } }
            [ConsumerGroup("f")] public sealed class F2 { public void Handle(M m) { } }
            """);

    [Fact]
    public Task Policies_WhenTwoClassesDiffer_AreReportedAtTheLater()
        => CommitCases.ClassesAsync(
            ["STRM0403"],
            """
            [ConsumerGroup("a", Commit = CommitPolicy.Sync)] public sealed class A1 { public void Handle(M m) { } }
            [ConsumerGroup("a", Commit = CommitPolicy.Async)] public sealed class {|STRM0403:A2|} { public void Handle(N n) { } }
            """,
            """
            [ConsumerGroup("b", Commit = CommitPolicy.Sync)] public sealed class B1 { public void Handle(M m) { } }
            [ConsumerGroup("b", Commit = CommitPolicy.Sync)] public sealed class B2 { public void Handle(N n) { } }
            """,
            """
            [ConsumerGroup("c", Commit = CommitPolicy.Sync)] public sealed class C1 { public void Handle(M m) { } }
            [ConsumerGroup("c")] public sealed class C2 { public void Handle(N n) { } }
            """);
}

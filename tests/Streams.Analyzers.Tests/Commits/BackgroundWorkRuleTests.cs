namespace Streams.Analyzers.Tests.Commits;

public sealed class BackgroundWorkRuleTests
{
    private static readonly string[] Rules = ["STRM0009", "STRM0010"];

    private const string Members = """
            private readonly System.Collections.Concurrent.ConcurrentQueue<M> _queue = new();
            private readonly System.Threading.Channels.Channel<M> _channel = System.Threading.Channels.Channel.CreateBounded<M>(9);
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _counts = new();
            private static void Work(M m) { }

        """;

    [Fact]
    public Task HandedToBackground_WhenTheRuntimeCommits_IsReported()
        => CommitCases.ClassesAsync(Rules, Handler("Auto", """
            _ = {|STRM0009:Task.Run(() => store.WorkAsync(m))|};
            {|STRM0009:Task.Run(() => Work(m))|};
            {|STRM0009:Task.Factory.StartNew(() => Work(m))|};
            var forgotten = {|STRM0009:Task.Run(() => Work(m))|};
            await {|STRM0009:_channel.Writer.WriteAsync(m, ct)|};
            {|STRM0009:_channel.Writer.TryWrite(m)|};
            var writer = _channel.Writer;
            {|STRM0009:writer.TryWrite(m)|};
            {|STRM0009:_queue.Enqueue(m)|};
            {|STRM0009:ThreadPool.QueueUserWorkItem(_ => Work(m))|};
            using var timer = {|STRM0009:new Timer(_ => Work(m), null, 0, 0)|};
            {|STRM0009:new Thread(() => Work(m))|}.Start();
            """));

    [Fact]
    public Task HandedToBackground_WhenNothingIsLost_IsSilent()
        => CommitCases.ClassesAsync(Rules, Handler("Auto", """
            await Task.Run(() => Work(m));
            var work = Task.Run(() => Work(m));
            await work;
            var local = new Queue<M>();
            local.Enqueue(m);
            _counts.AddOrUpdate(m.A, 1, (_, count) => count + 1);
            _queue.TryDequeue(out _);
            using var timer = new Timer(_ => log.Log("tick"), null, 0, 0);
            await Task.WhenAll(m.Items!.Select(i => Task.Run(() => store.ItemAsync(i))));
            """),
            Handler("Manual", """
            await _channel.Writer.WriteAsync(m, ct);
            _ = Task.Run(async () => { await store.WorkAsync(m); ctx.Ack(); });
            """, 1),
            Handler("Auto", "_queue.Enqueue(m); _ = Task.Run(() => Work(m));", 2, "[AtMostOnce(\"clicks\")] "));

    [Fact]
    public Task FireAndForget_WhenNobodyAwaits_IsReported()
        => CommitCases.ClassesAsync(Rules, Handler("Manual", """
            {|STRM0010:store.WorkAsync(m)|};
            _ = {|STRM0010:store.RefreshAsync()|};
            {|STRM0010:store.ValueWorkAsync(m)|};
            new List<int>().ForEach({|STRM0010:async i => await store.ItemAsync(i)|});
            Parallel.ForEach(m.Items!, {|STRM0010:async i => await store.ItemAsync(i)|});
            await {|STRM0010:Task.Factory.StartNew(async () => await store.WorkAsync(m))|};
            {|STRM0010:typeof(IStore).GetMethod("WorkAsync")!.Invoke(store, [m])|};
            async void Local() { await store.WorkAsync(m); }
            {|STRM0010:Local()|};
            {|STRM0010:store.WorkAsync(m)|}.ConfigureAwait(false);
            _ = {|STRM0010:store.WorkAsync(m)|}.ContinueWith(t => log.Log("done"));
            {|STRM0010:Task.Run(() => Work(m))|};
            """.Replace("await {|STRM0010:Task.Factory.StartNew(async () => await store.WorkAsync(m))|}",
                "{|STRM0010:await Task.Factory.StartNew(async () => await store.WorkAsync(m))|}", StringComparison.Ordinal)));

    [Fact]
    public Task FireAndForget_WhenSomebodyAwaits_IsSilent()
        => CommitCases.ClassesAsync(Rules, Handler("Manual", """
            await store.WorkAsync(m);
            var t = store.WorkAsync(m);
            await t;
            Func<Task> f = () => store.WorkAsync(m);
            Func<int, Task> g = async i => await store.ItemAsync(i);
            await Parallel.ForEachAsync(m.Items!, async (i, _) => await store.ItemAsync(i));
            await Task.WhenAll(m.Items!.Select(async i => await store.ItemAsync(i)));
            Task Local() => store.WorkAsync(m);
            await Local();
            _ = await store.TryBookAsync(m);
            _ = typeof(IStore).GetMethod("Put")!.Name;
            System.Linq.Expressions.Expression<Action<IStore>> e = s => s.WorkAsync(m);
            log.Log(e.ToString());
            using var source = new CancellationTokenSource();
            _ = source.CancelAsync();
            """),
            Handler("Auto", "_ = store.WorkAsync(m);", 1, "[AtMostOnce(\"clicks\")] "),
            "public sealed class Free(IStore store) { public void Do(M m) { store.WorkAsync(m); } }");

    [Fact]
    public Task FireAndForget_WhenInAHelper_IsReportedThere()
        => CommitCases.ClassesAsync(
            Rules,
            """
            [ConsumerGroup("g")]
            public sealed class H(IStore store)
            {
                public void Handle(M m) => Do(m);
                private void Do(M m) { {|STRM0010:store.WorkAsync(m)|}; }
                public void OnCommitted(CommitResult result) { store.RefreshAsync(); }
            }
            """);

    private static string Handler(string policy, string body, int index = 0, string attributes = "")
        => attributes + CommitCases.Handler(policy, index, body).Replace("{\n    public", "{\n" + Members + "    public",
            StringComparison.Ordinal);
}

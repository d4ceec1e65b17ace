namespace Streams.Analyzers.Tests;

public sealed class HandlerRuleTests
{
    private const string Messages = """
        [Message("m")] public partial record M(int A);
        [Message("n")] public partial record struct N(int A);

        """;

    [Fact]
    public Task AsyncVoidHandler_WhenNobodyCanWait_IsReported()
        => VerifyHandler("public async void {|STRM0101:HandleAsync|}(M message) => await Task.Yield();");

    [Theory]
    [InlineData("public void Handle(M message) { }")]
    [InlineData("public async Task HandleAsync(M message) => await Task.Yield();")]
    [InlineData("public async ValueTask HandleAsync(M? message, CancellationToken a, MessageContext b) => await Task.Yield();")]
    [InlineData("public Task<M> HandleAsync(M message, MessageContext context) => Task.FromResult(message);")]
    [InlineData("public ValueTask<M?> HandleAsync(M message) => default;")]
    [InlineData("public M? Handle(M message) => message;")]
    [InlineData("public N Handle(N message) => message; public N? Handle(M message) => null;")]
    [InlineData("public IEnumerable<M> Handle(M message) => []; public List<N> Handle(N message) => [];")]
    [InlineData("public Task<M[]> Handle(M message) => null!; public ValueTask<IReadOnlyList<M?>> Handle(N message) => default;")]
    [InlineData("public async IAsyncEnumerable<M> Handle(M message) { await Task.Yield(); yield return message; }")]
    [InlineData("internal void Handle(N? message) { }")]
    [InlineData("public void Handle(M message) { } public void Handle(string text) { }")]
    [InlineData("public void Handle(M message) { } public void OnCommitted(CommitResult result) { } public void "
        + "OnPartitionsLost(IEnumerable<TopicPartition> lost) { }")]
    public Task Handler_WhenSound_IsSilent(string methods) => VerifyHandler(methods);

    [Theory]
    [InlineData("public bool {|STRM0102:Handle|}(M message) => true;")]
    [InlineData("public Task<int> {|STRM0102:Handle|}(M message) => null!;")]
    [InlineData("public Task<IAsyncEnumerable<M>> {|STRM0102:Handle|}(M message) => null!;")]
    [InlineData("public IEnumerable<int> {|STRM0102:Handle|}(M message) => [];")]
    [InlineData("public void {|STRM0102:Handle|}(M message, int more) { }")]
    [InlineData("public void {|STRM0102:Handle|}(M message, MessageContext a, MessageContext b) { }")]
    [InlineData("public void {|STRM0102:Handle|}(ref M message) { }")]
    [InlineData("public void {|STRM0102:Handle|}(M message, CancellationToken token = default) { }")]
    [InlineData("public static void {|STRM0102:Handle|}(M message) { }")]
    [InlineData("public void {|STRM0102:Handle|}<T>(M message) { }")]
    [InlineData("private void {|STRM0102:Handle|}(M message) { }")]
    [InlineData("public void Handle(N message) { } public void {|STRM0102:Handle|}(CancellationToken token, M message) { }")]
    [InlineData("public void Handle(M message) { } public Task {|STRM0102:OnCommitted|}(CommitResult result) => Task.CompletedTask;")]
    [InlineData("public void Handle(M message) { } public void {|STRM0102:OnPartitionsLost|}(TopicPartition lost) { }")]
    public Task WrongHandlerSignature_WhenNobodyCanCallIt_IsReported(string methods) => VerifyHandler(methods);

    [Fact]
    public Task WrongHandlerSignature_WhenManualReturnsMessages_IsReported()
        => Verify.DiagnosticsAsync(Messages
            + "[ConsumerGroup(\"g\", Commit = CommitPolicy.Manual)] public sealed class H { public M {|STRM0102:Handle|}(M "
                + "message) => message; }");

    [Theory]
    [InlineData("[ConsumerGroup(\"g\")] public sealed class H { public void Handle(M message) { } public void "
        + "{|STRM0104:HandleAsync|}(M message) { } }")]
    [InlineData("[ConsumerGroup(\"g\")] public sealed class A { public void Handle(M message) { } } [ConsumerGroup(\"g\")] public "
        + "sealed class {|STRM0104:B|} { public void Handle(M? message) { } }")]
    public Task DuplicateHandler_WhenOnlyOneWouldRun_IsReported(string source) => Verify.DiagnosticsAsync(Messages + source);

    [Fact]
    public Task DuplicateHandler_WhenGroupsDiffer_IsSilent()
        => Verify.DiagnosticsAsync(Messages + """
            [ConsumerGroup("a")] public sealed class A { public void Handle(M message) { } }
            [ConsumerGroup("b")] public sealed class B { public void Handle(M message) { } }
            """);

    [Theory]
    [InlineData("")]
    [InlineData("public void Other(M message) { }")]
    public Task UnreachableHandler_WhenThereIsNoMethod_IsReported(string methods)
        => Verify.DiagnosticsAsync(Messages + $"[ConsumerGroup(\"g\")] public sealed class {{|STRM0105:H|}} {{ {methods} }}");

    [Theory]
    [InlineData("public void {|STRM0105:Handle|}(string message) { }")]
    [InlineData("public void {|STRM0105:Handle|}() { }")]
    public Task UnreachableHandler_WhenTypeIsNoMessage_IsReported(string methods) => VerifyHandler(methods);

    [Theory]
    [InlineData("public static class {|STRM0108:H|} { }")]
    [InlineData("public abstract class {|STRM0108:H|} { public void Handle(M message) { } }")]
    [InlineData("public sealed class {|STRM0108:H|}<T> { public void Handle(M message) { } }")]
    [InlineData("file sealed class {|STRM0108:H|} { public void Handle(M message) { } }")]
    [InlineData("public sealed class {|STRM0108:H|} { private H() { } public void Handle(M message) { } }")]
    [InlineData("public sealed class {|STRM0108:H|} { public H(int a) { } public H(string a) { } public void Handle(M message) { } }")]
    [InlineData("public sealed class {|STRM0108:H|} { public required int A { get; set; } public void Handle(M message) { } }")]
    public Task HandlerCannotBeConstructed_WhenNothingCanMakeIt_IsReported(string declaration)
        => Verify.DiagnosticsAsync(Messages + "[ConsumerGroup(\"g\")] " + declaration);

    [Fact]
    public Task HandlerCannotBeConstructed_WhenPrivate_IsReported()
        => Verify.DiagnosticsAsync(Messages
            + "public class Outer { [ConsumerGroup(\"g\")] private sealed class {|STRM0108:H|} { public void Handle(M message) { } } }");

    [Theory]
    [InlineData("public H() { } public H(IServiceProvider a, int b = 3, string? c = \"c\", double d = 1.5, DayOfWeek e = "
        + "DayOfWeek.Friday, decimal f = 1.5m) { }")]
    [InlineData("public H(IServiceProvider a) { } [Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor] public "
        + "H(string b) { }")]
    [InlineData("public H([Microsoft.Extensions.DependencyInjection.FromKeyedServices(\"k\")] string a, "
        + "[Microsoft.Extensions.DependencyInjection.FromKeyedServices(DayOfWeek.Friday)] string? b = null) { }")]
    public Task HandlerCannotBeConstructed_WhenOneConstructorIsMeant_IsSilent(string constructors)
        => VerifyHandler(constructors + " public void Handle(M message) { }");

    [Fact]
    public Task InvalidName_WhenGroupIsNoKafkaName_IsReported()
        => Verify.DiagnosticsAsync(Messages + "[ConsumerGroup(\"a b\")] public sealed class {|STRM0401:H|} { public void Handle(M "
            + "message) { } }");

    [Fact]
    public Task InvalidDuration_WhenIntervalIsNone_IsReported()
        => Verify.DiagnosticsAsync(Messages
            + "[ConsumerGroup(\"g\", CommitInterval = \"5\")] public sealed class {|STRM0405:H|} { public void Handle(M message) { } }");

    private static Task VerifyHandler(string members)
        => Verify.DiagnosticsAsync(Messages + $"[ConsumerGroup(\"g\")] public sealed class H {{ {members} }}");
}

namespace Streams.Analyzers.Tests;

public sealed class HandlerFixTests
{
    [Fact]
    public Task AsyncVoidHandler_WhenFixed_ReturnsValueTask()
        => AppliesAsync(
            "public async void HandleAsync(M message) => await Task.Yield();\n    public async void Handle(N message) { await "
                + "Task.Yield(); }",
            "public async ValueTask HandleAsync(M message) => await Task.Yield();\n    public async ValueTask Handle(N message) { await "
                + "Task.Yield(); }",
            "STRM0101");

    [Theory]
    [InlineData("public void Handle(N n) { }\n    public void Handle(CancellationToken token, M message) { }",
        "public void Handle(N n) { }\n    public void Handle(M message, CancellationToken token) { }")]
    [InlineData("public bool Handle(M message) { if (message.A == 0) return false; return Other(message); }\n    bool Other(M m) => true;",
        "public void Handle(M message) { if (message.A == 0) return; { Other(message); return; } }\n    bool Other(M m) => true;")]
    [InlineData("public bool Handle(M message) => true;", "public void Handle(M message)\n    {\n    }")]
    [InlineData("public bool Handle(M message) => message.Equals(null);",
        "public void Handle(M message)\n    {\n        message.Equals(null);\n    }")]
    [InlineData("public Task<int> HandleAsync(M message) => Task.FromResult(1);",
        "public Task HandleAsync(M message) => Task.FromResult(1);")]
    [InlineData("public async Task<int> HandleAsync(M message) { await Task.Yield(); return 3; }",
        "public async Task HandleAsync(M message) { await Task.Yield(); return; }")]
    public Task WrongHandlerSignature_WhenFixed_CanBeCalled(string before, string after) => AppliesAsync(before, after, "STRM0102");

    [Theory]
    [InlineData("public ValueTask<int> HandleAsync(M message) => new(1);")]
    [InlineData("public void Handle(M message, int more) { }")]
    [InlineData("public void Handle(N n) => Handle(default, null!);\n    public void Handle(CancellationToken token, M message) { }")]
    public Task WrongHandlerSignature_WhenMoreThanTheShapeIsWrong_HasNoFix(string members)
        => VerifyFix.IsNotOfferedAsync(Handler(members), "STRM0102");

    private static Task AppliesAsync(string before, string after, string id, string? key = null)
        => VerifyFix.AppliesAsync(Handler(before), Handler(after), id, key);

    private static string Handler(string members)
        => $$"""
        [ConsumerGroup("g")]
        public sealed class H
        {
            {{members}}
        }
        """;
}

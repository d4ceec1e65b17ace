using Streams.Analyzers.Tests.Commits;

namespace Streams.Analyzers.Tests.Groups;

public sealed class GroupFixTests
{
    [Theory]
    [InlineData("STRM0013", "[ConsumerGroup(\"g\", Commit = CommitPolicy.Async, FinalCommit = false)]",
        "[ConsumerGroup(\"g\", Commit = CommitPolicy.Async)]", "FinalCommit")]
    [InlineData("STRM0106", "[ConsumerGroup(\"g\", Lifetime = HandlerLifetime.Singleton, Concurrency = 2)]",
        "[ConsumerGroup(\"g\", Concurrency = 2)]", null)]
    [InlineData("STRM0402", "[ConsumerGroup(\"g\", Concurrency = 99, StartFrom = StartFrom.Latest)]",
        "[ConsumerGroup(\"g\", Concurrency = 3, StartFrom = StartFrom.Latest)]", null)]
    public Task Attribute_WhenFixed_SaysWhatIsMeant(string id, string before, string after, string? key)
    {
        const string Rest = """

            public sealed class H(Microsoft.EntityFrameworkCore.DbContext db) { public void Handle(Three m) => Console.WriteLine(db); }
            public partial class Three : IMessage<Three> { }
            namespace Microsoft.EntityFrameworkCore { public class DbContext { } }
            """;

        return VerifyFix.AppliesAsync(before + Three(Rest), after + Three(Rest), id, key);

        static string Three(string text) => text.Replace(
            "public partial class Three : IMessage<Three> { }",
            "[Message(\"three\", Partitions = 3)] public partial class Three { }", StringComparison.Ordinal);
    }

    [Fact]
    public Task UnwatchedAsyncCommit_WhenFixed_HasACallback()
        => VerifyFix.AppliesAsync(
            """
            [ConsumerGroup("g", Commit = CommitPolicy.Async, FinalCommit = false)]
            public sealed class H
            {
                public void Handle(M m) { }
            }
            """,
            """
            [ConsumerGroup("g", Commit = CommitPolicy.Async, FinalCommit = false)]
            public sealed class H
            {
                public void Handle(M m) { }

                public void OnCommitted(CommitResult result)
                {
                    // result.Error says why a commit failed.
                }
            }
            """,
            "STRM0013",
            "OnCommitted");

    [Fact]
    public Task ConflictingPolicies_WhenFixed_LeaveOne()
        => VerifyFix.AppliesAsync(
            """
            [ConsumerGroup("g", Commit = CommitPolicy.Sync)] public sealed class A { public void Handle(M m) { } }
            [ConsumerGroup("g", Commit = CommitPolicy.Async, Concurrency = 2)] public sealed class B { public void Handle(N n) { } }
            """,
            """
            [ConsumerGroup("g", Commit = CommitPolicy.Sync)] public sealed class A { public void Handle(M m) { } }
            [ConsumerGroup("g", Concurrency = 2)] public sealed class B { public void Handle(N n) { } }
            """,
            "STRM0403");

    [Fact]
    public Task HandlerWithoutToken_WhenFixed_TakesOne()
        => CommitFixes.MembersAsync(
            "STRM0103",
            "Auto",
            "public Task HandleAsync(M m) => store.WorkAsync(m);\npublic Task HandleAsync(N n, MessageContext context) => "
                + "store.RefreshAsync();",
            "public Task HandleAsync(M m, CancellationToken cancellationToken) => store.WorkAsync(m);\npublic Task HandleAsync(N n, "
                + "MessageContext context, CancellationToken cancellationToken) => store.RefreshAsync();");

    [Theory]
    [InlineData("[ConsumerGroup(\"orders/eu\")]", "[ConsumerGroup(\"orders.eu\")]", "STRM0401")]
    [InlineData("[ConsumerGroup(\" a b \")]", "[ConsumerGroup(\"a-b\")]", "STRM0401")]
    [InlineData("[ConsumerGroup(\"g\", CommitInterval = \"5 s\")]", "[ConsumerGroup(\"g\", CommitInterval = \"5s\")]", "STRM0405")]
    [InlineData("[ConsumerGroup(\"g\", CommitInterval = \"200 Milliseconds\")]", "[ConsumerGroup(\"g\", CommitInterval = \"200ms\")]",
        "STRM0405")]
    [InlineData("[ConsumerGroup(\"g\", CommitInterval = \"00:01:30\")]", "[ConsumerGroup(\"g\", CommitInterval = \"90s\")]", "STRM0405")]
    public Task Text_WhenFixed_IsValid(string before, string after, string id)
    {
        const string Class = " public sealed class H { public void Handle(M m) { } }";

        return VerifyFix.AppliesAsync(before + Class, after + Class, id);
    }

    [Theory]
    [InlineData("[ConsumerGroup(\"\")]", "STRM0401")]
    [InlineData("[ConsumerGroup(\"g\", CommitInterval = \"soon\")]", "STRM0405")]
    [InlineData("[ConsumerGroup(\"g\", CommitInterval = \"5\")]", "STRM0405")]
    public Task Text_WhenNobodyKnowsWhatWasMeant_HasNoFix(string attribute, string id)
        => VerifyFix.IsNotOfferedAsync(attribute + " public sealed class H { public void Handle(M m) { } }", id);

    [Theory]
    [InlineData("file sealed class H", "internal sealed class H")]
    [InlineData("public class Outer { [ConsumerGroup(\"g\")] private sealed class H", "public class Outer { [ConsumerGroup(\"g\")] "
        + "internal sealed class H")]
    public Task HiddenHandler_WhenFixed_IsInternal(string before, string after)
        => VerifyFix.AppliesAsync(Hidden(before), Hidden(after), "STRM0108");

    [Fact]
    public Task UnreachableHandler_WhenFixed_TakesAMessage()
        => VerifyFix.AppliesAsync(
            """
            // An order.
            public record OrderPlaced(int Id);
            [ConsumerGroup("g")] public sealed class H { public void Handle(OrderPlaced order) { } }
            """,
            """
            // An order.
            [Message("order-placed")]
            public partial record OrderPlaced(int Id);
            [ConsumerGroup("g")] public sealed class H { public void Handle(OrderPlaced order) { } }
            """,
            "STRM0105");

    private static string Hidden(string declaration)
        => (declaration.Contains("Outer", StringComparison.Ordinal) ? "" : "[ConsumerGroup(\"g\")] ") + declaration
            + " { public void Handle(M m) { } }" + (declaration.Contains("Outer", StringComparison.Ordinal) ? " }" : "");
}

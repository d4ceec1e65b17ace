namespace Streams.Analyzers.Tests.Commits;

/// <summary>Sources for tests of fixes of the commit rules.</summary>
internal static class CommitFixes
{
    /// <summary>A fix inside the body of a handler.</summary>
    public static Task BodyAsync(string id, string policy, string before, string after, string? key = null)
        => VerifyFix.AppliesAsync(Body(policy, before), Body(policy, after), id, key);

    /// <summary>A fix of the members of a handler class.</summary>
    public static Task MembersAsync(string id, string policy, string before, string after, string? key = null)
        => VerifyFix.AppliesAsync(Members(policy, before), Members(policy, after), id, key);

    public static Task NoneInBodyAsync(string id, string policy, string body) => VerifyFix.IsNotOfferedAsync(Body(policy, body), id);

    public static Task NoneInMembersAsync(string id, string policy, string members)
        => VerifyFix.IsNotOfferedAsync(Members(policy, members), id);

    private static string Body(string policy, string body)
        => Members(policy, $$"""
            public async Task HandleAsync(M m, MessageContext ctx, CancellationToken ct)
            {
                {{body.ReplaceLineEndings("\n    ")}}
            }
            """);

    private static string Members(string policy, string members)
        => $$"""
        [ConsumerGroup("g", Commit = CommitPolicy.{{policy}})]
        public sealed class H(IStore store, ILogger log, IProducer<N> producer, IDeadLetters dead)
        {
            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;
}

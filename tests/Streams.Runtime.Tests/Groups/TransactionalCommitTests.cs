using Streams.Runtime.Tests.Scripting;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The policy Transactional promises what the broker cannot keep yet.</summary>
public sealed class TransactionalCommitTests
{
    [Fact]
    public void Transactional_WhileTheBrokerHasNoTransactions_IsRefusedBeforeTheStart()
    {
        var error = Assert.Throws<StreamsException>(() => GroupHarness.Make(one => one with { Commit = CommitPolicy.Transactional }));

        Assert.Equal(StreamsErrorCode.NotAllowed, error.Code);
        Assert.Contains("'billing'", error.Message, StringComparison.Ordinal);
        Assert.Contains("CommitPolicy.Sync", error.Message, StringComparison.Ordinal);
    }
}

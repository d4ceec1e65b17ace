using Streams.Broker.Transport.Assignors;

namespace Streams.Broker.Transport.Consuming;

/// <summary>What a member is at a moment. Immutable: two of them are the same only if they are one.</summary>
/// <param name="memberId">The member id, empty before the first join.</param>
/// <param name="generation">The generation, -1 outside of one.</param>
/// <param name="assignor">The assignor of that generation, or <see langword="null"/> outside of one.</param>
internal sealed class MemberState(string memberId, int generation = -1, IPartitionAssignor? assignor = null)
{
    /// <summary>Gets the member id.</summary>
    public string MemberId { get; } = memberId;

    /// <summary>Gets the generation.</summary>
    public int Generation { get; } = generation;

    /// <summary>Gets the assignor.</summary>
    public IPartitionAssignor? Assignor { get; } = assignor;
}

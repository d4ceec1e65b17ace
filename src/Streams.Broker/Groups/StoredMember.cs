namespace Streams.Broker.Groups;

/// <summary>A member as it is stored. Immutable.</summary>
/// <param name="MemberId">The member id.</param>
/// <param name="InstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="ClientId">The client id.</param>
/// <param name="ClientHost">Where the client is.</param>
/// <param name="RebalanceTimeout">How long a rebalance waits for it.</param>
/// <param name="SessionTimeout">After how long without a sign of life it is removed.</param>
/// <param name="Subscription">What it told the selected protocol.</param>
/// <param name="Assignment">What it was assigned.</param>
internal sealed record StoredMember(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string ClientHost,
    TimeSpan RebalanceTimeout,
    TimeSpan SessionTimeout,
    byte[] Subscription,
    byte[] Assignment);

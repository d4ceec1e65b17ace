namespace Streams.Broker.Groups.Requests;

/// <summary>Answers an <see cref="OffsetCommitRequest"/>.</summary>
/// <param name="Errors">One error for each offset, in the order of the request.</param>
internal sealed record OffsetCommitAnswer(IReadOnlyList<GroupError> Errors)
{
    /// <summary>Gets the first error, or <see cref="GroupError.None"/>.</summary>
    public GroupError FirstError => Errors.FirstOrDefault(error => error != GroupError.None);
}

namespace Streams.Analyzers.Commits.Reading;

/// <summary>When a group's offsets are committed; the values are those of <c>Streams.CommitPolicy</c>.</summary>
internal enum GroupPolicy
{
    Auto = 0,
    Sync = 1,
    Async = 2,
    Manual = 3,
    Transactional = 4,
}

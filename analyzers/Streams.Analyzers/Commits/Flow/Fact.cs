namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// What is known on one way to a point of a body. Sites are bits: the calls of the body that do work, numbered by
/// <see cref="CallTable"/>. Facts are followed apart and never joined, so what happened together stays together.
/// </summary>
/// <param name="Failed">Work that failed, was caught, and was not done again.</param>
/// <param name="Raised">Work whose exception is in flight: in a catch or a finally.</param>
/// <param name="Pending">Work that was started and not awaited.</param>
/// <param name="Orphans">Pending work whose task no local holds any more.</param>
/// <param name="Commits">The calls that said "done", numbered by <see cref="CallTable"/>.</param>
/// <param name="Outcome">What was said about the record.</param>
/// <param name="Swallowers">The catches that made work count as failed, by their number in the body.</param>
/// <param name="Variables">The values of the variables that conditions ask for, a byte each.</param>
/// <param name="Continuation">Where the finally in progress goes on; 0 outside of any.</param>
internal readonly record struct Fact(
    ulong Failed,
    ulong Raised,
    ulong Pending,
    ulong Orphans,
    ulong Commits,
    OutcomeState Outcome,
    ulong Swallowers,
    ulong Variables,
    int Continuation)
{
    /// <summary>The bit of exceptions that come from no work: of other calls, and of throw statements.</summary>
    public const ulong Other = 1UL << 63;

    /// <summary>The number of sites that have a bit.</summary>
    public const int SitesMax = 62;

    // More failures at once prove nothing that two do not: every way with fewer is followed too.
    private const int FailuresMax = 2;

    /// <summary>The work is done: it did not fail, or a later try succeeded.</summary>
    public Fact WithDone(ulong work)
    {
        var failed = Failed & ~work;
        return this with
        {
            Failed = failed,
            Swallowers = failed == 0 ? 0 : Swallowers,
            Pending = Pending & ~work,
            Orphans = Orphans & ~work,
        };
    }

    /// <summary>A catch ends normally: what it caught will not be heard of again.</summary>
    public Fact WithSwallowed(ulong caught, ulong swallower)
    {
        var failed = Raised & caught & ~Other;
        var fact = this with { Raised = Raised & ~(caught | Other) };
        return failed == 0 || CountOf(Failed | failed) > FailuresMax
            ? fact
            : fact with { Failed = Failed | failed, Swallowers = Swallowers | swallower };
    }

    private static int CountOf(ulong bits)
    {
        var count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            count++;
        }

        return count;
    }
}

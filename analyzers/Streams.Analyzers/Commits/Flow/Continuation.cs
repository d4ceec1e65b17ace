using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Where a finally goes on when it is through.</summary>
/// <param name="Branch">The branch that left the try; null where an exception did.</param>
/// <param name="Next">The index of the branch's next finally.</param>
/// <param name="Attempt">The try and finally that the exception left.</param>
/// <param name="Outer">What was to be gone on with before.</param>
internal readonly record struct Continuation(ControlFlowBranch? Branch, int Next, ControlFlowRegion? Attempt, int Outer);

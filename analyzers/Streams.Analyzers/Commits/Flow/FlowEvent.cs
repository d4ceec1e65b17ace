using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Something that happens in a block, in the order of evaluation.</summary>
/// <param name="Kind">What.</param>
/// <param name="Operation">Where.</param>
/// <param name="Site">The call.</param>
/// <param name="Bits">The work whose tasks are awaited or released.</param>
internal sealed record FlowEvent(FlowEventKind Kind, IOperation Operation, CallSite? Site = null, ulong Bits = 0);

using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Groups;

/// <summary>Time, chance and what runs work items: all a group needs of the machine, so that a test drives every interleaving from a seed.</summary>
/// <param name="Scheduler">Runs events, handlers and callbacks.</param>
/// <param name="Time">The clock of every timer.</param>
/// <param name="Chance">Jitter.</param>
internal sealed record GroupEnvironment(IWorkScheduler Scheduler, TimeProvider Time, Random Chance);

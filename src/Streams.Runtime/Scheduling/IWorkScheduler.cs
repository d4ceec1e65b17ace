namespace Streams.Runtime.Scheduling;

/// <summary>Runs work items, each once, some time after the call and never inside it. Injected, so that a test decides the order from a seed.</summary>
internal interface IWorkScheduler
{
    /// <summary>Queues a work item.</summary>
    void Schedule(IThreadPoolWorkItem work);
}

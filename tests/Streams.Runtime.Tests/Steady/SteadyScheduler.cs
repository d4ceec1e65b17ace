using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Tests.Steady;

/// <summary>Runs work items in order on the test's thread, without an allocation of its own.</summary>
internal sealed class SteadyScheduler : IWorkScheduler
{
    private readonly Queue<IThreadPoolWorkItem> _items = new(256);

    public void Schedule(IThreadPoolWorkItem work) => _items.Enqueue(work);

    public void Run()
    {
        while (_items.TryDequeue(out var work))
        {
            work.Execute();
        }
    }
}

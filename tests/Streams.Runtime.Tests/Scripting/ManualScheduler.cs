using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>Runs work items on the test's thread when it is told to, in order or in an order drawn from a seed.</summary>
internal sealed class ManualScheduler(int? seed = null) : IWorkScheduler
{
    private readonly Lock _gate = new();
    private readonly List<IThreadPoolWorkItem> _items = [];
    private readonly Random? _chance = seed is { } value ? new Random(value) : null;

    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    public void Schedule(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            _items.Add(work);
        }
    }

    public bool RunOne()
    {
        IThreadPoolWorkItem work;
        lock (_gate)
        {
            if (_items.Count == 0)
            {
                return false;
            }

            var index = _chance?.Next(_items.Count) ?? 0;
            work = _items[index];
            _items.RemoveAt(index);
        }

        work.Execute();
        return true;
    }

    public void Run()
    {
        for (var count = 0; RunOne(); count++)
        {
            Assert.True(count < 1_000_000, "The group never comes to rest.");
        }
    }
}

using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>What one process runs on the test's scheduler. After its death nothing of it runs any more.</summary>
internal sealed class ScriptedProcess(ManualScheduler scheduler) : IWorkScheduler
{
    public bool IsDead { get; private set; }

    public void Schedule(IThreadPoolWorkItem work) => scheduler.Schedule(new Guarded(this, work));

    public void Die() => IsDead = true;

    private sealed class Guarded(ScriptedProcess process, IThreadPoolWorkItem work) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (!process.IsDead)
            {
                work.Execute();
            }
        }
    }
}

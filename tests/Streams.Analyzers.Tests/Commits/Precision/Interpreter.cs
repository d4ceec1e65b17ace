namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>
/// Executes a body under every choice: each call fails or does not, each condition holds or does not, each narrow catch takes an
/// exception or does not. The state is that of a real execution, so what it finds can really happen.
/// </summary>
internal sealed class Interpreter
{
    private const int RunsMax = 20_000;
    private const int RoundsMax = 3;
    private const int StepsMax = 300;

    // In flight without work: the exception of an outcome, which is no failure to handle the message.
    private const int NoWork = -1;

    // The exception of a call that does no work itself. A catch that commits drops the message all the same.
    private const int OtherCall = -2;

    private readonly bool _isManual;
    private readonly Truth _truth = new();
    private readonly List<bool> _choices = [];
    private int _next;
    private Execution _run = new();

    private Interpreter(bool isManual) => _isManual = isManual;

    private enum End
    {
        Normal,
        Return,
        Break,
        Continue,
        Throw,
    }

    public static Truth Explore(Block body, bool isManual)
    {
        var interpreter = new Interpreter(isManual);
        for (var runs = 0; ; runs++)
        {
            if (runs == RunsMax)
            {
                interpreter._truth.IsTooLarge = true;
                break;
            }

            interpreter._next = 0;
            interpreter._run = new Execution();
            interpreter.RunOnce(body);
            if (!interpreter.Advance())
            {
                break;
            }
        }

        return interpreter._truth;
    }

    // The next choices in the order of counting: the last one that was "no" becomes "yes".
    private bool Advance()
    {
        _choices.RemoveRange(_next, _choices.Count - _next);
        while (_choices.Count > 0 && _choices[^1])
        {
            _choices.RemoveAt(_choices.Count - 1);
        }

        if (_choices.Count == 0)
        {
            return false;
        }

        _choices[^1] = true;
        return true;
    }

    private bool Choose()
    {
        if (_next == _choices.Count)
        {
            _choices.Add(false);
        }

        return _choices[_next++];
    }

    private void RunOnce(Block body)
    {
        var end = Execute(body);
        if (_run.IsCut || end == End.Throw)
        {
            return;
        }

        if (_isManual)
        {
            _truth.CanBeStuck |= !_run.IsCommitted && !_run.IsDecided;
        }
        else if (!_run.IsDecided)
        {
            _truth.CanBeLost |= _run.Failed.Count > 0 || _run.Pending.Exists(task => task.IsKept);
            _truth.CanOvertakeDroppedWork |= _run.Pending.Exists(task => !task.IsKept);
        }
    }

    private End Execute(Statement statement)
    {
        if (++_run.Steps > StepsMax)
        {
            _run.IsCut = true;
        }

        if (_run.IsCut)
        {
            return End.Return;
        }

        switch (statement)
        {
            case Block block:
                foreach (var inner in block.Statements)
                {
                    if (Execute(inner) is not End.Normal and var end)
                    {
                        return end;
                    }
                }

                return End.Normal;
            case Work work:
                return ExecuteWork(work);
            case AwaitKept kept:
                return ExecuteAwait(kept);
            case Commit commit:
                return ExecuteCommit(commit);
            case Skip:
                return ExecuteSkip();
            case Other:
                return Choose() ? Throw(OtherCall) : End.Normal;
            case SetFlag flag:
                _run.Flag = flag.Value;
                return End.Normal;
            case If choice:
                return Choose() ? Execute(choice.Then) : choice.Else is { } other ? Execute(other) : End.Normal;
            case IfFlag asked:
                return _run.Flag == asked.Expected ? Execute(asked.Then) : End.Normal;
            case Loop loop:
                return ExecuteLoop(loop);
            case Try attempt:
                return ExecuteTry(attempt);
            case Leave leave:
                return leave.Form switch
                {
                    LeaveForm.Return => End.Return,
                    LeaveForm.Break => End.Break,
                    LeaveForm.Continue => End.Continue,
                    _ => Throw(_run.Caught.Peek()),
                };
            default:
                throw new InvalidOperationException($"There is no meaning of {statement}.");
        }
    }

    private End Throw(int site)
    {
        _run.Thrown = site;
        return End.Throw;
    }

    private End ExecuteWork(Work work)
    {
        if (_run is { IsCommitted: true, IsDecided: false })
        {
            _truth.CanBeLost = true;
            _truth.LosingCommits.UnionWith(_run.Commits);
        }

        switch (work.Form)
        {
            case WorkForm.Kept:
                var task = new Started(work.Id, IsKept: true);
                _run.Slots[work.Slot] = task;
                _run.Pending.Add(task);
                return End.Normal;
            case WorkForm.Dropped:
                _run.Pending.Add(new Started(work.Id, IsKept: false));
                return End.Normal;
            case WorkForm.Quiet when Choose():
                _run.Failed.Add(work.Id);
                return End.Normal;
            default:
                if (work.Form != WorkForm.Quiet && Choose())
                {
                    return Throw(work.Id);
                }

                _run.Failed.Remove(work.Id);
                MakeGood(work.Form is WorkForm.Awaited or WorkForm.Quiet);
                return End.Normal;
        }
    }

    private End ExecuteAwait(AwaitKept kept)
    {
        if (_run.Slots[kept.Slot] is not { } task || !_run.Pending.Remove(task))
        {
            return End.Normal;
        }

        if (Choose())
        {
            return Throw(task.Site);
        }

        _run.Failed.Remove(task.Site);
        MakeGood(true);
        return End.Normal;
    }

    // Awaited work that succeeds in a catch makes good what was caught there.
    private void MakeGood(bool isAwaited)
    {
        if (isAwaited && _run.Caught.Count > 0)
        {
            _run.Caught.Pop();
            _run.Caught.Push(NoWork);
        }
    }

    private End ExecuteCommit(Commit commit)
    {
        if (commit.Form != CommitForm.Dropped && Choose())
        {
            return Throw(NoWork);
        }

        if (!_run.IsDecided)
        {
            var isBad = _run.Failed.Count > 0 || _run.Caught.Any(site => site != NoWork) || _run.Finishing.Any(site => site != NoWork)
                || _run.Pending.Exists(task => task.IsKept);
            if (isBad)
            {
                _truth.LosingCommits.Add(commit.Id);
            }

            _truth.CanBeLost |= isBad;
            _truth.CanOvertakeDroppedWork |= _run.Pending.Exists(task => !task.IsKept);
        }

        _run.IsCommitted = true;
        _run.Commits.Add(commit.Id);
        return End.Normal;
    }

    private End ExecuteSkip()
    {
        if (Choose())
        {
            return Throw(NoWork);
        }

        _run.IsDecided = true;
        return End.Normal;
    }

    private End ExecuteLoop(Loop loop)
    {
        for (var round = 0; ; round++)
        {
            if (loop.Form == LoopForm.Counted ? round == 2 : loop.Form == LoopForm.While && !Choose())
            {
                return End.Normal;
            }

            if (round == RoundsMax)
            {
                // Further rounds show nothing new: an execution that goes on belongs to a shorter one.
                _run.IsCut = true;
                return End.Return;
            }

            switch (Execute(loop.Body))
            {
                case End.Break:
                    return End.Normal;
                case End.Return:
                    return End.Return;
                case End.Throw:
                    return End.Throw;
                default:
                    break;
            }
        }
    }

    private End ExecuteTry(Try attempt)
    {
        var end = Execute(attempt.Body);
        if (end == End.Throw && attempt.Catch is { } handler && (attempt.Form == CatchForm.General || Choose()))
        {
            _run.Caught.Push(_run.Thrown);
            end = Execute(handler);
            var caught = _run.Caught.Pop();
            if (caught >= 0 && end != End.Throw)
            {
                _run.Failed.Add(caught);
            }
            else if (caught >= 0 && _run.Thrown < 0)
            {
                // What goes on in its place stands for the work that failed.
                _run.Thrown = caught;
            }
        }

        if (attempt.Finally is not { } last || _run.IsCut)
        {
            return end;
        }

        var thrown = _run.Thrown;
        _run.Finishing.Push(end == End.Throw ? thrown : NoWork);
        var lastEnd = Execute(last);
        _run.Finishing.Pop();
        if (lastEnd == End.Throw)
        {
            _run.Thrown = end == End.Throw && thrown >= 0 ? thrown : _run.Thrown;
            return End.Throw;
        }

        if (lastEnd != End.Normal)
        {
            return lastEnd;
        }

        _run.Thrown = thrown;
        return end;
    }

    private sealed record Started(int Site, bool IsKept);

    private sealed class Execution
    {
        public HashSet<int> Failed { get; } = [];

        public List<Started> Pending { get; } = [];

        public Started?[] Slots { get; } = new Started?[2];

        public HashSet<int> Commits { get; } = [];

        /// <summary>Whose exception each catch in progress has caught.</summary>
        public Stack<int> Caught { get; } = new();

        /// <summary>Whose exception each finally in progress interrupts.</summary>
        public Stack<int> Finishing { get; } = new();

        public bool IsCommitted { get; set; }

        public bool IsDecided { get; set; }

        public bool Flag { get; set; }

        public int Thrown { get; set; }

        public int Steps { get; set; }

        public bool IsCut { get; set; }
    }
}

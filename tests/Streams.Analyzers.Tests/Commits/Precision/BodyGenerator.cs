namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>Generates bodies from a seed: the same seed gives the same body.</summary>
internal sealed class BodyGenerator(int seed, bool isManual)
{
    private const int DepthMax = 3;
    private const int SlotCount = 2;

    private readonly Random _random = new(seed);
    private int _budget = 11;
    private int _works;
    private int _commits;

    public Block Generate() => GenerateBlock(new Place(0, false, false, true), minimum: 1);

    private Block GenerateBlock(Place place, int minimum = 0)
    {
        var count = _random.Next(minimum, 4);
        var statements = new List<Statement>();
        for (var index = 0; index < count && _budget > 0; index++)
        {
            _budget--;
            statements.Add(GenerateStatement(place));
            if (statements[^1] is Leave)
            {
                break;
            }
        }

        return new Block(statements);
    }

    private Statement GenerateStatement(Place place)
    {
        var roll = _random.Next(100);
        return roll switch
        {
            < 18 => new Work(_works++, WorkForm.Awaited, 0),
            < 20 => new Work(_works++, WorkForm.Quiet, 0),
            < 24 => new Work(_works++, WorkForm.Synchronous, 0),
            < 30 => new Work(_works++, WorkForm.Kept, _random.Next(SlotCount)),
            < 32 => new Work(_works++, WorkForm.Dropped, 0),
            < 38 => new AwaitKept(_random.Next(SlotCount)),
            < 54 when isManual => new Commit(_commits++, _random.Next(10) switch
            {
                0 => CommitForm.Dropped,
                1 => CommitForm.Helped,
                _ => CommitForm.Awaited,
            }),
            < 58 => new Skip(),
            < 60 => new Other(),
            < 63 => new SetFlag(_random.Next(4) > 0),
            < 67 when place.Depth < DepthMax => new IfFlag(_random.Next(3) > 0, GenerateBlock(place.Deeper(), 1)),
            < 75 when place.Depth < DepthMax
                => new If(GenerateBlock(place.Deeper(), 1), _random.Next(3) == 0 ? GenerateBlock(place.Deeper(), 1) : null),
            < 81 when place.Depth < DepthMax
                => new Loop((LoopForm)_random.Next(3), GenerateBlock(place.Deeper() with { IsInLoop = true }, 1)),
            < 94 when place.Depth < DepthMax => GenerateTry(place.Deeper()),
            _ => GenerateLeave(place),
        };
    }

    private Try GenerateTry(Place place)
    {
        var form = (CatchForm)_random.Next(4);
        var body = GenerateBlock(place, 1);
        var handler = form == CatchForm.None ? null : GenerateBlock(place with { IsInCatch = true });
        var last = form == CatchForm.None || _random.Next(4) == 0
            ? GenerateBlock(place with { IsInCatch = false, IsInLoop = false, CanReturn = false })
            : null;
        return new Try(body, form, handler, last);
    }

    private Statement GenerateLeave(Place place) => _random.Next(4) switch
    {
        0 when place.IsInLoop => new Leave(LeaveForm.Break),
        1 when place.IsInLoop => new Leave(LeaveForm.Continue),
        2 or 3 when place.IsInCatch => new Leave(LeaveForm.Rethrow),
        _ when place.CanReturn => new Leave(LeaveForm.Return),
        _ => new Other(),
    };

    // What may stand at a point: C# lets no return out of a finally, and no rethrow out of one inside a catch.
    private readonly record struct Place(int Depth, bool IsInLoop, bool IsInCatch, bool CanReturn)
    {
        public Place Deeper() => this with { Depth = Depth + 1 };
    }
}

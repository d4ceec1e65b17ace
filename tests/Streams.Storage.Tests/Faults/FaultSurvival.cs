namespace Streams.Storage.Tests.Faults;

/// <summary>What a crash does to that which was not synced.</summary>
internal sealed class FaultSurvival
{
    private readonly Random? _random;
    private readonly bool _keepsAll;

    private FaultSurvival(bool keepsAll, Random? random)
    {
        _keepsAll = keepsAll;
        _random = random;
    }

    private enum Fate
    {
        Nothing,
        All,
        Beginning,
        Some,
    }

    /// <summary>Gets the power cut that leaves what was synced and nothing else.</summary>
    public static FaultSurvival Nothing { get; } = new(false, null);

    /// <summary>Gets the crash of the process only: the operating system keeps everything.</summary>
    public static FaultSurvival Everything { get; } = new(true, null);

    /// <summary>A power cut after which each unsynced change is there, or not, or in part, in any order.</summary>
    public static FaultSurvival Some(int seed) => new(false, new(seed));

    /// <summary>Decides which changes of one file or directory survive.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> changes)
    {
        if (_random is null)
        {
            return _keepsAll ? changes : [];
        }

        var fate = (Fate)_random.Next(4);
        return fate switch
        {
            Fate.Nothing => [],
            Fate.All => changes,
            Fate.Beginning => changes.Take(_random.Next(changes.Count + 1)),
            _ => [.. changes.Where(_ => _random.Next(2) == 0)],
        };
    }

    /// <summary>Returns what is left of a write that reached the disk: all of it, its beginning, zeros, or a mixture with garbage.</summary>
    public byte[] Tear(byte[] bytes)
    {
        switch (_random?.Next(6))
        {
            case 0:
                return bytes[.._random.Next(bytes.Length + 1)];
            case 1:
                return new byte[bytes.Length];
            case 2:
                var torn = (byte[])bytes.Clone();
                _random.NextBytes(torn.AsSpan(_random.Next(bytes.Length)));
                return torn;
            default:
                return bytes;
        }
    }
}

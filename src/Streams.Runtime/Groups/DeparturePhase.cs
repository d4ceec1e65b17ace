namespace Streams.Runtime.Groups;

/// <summary>How far a departure is.</summary>
internal enum DeparturePhase
{
    /// <summary>Handlers run on inside the drain budget. Next: none left -> Committing; budget over -> Cancelled.</summary>
    Draining,

    /// <summary>The tokens of the handlers left are cancelled. Next: none left, or the grace is over -> Committing.</summary>
    Cancelled,

    /// <summary>Fenced; the final commit is under way. Next: answered, or its time is over -> Departed.</summary>
    Committing,

    /// <summary>Done.</summary>
    Departed,
}

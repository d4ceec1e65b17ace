namespace QuakeDesk.Messages;

/// <summary>What a handler made of one event. Its topic is compacted, so that the last result of each quake is the table.</summary>
public interface IResult
{
    /// <summary>Gets the quake: the key of the record.</summary>
    string QuakeId { get; }

    /// <summary>Gets the revision it was made of.</summary>
    int Revision { get; }
}

namespace Streams;

/// <summary>Where reading ends.</summary>
public enum ReadUntil
{
    /// <summary>At the end as it stands when reading begins.</summary>
    End,

    /// <summary>Never: it waits for new records until it is cancelled.</summary>
    Forever,
}

namespace Streams;

/// <summary>Where a group begins on a partition without a committed offset.</summary>
public enum StartFrom
{
    /// <summary>At the first record there is: nothing is skipped. The default.</summary>
    Earliest,

    /// <summary>At the end, which is committed at once.</summary>
    Latest,

    /// <summary>Nowhere: the partition stops with an error.</summary>
    Fail,
}

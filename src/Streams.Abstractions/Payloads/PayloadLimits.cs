using System.ComponentModel;

namespace Streams;

/// <summary>The bounds of generated readers and writers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadLimits
{
    /// <summary>How deep objects and collections may be nested: the bound of MessagePack's preset for untrusted data; 500 levels fit any thread's stack.</summary>
    public const int DepthMax = 500;

    /// <summary>How many bytes a collection reserves on the word of a header alone; beyond that it grows with what really arrives.</summary>
    public const int ReservedBytesMax = 4096;
}

namespace Streams.Storage.Files;

/// <summary>How a file is opened.</summary>
internal enum FileOpening
{
    /// <summary>It must exist and is only read.</summary>
    Read,

    /// <summary>It must exist; it is read and written.</summary>
    ReadWrite,

    /// <summary>It is created, or emptied where it exists; it is read and written.</summary>
    Create,
}

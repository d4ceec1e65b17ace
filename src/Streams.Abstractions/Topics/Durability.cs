namespace Streams;

/// <summary>How safe a record is once it is acknowledged, and therefore before any consumer sees it.</summary>
public enum Durability
{
    /// <summary>In this process's memory: lost when the process ends. The default of a broker in memory.</summary>
    Memory,

    /// <summary>With the operating system: survives a crash of the process, not of the machine.</summary>
    PageCache,

    /// <summary>On disk: acknowledged after an fdatasync shared by all who wait (group commit). The default of a broker on disk.</summary>
    Fsync,

    /// <summary>On disk, with an fdatasync of its own for each append.</summary>
    FsyncEach,
}

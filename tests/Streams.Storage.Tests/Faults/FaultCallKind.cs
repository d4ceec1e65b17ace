namespace Streams.Storage.Tests.Faults;

internal enum FaultCallKind
{
    CreateDirectory,
    CreateFile,
    Write,
    Truncate,
    Sync,
    Move,
    DeleteFile,
    DeleteDirectory,
    SyncDirectory,
}

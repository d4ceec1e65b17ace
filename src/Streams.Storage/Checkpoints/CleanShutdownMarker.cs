using System.Text;
using Streams.Storage.Files;

namespace Streams.Storage.Checkpoints;

/// <summary>Kafka's <c>.kafka_cleanshutdown</c>: there only while nobody has the directory open and the last owner wrote everything.</summary>
internal static class CleanShutdownMarker
{
    private const string Name = ".kafka_cleanshutdown";

    /// <summary>Takes the marker away, durably, before anything else is changed; returns whether it was there.</summary>
    public static bool Take(IFileSystem files, string directory)
    {
        var path = FilePath.Join(directory, Name);
        if (!files.FileExists(path))
        {
            return false;
        }

        files.DeleteFile(path);
        files.SyncDirectory(directory);
        return true;
    }

    /// <summary>Sets the marker, as the last thing.</summary>
    public static void Set(IFileSystem files, string directory)
        => AtomicFile.Write(files, FilePath.Join(directory, Name), Encoding.UTF8.GetBytes("{\"version\":0,\"brokerEpoch\":-1}"));
}

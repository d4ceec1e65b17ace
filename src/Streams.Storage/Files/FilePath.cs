namespace Streams.Storage.Files;

/// <summary>Paths as text; the file systems of the seam share the separator of the platform.</summary>
internal static class FilePath
{
    /// <summary>Gets what stands between a directory and a name.</summary>
    public static char Separator => Path.DirectorySeparatorChar;

    /// <summary>Joins a directory and a name in it.</summary>
    public static string Join(string directory, string name) => Path.Join(directory, name);

    /// <summary>Returns the directory that holds a path; "." where the path names none.</summary>
    public static string Parent(string path) => Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";

    /// <summary>Returns the last name of a path.</summary>
    public static string Name(string path) => Path.GetFileName(path);
}

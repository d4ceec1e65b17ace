using System.IO.Compression;
using System.Text.Json;

namespace Streams.Protocol.Tests.Golden;

/// <summary>Reads the lines of a golden file.</summary>
internal static class GoldenFile
{
    public static IReadOnlyList<JsonElement> Read(string name)
    {
        using var file = typeof(GoldenFile).Assembly.GetManifestResourceStream(name + ".jsonl.gz")
            ?? throw new InvalidOperationException($"The golden file '{name}' is not part of the tests.");
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var elements = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
        {
            elements.Add(JsonDocument.Parse(line).RootElement);
        }

        return elements;
    }

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    public static byte[]? NullableHex(this JsonElement element, string name)
        => element.GetProperty(name).GetString() is { } hex ? Convert.FromHexString(hex) : null;

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    /// <summary>A number that the version at hand may not have.</summary>
    public static long Number(this JsonElement element, string name, long otherwise)
        => element.TryGetProperty(name, out var value) ? value.GetInt64() : otherwise;
}

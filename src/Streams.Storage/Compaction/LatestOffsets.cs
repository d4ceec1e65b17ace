using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Streams.Storage.Compaction;

/// <summary>
/// The last offset of each key, by 128 bits of the key's SHA-256: two keys that share them would cost the record of one, so the hash must be one
/// for which nobody can make such keys (Kafka's MD5 is not). Not thread-safe.
/// </summary>
internal sealed class LatestOffsets(int keysMax)
{
    private readonly Dictionary<UInt128, long> _offsets = [];

    /// <summary>Gets how many keys it holds.</summary>
    public int Count => _offsets.Count;

    /// <summary>Takes a record; <see langword="false"/> where the key is new and there is no room for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> key, long offset)
    {
        var hash = Hash(key);
        if (_offsets.Count >= keysMax && !_offsets.ContainsKey(hash))
        {
            return false;
        }

        _offsets[hash] = offset;
        return true;
    }

    /// <summary>Whether no later record has this key, as far as this map goes.</summary>
    public bool IsLatest(ReadOnlySpan<byte> key, long offset) => !_offsets.TryGetValue(Hash(key), out var latest) || latest <= offset;

    private static UInt128 Hash(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}

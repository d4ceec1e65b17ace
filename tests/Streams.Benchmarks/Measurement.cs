using System.Diagnostics;
using System.Globalization;

namespace Streams.Benchmarks;

/// <summary>Time, processor time and allocated bytes of the whole process between two moments.</summary>
internal sealed class Measurement
{
    private readonly AllocationProfile? _allocations = AllocationProfile.Begin();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processor = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly int _collections = GC.CollectionCount(0);

    /// <summary>Gets the time since it began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Prints what it took.</summary>
    public void Print(string what, long count, long bytesEach = 0)
    {
        var seconds = Elapsed.TotalSeconds;
        var processor = (Process.GetCurrentProcess().TotalProcessorTime - _processor).TotalSeconds;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        var bytes = bytesEach == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count * bytesEach / seconds / 1e6:N0} MB/s");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {count / seconds:N0}/s{bytes} ({count:N0} in {seconds:F1} s), {processor:F1} CPU s, "
            + $"{processor / count * 1e9:N0} ns CPU each, {(double)allocated / count:F1} B allocated each, "
            + $"{GC.CollectionCount(0) - _collections} collections"));
        _allocations?.Print(count);
        _allocations?.Dispose();
    }
}

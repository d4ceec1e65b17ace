using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>What <c>.editorconfig</c> says to the commit rules. Lists are separated by commas; a method is named as <c>Name</c> or <c>Type.Name</c>.</summary>
internal sealed class CommitOptions(AnalyzerConfigOptions options)
{
    private const int DepthDefault = 2;
    private const int BlocksMaxDefault = 2_000;
    private const int LongestWaitSecondsDefault = 30;

    /// <summary>How many calls deep helpers are followed.</summary>
    public int FlowDepth { get; } = Number(options, "streams_flow_depth", DepthDefault);

    /// <summary>The size of a control flow graph beyond which nothing is analysed.</summary>
    public int FlowBlocksMax { get; } = Number(options, "streams_flow_max_blocks", BlocksMaxDefault);

    /// <summary>Whether calls are taken to throw.</summary>
    public bool ExceptionPaths { get; } = Text(options, "streams_exception_paths") != "false";

    /// <summary>The wait from which a constant delay is too long, in seconds.</summary>
    public int LongestWaitSeconds { get; } = Number(options, "streams_longest_wait", LongestWaitSecondsDefault);

    /// <summary>Further methods that do the work of a handler.</summary>
    public IReadOnlyCollection<string> WorkMethods { get; } = List(options, "streams_work_methods");

    /// <summary>Further methods that hand a message to the background.</summary>
    public IReadOnlyCollection<string> HandoffMethods { get; } = List(options, "streams_handoff_methods");

    /// <summary>Further methods that put a failed message aside.</summary>
    public IReadOnlyCollection<string> DeadLetterMethods { get; } = List(options, "streams_dead_letter_methods");

    /// <summary>Exceptions after which a message may be dropped.</summary>
    public IReadOnlyCollection<string> PermanentExceptions { get; } = List(options, "streams_permanent_exceptions");

    private static string? Text(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out var value) ? value.Trim() : null;

    private static int Number(AnalyzerConfigOptions options, string key, int standard)
        => int.TryParse(Text(options, key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : standard;

    private static HashSet<string> List(AnalyzerConfigOptions options, string key)
        => new((Text(options, key) ?? "").Split(',').Select(item => item.Trim()).Where(item => item.Length > 0), StringComparer.Ordinal);
}

namespace Streams.Runtime.Tests.Scripting;

/// <summary>One partition of a scripted transport: records, gaps and ends as the test says.</summary>
internal sealed class ScriptedPartition
{
    public List<ScriptedRecord> Records { get; } = [];

    public long Start { get; set; }

    public long End { get; set; }

    public void Add(ScriptedRecord record)
    {
        Records.Add(record);
        End = record.Offset + 1;
    }
}

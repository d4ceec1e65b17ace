using Streams;

namespace QuakeDesk.Messages;

/// <summary>What the survey published about an earthquake: its first report (revision 0) or a revision of it.</summary>
/// <param name="QuakeId">The quake, such as <c>us1000chhc</c>; everything about one quake stays in order.</param>
/// <param name="Revision">0 for the first report, more for what followed.</param>
/// <param name="PublishedAt">When this was published; also the record's timestamp.</param>
/// <param name="Time">When the earth shook.</param>
/// <param name="Magnitude">How much.</param>
/// <param name="Place">Where, such as <c>22km NNE of Hualian, Taiwan</c>.</param>
/// <param name="Status">Reported, automatic or reviewed.</param>
[Message("quakes", Ordered = true, Retention = "36500d")]   // the week is of 2018: seven days, the default, are long over
public sealed partial record QuakeEvent(
    [PartitionKey] string QuakeId,
    int Revision,
    DateTimeOffset PublishedAt,
    DateTimeOffset Time,
    decimal Magnitude,
    string Place,
    string Status);

using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk.Handlers;

/// <summary>Tells regions their quakes. Auto: offsets are committed every few seconds, so a crash repeats what was handled since.</summary>
[ConsumerGroup("regions")]
public sealed class Regions
{
    /// <summary>Returns what the quake adds to the statistics of its region.</summary>
    public RegionShare Handle(QuakeEvent quake) => new(quake.QuakeId, quake.Revision, RegionOf(quake.Place), quake.Magnitude);

    // "4km W of Castaic, CA" is in California; "Banda Sea" is a region by itself.
    private static string RegionOf(string place) => place.Split(", ")[^1] switch
    {
        "CA" => "California",
        "MX" => "Mexico",
        var region => region,
    };
}

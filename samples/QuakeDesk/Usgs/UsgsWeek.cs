namespace QuakeDesk.Usgs;

/// <summary>A week of earthquakes as the U.S. Geological Survey publishes it (GeoJSON); only what is used here.</summary>
internal sealed record UsgsWeek(UsgsWeek.Feature[] Features)
{
    internal sealed record Feature(string Id, Properties Properties);

    /// <param name="Mag">The magnitude.</param>
    /// <param name="Place">The place in words.</param>
    /// <param name="Time">When it shook, in milliseconds since 1970.</param>
    /// <param name="Updated">When this was last revised, in milliseconds since 1970.</param>
    /// <param name="Status">Automatic or reviewed.</param>
    internal sealed record Properties(decimal Mag, string Place, long Time, long Updated, string Status);
}

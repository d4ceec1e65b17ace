namespace Streams.Hosting.Configuration;

/// <summary>
/// Every setting of the section <c>Streams</c>, written out because nothing here uses reflection. A test compares the tables with the options
/// classes, so that a new option cannot be forgotten.
/// </summary>
internal static class SettingTables
{
    public static readonly IReadOnlyList<Setting> Root =
    [
        new(nameof(StreamsOptions.ShutdownDrain), SettingKinds.Duration),
    ];

    public static readonly IReadOnlyList<Setting> Broker =
    [
        new(nameof(EmbeddedBrokerOptions.Data), SettingKinds.Text),
        new(nameof(EmbeddedBrokerOptions.Durability), SettingKinds.Choice<Durability>),
    ];

    public static readonly IReadOnlyList<Setting> Producer =
    [
        new(nameof(ProducerOptions.Acks), SettingKinds.Choice<Acks>),
        new(nameof(ProducerOptions.Idempotence), SettingKinds.Switch),
        new(nameof(ProducerOptions.Linger), SettingKinds.Duration),
        new(nameof(ProducerOptions.BatchBytesMax), SettingKinds.Int32),
        new(nameof(ProducerOptions.BufferBytesMax), SettingKinds.Int64),
        new(nameof(ProducerOptions.DeliveryTimeout), SettingKinds.Duration),
        new(nameof(ProducerOptions.Compression), SettingKinds.Text),
    ];

    public static readonly IReadOnlyList<Setting> Topic =
    [
        new(nameof(TopicOptions.Durability), SettingKinds.Choice<Durability>),
        new(nameof(TopicOptions.Retention), SettingKinds.Duration),
        new(nameof(TopicOptions.RetentionBytes), SettingKinds.Int64),
        new(nameof(TopicOptions.SegmentBytes), SettingKinds.Int32),
    ];

    public static readonly IReadOnlyList<Setting> Group =
    [
        new(nameof(GroupOptions.Enabled), SettingKinds.Switch),
        new(nameof(GroupOptions.Concurrency), SettingKinds.Int32),
        new(nameof(GroupOptions.CommitInterval), SettingKinds.Duration),
        new(nameof(GroupOptions.CommitEvery), SettingKinds.Int32),
        new(nameof(GroupOptions.StartFrom), SettingKinds.Text),
        new(nameof(GroupOptions.InFlightMax), SettingKinds.Int32),
        new(nameof(GroupOptions.SessionTimeout), SettingKinds.Duration),
        new(nameof(GroupOptions.HeartbeatInterval), SettingKinds.Duration),
        new(nameof(GroupOptions.RebalanceTimeout), SettingKinds.Duration),
        new(nameof(GroupOptions.RevocationDrain), SettingKinds.Duration),
        new(nameof(GroupOptions.InstanceId), SettingKinds.Text),
    ];

    /// <summary>The parts of the section that hold settings themselves.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Setting>> Parts =
        new Dictionary<string, IReadOnlyList<Setting>>(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(StreamsOptions.Broker)] = Broker,
            [nameof(StreamsOptions.Producer)] = Producer,
        };

    /// <summary>The parts of the section that hold named entries, which hold settings.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Setting>> NamedParts =
        new Dictionary<string, IReadOnlyList<Setting>>(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(StreamsOptions.Topics)] = Topic,
            [nameof(StreamsOptions.Groups)] = Group,
        };
}

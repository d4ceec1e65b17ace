using Streams.Storage;

namespace Streams.Broker.Topics;

/// <summary>A setting of a topic.</summary>
/// <param name="Name">Kafka's name of it.</param>
/// <param name="Bound">Which values it takes, for error texts.</param>
/// <param name="Apply">Puts a value into effect; <see langword="null"/> refuses it.</param>
internal sealed record TopicSetting(string Name, string Bound, Func<LogOptions, string, LogOptions?> Apply);

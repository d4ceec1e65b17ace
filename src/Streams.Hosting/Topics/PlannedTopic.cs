namespace Streams.Hosting.Topics;

/// <summary>A topic as this host's messages declare it and its configuration overrides it.</summary>
/// <param name="Name">The real name.</param>
/// <param name="Partitions">The count asked for, or <see langword="null"/> where any will do.</param>
/// <param name="Messages">The names of the message types, for errors.</param>
/// <param name="Declared">What the attributes ask for, by Kafka's names: taken when the topic is created.</param>
/// <param name="Overrides">What configuration asks for, by Kafka's names: holds for a topic that exists as well.</param>
internal sealed record PlannedTopic(
    string Name,
    int? Partitions,
    string Messages,
    IReadOnlyDictionary<string, string> Declared,
    IReadOnlyDictionary<string, string> Overrides);

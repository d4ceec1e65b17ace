namespace Streams.Shared.Messages;

/// <summary>A message with the plain types inside it.</summary>
internal sealed record MessageReading(MessageModel Message, EquatableArray<PlainTypeModel> PlainTypes);

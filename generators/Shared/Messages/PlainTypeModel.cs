namespace Streams.Shared.Messages;

/// <summary>A type inside messages that is no message itself: it gets a codec class beside it.</summary>
/// <param name="CodecName">The codec's simple name.</param>
/// <param name="DisplayName">The type for people.</param>
/// <param name="Payload">What is written.</param>
internal sealed record PlainTypeModel(string CodecName, string DisplayName, PayloadModel Payload);

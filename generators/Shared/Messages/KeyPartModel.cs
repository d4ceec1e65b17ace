namespace Streams.Shared.Messages;

/// <summary>One member of the key.</summary>
/// <param name="Name">The member.</param>
/// <param name="Unwrap">The one member of its wrapper type, or null.</param>
/// <param name="IsNullableWrapper">Whether the wrapper itself may be null.</param>
/// <param name="Form">What it becomes when it is the whole key.</param>
/// <param name="IntegerType">The integer it is converted to.</param>
/// <param name="IsOptional">Whether it may be null; then the message has no key.</param>
/// <param name="Wire">How it stands in a composite key.</param>
internal sealed record KeyPartModel(
    string Name,
    string? Unwrap,
    bool IsNullableWrapper,
    KeyForm Form,
    string IntegerType,
    bool IsOptional,
    ScalarWire Wire);

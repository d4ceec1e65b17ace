namespace Streams.Shared;

/// <summary>The ids of what readers of messages and handlers find. Written out, never computed, never reused.</summary>
internal static class DiagnosticIds
{
    public const string AsyncVoidHandler = "STRM0101";
    public const string WrongHandlerSignature = "STRM0102";
    public const string DuplicateHandler = "STRM0104";
    public const string UnreachableHandler = "STRM0105";
    public const string HandlerCannotBeConstructed = "STRM0108";
    public const string MissingPartial = "STRM0201";
    public const string NoPartitionKey = "STRM0203";
    public const string UnstableKey = "STRM0204";
    public const string NullableKey = "STRM0205";
    public const string UnsupportedMember = "STRM0207";
    public const string BadFieldIndex = "STRM0208";
    public const string OpenGenericMessage = "STRM0209";
    public const string LossyDeserialization = "STRM0210";
    public const string FaultyUnion = "STRM0211";
    public const string InaccessibleMessage = "STRM0212";
    public const string UnusablePartitioner = "STRM0213";
    public const string InvalidName = "STRM0401";
    public const string InvalidDuration = "STRM0405";
    public const string UnsuitableProject = "STRM0406";
}

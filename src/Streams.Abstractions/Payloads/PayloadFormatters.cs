using System.ComponentModel;
using MessagePack;

namespace Streams;

/// <summary>What a <c>[MessagePackFormatter]</c> is called with. Only generated code for such a member touches it: the package's own options use reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadFormatters
{
    /// <summary>Gets the standard options with the security for untrusted data.</summary>
    public static MessagePackSerializerOptions Options { get; } =
        MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);
}

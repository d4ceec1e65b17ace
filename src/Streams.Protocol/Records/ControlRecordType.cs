namespace Streams.Protocol.Records;

/// <summary>What a control batch says; types that are not named here are to be ignored.</summary>
internal enum ControlRecordType : short
{
    Abort = 0,
    Commit = 1,
}

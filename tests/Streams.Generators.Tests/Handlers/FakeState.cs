namespace Streams.Generators.Tests.Handlers;

/// <summary>A record to call handlers for.</summary>
internal sealed class FakeState : MessageContextState
{
    public override int Version => 1;

    public override string Topic => "topic";

    public override int Partition => 3;

    public override long Offset => 4;

    public override long TimestampMilliseconds => 5;

    public override ReadOnlyMemory<byte> Key => default;

    public override bool HasKey => false;

    public override RecordHeaders Headers { get; } = [];

    public override string GroupId => "group";

    public override int Attempt => 1;

    public override void Ack(int version) => throw new NotSupportedException();

    public override ValueTask CommitAsync(int version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask SkipAsync(int version, string reason) => throw new NotSupportedException();
}

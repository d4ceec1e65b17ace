using Streams.Storage.Files;

namespace Streams.Storage.Tests.Files;

public sealed class FileErrorsTests
{
    [Theory]
    [InlineData(28, StreamsErrorCode.DiskFull)]
    [InlineData(unchecked((int)0x80070070), StreamsErrorCode.DiskFull)]
    [InlineData(unchecked((int)0x80070027), StreamsErrorCode.DiskFull)]
    [InlineData(30, StreamsErrorCode.ReadOnlyDirectory)]
    [InlineData(13, StreamsErrorCode.ReadOnlyDirectory)]
    [InlineData(1, StreamsErrorCode.ReadOnlyDirectory)]
    [InlineData(unchecked((int)0x80070013), StreamsErrorCode.ReadOnlyDirectory)]
    [InlineData(5, StreamsErrorCode.StorageFailed)]
    [InlineData(24, StreamsErrorCode.StorageFailed)]
    public void FromError_OfEachKind_NamesItAndThePath(int error, StreamsErrorCode expected)
    {
        var found = FileErrors.FromError("write 5 bytes to", "/data/a", error, "what the system says.");

        Assert.Equal(expected, found.Code);
        Assert.StartsWith("Cannot write 5 bytes to '/data/a'", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_OfFrameworkExceptions_KeepsThemAsCause()
    {
        var cause = new UnauthorizedAccessException("no");

        var found = FileErrors.From("open", "/data/a", cause);

        Assert.Equal(StreamsErrorCode.ReadOnlyDirectory, found.Code);
        Assert.Same(cause, found.InnerException);
        Assert.Same(found, FileErrors.From("open", "/data/a", found));
    }
}

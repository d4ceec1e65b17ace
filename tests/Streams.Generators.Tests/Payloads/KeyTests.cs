namespace Streams.Generators.Tests.Payloads;

/// <summary>Key bytes are a promise to every producer of a topic, so they are spelled out here.</summary>
public sealed class KeyTests
{
    [Fact]
    public void WriteKey_OfEveryStableType_WritesTheDefinedBytes()
    {
        Assert.Equal("61c3a9", Keys.Of(new TextKeyed("aé")));
        Assert.Equal("", Keys.Of(new TextKeyed("")));
        Assert.Equal("30303131323233332d343435352d363637372d383839392d616162626363646465656666",
            Keys.Of(new GuidKeyed(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"))));
        Assert.Equal("0102", Keys.Of(new BytesKeyed([1, 2])));
        Assert.Equal("03", Keys.Of(new MemoryKeyed(new byte[] { 3 })));
        Assert.Equal("ff", Keys.Of(new SByteKeyed(-1)));
        Assert.Equal("fe", Keys.Of(new ByteKeyed(254)));
        Assert.Equal("8000", Keys.Of(new Int16Keyed(short.MinValue)));
        Assert.Equal("0102", Keys.Of(new UInt16Keyed(0x0102)));
        Assert.Equal("fffffffe", Keys.Of(new Int32Keyed(-2)));
        Assert.Equal("01020304", Keys.Of(new UInt32Keyed(0x01020304)));
        Assert.Equal("7fffffffffffffff", Keys.Of(new Int64Keyed(long.MaxValue)));
        Assert.Equal("ffffffffffffffff", Keys.Of(new UInt64Keyed(ulong.MaxValue)));
        Assert.Equal("00000005", Keys.Of(new EnumKeyed(DayOfWeek.Friday)));
        Assert.Equal("0000002a", Keys.Of(new WrappedKeyed(new(42))));
    }

    [Fact]
    public void WriteKey_WhenTheKeyIsNull_WritesNothing()
    {
        Assert.Null(Keys.Of(new OptionalKeyed(null)));
        Assert.Equal("00000007", Keys.Of(new OptionalKeyed(7)));
        Assert.Null(Keys.Of(new OptionalWrappedKeyed(null)));
        Assert.Null(Keys.Of(new TextKeyed(null!)));
        Assert.Null(Keys.Of(new Simple(1, "no key at all")));
    }

    [Fact]
    public void WriteKey_OfACompositeKey_WritesAnArrayInOrder()
    {
        var id = Guid.NewGuid();

        var key = Keys.Of(new CompositeKeyed(5, "site", id, null, [9]));

        var text = Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(id.ToString()));
        Assert.Equal($"95a47369746505d924{text}c0c40109", key);
    }

    [Fact]
    public void WriteKey_OfAMemberThatIsNoPayload_WritesIt()
    {
        var message = new ComputedKeyed("a", "b");

        Assert.Equal("612f62", Keys.Of(message));
        Assert.Equal("92a161a162", Convert.ToHexStringLower(MessagePayload.Serialize(message)));
    }

    [Fact]
    public void WriteKey_OfADerivedMessage_TakesTheBaseTypesKey() => Assert.Equal("00000009", Keys.Of(new DerivedKeyed(9, 1)));

    [Fact]
    public void Descriptor_SaysWhatTheAttributeSays()
    {
        var descriptor = Keys.DescriptorOf<Described>();

        Assert.Equal(typeof(Described), descriptor.Type);
        Assert.Equal(
            ("described.{Environment}", "wire", 3, true, true, TimeSpan.FromHours(36), Unkeyed.Sticky, true, true, true),
            (descriptor.Topic, descriptor.Name, descriptor.Partitions, descriptor.Ordered, descriptor.Compacted, descriptor.Retention,
                descriptor.Unkeyed, descriptor.IsDefault, descriptor.HasKey, descriptor.HasPartitioner));
        Assert.Equal(2, Keys.Partition(new Described(2), 3));
    }

    [Fact]
    public void Descriptor_WhenLittleIsSaid_HasTheDefaults()
    {
        var descriptor = Keys.DescriptorOf<Simple>();

        Assert.Equal(
            ("readers", "Simple", null, false, false, null, Unkeyed.RoundRobin, false, false, false),
            (descriptor.Topic, descriptor.Name, descriptor.Partitions, descriptor.Ordered, descriptor.Compacted, descriptor.Retention,
                descriptor.Unkeyed, descriptor.IsDefault, descriptor.HasKey, descriptor.HasPartitioner));
        Assert.Throws<NotSupportedException>(() => Keys.Partition(new Simple(1, null), 3));
    }
}

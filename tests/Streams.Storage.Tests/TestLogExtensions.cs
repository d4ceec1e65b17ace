using System.Globalization;

namespace Streams.Storage.Tests;

internal static class TestLogExtensions
{
    extension(SegmentedLog log)
    {
        /// <summary>Appends one batch of one record; returns its offset.</summary>
        public long AppendOne(string value, string? key = null, long timestamp = 1_000)
            => log.Append(TestBatch.Of(new TestRecord(key, value, timestamp))).BaseOffset;

        /// <summary>Appends batches of one record each, with their numbers as values, of about 100 bytes.</summary>
        public void AppendMany(int count, int first = 0, long timestamp = 1_000)
        {
            for (var index = first; index < first + count; index++)
            {
                log.AppendOne(index.ToString("D30", CultureInfo.InvariantCulture), timestamp: timestamp);
            }
        }

        /// <summary>Reads everything visible from an offset on, as a consumer does.</summary>
        public List<TestRecord> ReadAll(long? from = null, int bytesMax = 1_000)
        {
            var records = new List<TestRecord>();
            var offset = from ?? log.StartOffset;
            while (offset < log.HighWatermark)
            {
                using var read = log.Read(offset, bytesMax);
                if (read.IsEmpty)
                {
                    break;
                }

                Assert.True(read.NextOffset > offset, "A read goes on.");
                records.AddRange(TestBatch.Parse(read.Bytes.Span).Where(record => record.Offset >= offset));
                offset = read.NextOffset;
            }

            return records;
        }
    }
}

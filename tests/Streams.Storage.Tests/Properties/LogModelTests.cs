using Streams.Protocol.Records;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Properties;

/// <summary>
/// The log against a list, under random operations, clean stops and crashes. A failure prints its seed, which
/// <see cref="TestSeeds"/> runs alone.
/// </summary>
public sealed class LogModelTests
{
    private const int Runs = 60;
    private const int Steps = 60;

    [Fact]
    public async Task Log_UnderRandomOperations_DoesWhatAListDoes()
    {
        foreach (var seed in TestSeeds.Of(Runs))
        {
            var steps = new List<string>();
            try
            {
                await new Run(seed, steps).GoAsync();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Assert.Fail($"Seed {seed} ({TestSeeds.Variable}={seed} runs it alone), after {string.Join(", ", steps)}: {error}");
            }
        }
    }

    private sealed class Run(int seed, List<string> steps)
    {
        private readonly Random _random = new(seed);
        private List<TestRecord> _model = [];
        private FaultFileSystem _files = new();
        private TestStore _store = null!;
        private SegmentedLog _log = null!;
        private long _start;
        private long _end;
        private long _safeEnd;
        private int _epoch = -1;

        public async Task GoAsync()
        {
            Open(new TestStore(_files), RandomOptions());
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync();
                Compare();
            }

            await _store.DisposeAsync();
        }

        private async Task StepAsync()
        {
            switch (_random.Next(20))
            {
                case < 9:
                    await AppendAsync();
                    break;
                case < 11:
                    ReadSomewhere();
                    break;
                case 11:
                    FindTime();
                    break;
                case 12:
                    DeleteRecords();
                    break;
                case 13:
                    Retain();
                    break;
                case 14:
                    steps.Add("reconfigure");
                    _log.Reconfigure(RandomOptions());
                    break;
                case < 17:
                    steps.Add("reopen");
                    var options = RandomOptions();
                    await _store.DisposeAsync();
                    Open(new TestStore(_files), options);
                    Assert.True(_store.Store.WasCleanlyClosed);
                    Assert.Equal(_end, _log.EndOffset);
                    break;
                default:
                    Crash();
                    break;
            }
        }

        private LogOptions RandomOptions()
            => TestStore.Options((Durability)_random.Next(4), segmentBytes: _random.Next(1, 2_000)) with
            {
                IndexIntervalBytes = _random.Next(1, 400),
                RetentionBytes = _random.Next(3) == 0 ? _random.Next(5_000) : null,
                SegmentAgeMax = TimeSpan.FromMilliseconds(_random.Next(1, 10_000)),
            };

        private async Task AppendAsync()
        {
            var count = _random.Next(1, 6);
            var records = Enumerable.Range(0, count)
                .Select(_ => new TestRecord(
                    _random.Next(4) == 0 ? null : $"k{_random.Next(5)}",
                    _random.Next(5) == 0 ? null : new string('v', _random.Next(120)),
                    _random.Next(3) == 0 ? _random.Next(20_000) : 1_000 + (_end * 10),
                    Header: _random.Next(3) == 0 ? "h" : null))
                .ToArray();
            var codec = (CompressionCodec)_random.Next(5);
            steps.Add($"append {count} {codec} {_log.Options.Durability}");

            var appended = _log.Append(TestBatch.Compressed(codec, records));

            Assert.Equal(new(_end, _end + count - 1), appended);
            _model.AddRange(records.Select((record, index) => record with { Offset = _end + index }));
            _end += count;
            await _log.WaitUntilDurableAsync(_end, TestContext.Current.CancellationToken);
            if (_log.Options.Durability is Durability.Fsync or Durability.FsyncEach)
            {
                _safeEnd = _end;
            }
        }

        private void ReadSomewhere()
        {
            var offset = _random.NextInt64(_start, _end + 1);
            var bytesMax = _random.Next(2_000);
            steps.Add($"read {offset}");

            using var read = _log.Read(offset, bytesMax);

            var found = TestBatch.Parse(read.Bytes.Span).Where(record => record.Offset >= offset).ToArray();
            Assert.Equal(_model.Where(record => record.Offset >= offset).Take(found.Length), found);
            Assert.Equal(read.IsEmpty, !_model.Exists(record => record.Offset >= offset));
            Assert.Throws<StreamsException>(() => _log.Read(_start - 1, 1));
            Assert.Throws<StreamsException>(() => _log.Read(_end + 1, 1));
        }

        private void FindTime()
        {
            var time = _random.Next(20_000);
            steps.Add($"time {time}");
            var expected = _model.Find(record => record.Offset >= _start && record.Timestamp >= time);
            Assert.Equal(expected?.Offset, _log.OffsetAtTime(time));
        }

        private void DeleteRecords()
        {
            var offset = _random.NextInt64(_start, _end + 1);
            steps.Add($"delete {offset}");
            _log.DeleteRecordsBefore(offset);
            _start = offset;
        }

        private void Retain()
        {
            steps.Add("retention");
            var bytes = _log.Options.RetentionBytes;
            var result = _log.ApplyRetention(null);
            Assert.InRange(result.StartOffset, _start, _end);
            Assert.True(bytes is not null || result.StartOffset == _start);
            _start = result.StartOffset;
        }

        // Everything that was promised is there, and whatever else is there was appended. From here on the model is what was found.
        private void Crash()
        {
            var survival = _random.Next(3) switch
            {
                0 => FaultSurvival.Everything,
                1 => FaultSurvival.Nothing,
                _ => FaultSurvival.Some(_random.Next()),
            };
            var losesNothing = ReferenceEquals(survival, FaultSurvival.Everything);
            steps.Add(losesNothing ? "process crash" : "power cut");
            var before = _model;
            var options = RandomOptions();
            _files = _files.After(survival);
            Open(new TestStore(_files), options);

            steps.AddRange(_store.Loggers.Lines.Select(line => $"[{line.Message}]"));
            var found = _log.ReadAll();
            Assert.All(found, record => Assert.Contains(record, before));
            var mustEnd = losesNothing ? _end : _safeEnd;
            Assert.InRange(_log.StartOffset, Math.Min(_start, _log.StartOffset), Math.Max(_start, _end));
            Assert.Equal(
                before.Where(record => record.Offset >= _log.StartOffset && record.Offset < mustEnd),
                found.Where(record => record.Offset < mustEnd));
            Assert.True(_log.EndOffset >= mustEnd, $"The log ends at {_log.EndOffset}, promised was {mustEnd}.");
            _model = found;
            _start = _log.StartOffset;
            _end = _log.EndOffset;
            _safeEnd = _end;
        }

        private void Open(TestStore store, LogOptions options)
        {
            _store = store;
            _log = store.Open(options);
            Assert.True(_log.LeaderEpoch >= _epoch);
            _epoch = _log.LeaderEpoch;
        }

        private void Compare()
        {
            _model.RemoveAll(record => record.Offset < _start);
            Assert.Equal((_start, _end, _end), (_log.StartOffset, _log.EndOffset, _log.HighWatermark));
            Assert.Equal(_model, _log.ReadAll(bytesMax: 500));
            Assert.Null(_log.Failure);
        }
    }
}

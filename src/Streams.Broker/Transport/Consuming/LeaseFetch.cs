using Microsoft.Extensions.Logging;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>
/// The requests of one lease: at most one is open, and it gets at most one answer. Work runs on the pool while there is something to read
/// and asked for; else nothing runs: the feed pokes when there is data, the runtime pokes with a request. Thread-safe.
/// </summary>
internal sealed class LeaseFetch : IThreadPoolWorkItem, IDataWaiter
{
    private readonly Lock _gate = new();
    private readonly FetchContext _context;
    private IPartitionFeed? _feed;
    private long _offset;
    private bool _isAsked;
    private bool _isRunning;
    private bool _isWaiting;
    private bool _hasEnded;

    /// <summary>Initializes a new instance of the <see cref="LeaseFetch"/> class.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="context">What the leases of a member share.</param>
    public LeaseFetch(Lease lease, FetchContext context)
    {
        Lease = lease;
        _context = context;
    }

    /// <summary>Gets the lease.</summary>
    public Lease Lease { get; }

    /// <summary>Gets a value indicating whether the lease goes on.</summary>
    public bool IsLive => !Volatile.Read(ref _hasEnded);

    /// <summary>Asks for the next block; replaces what was asked for before.</summary>
    /// <param name="offset">The first offset wanted.</param>
    public void Request(long offset)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            StopWaiting();
            _offset = offset;
            _isAsked = true;
            if (_isRunning)
            {
                // Inside OnBlock, or just before: the loop sees it, and the stack does not grow.
                return;
            }
        }

        _context.Schedule(this);
    }

    /// <summary>Takes the request back.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isAsked = false;
            StopWaiting();
        }
    }

    /// <summary>Ends the lease: nothing is answered any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _isAsked = false;
            StopWaiting();
        }
    }

    /// <inheritdoc />
    public void OnData() => _context.Schedule(this);

    /// <inheritdoc />
    public void Execute()
    {
        lock (_gate)
        {
            if (_isRunning || !_isAsked)
            {
                return;
            }

            _isRunning = true;
            StopWaiting();
        }

        var blocks = 0;
        while (TryTake(blocks, out var offset))
        {
            var block = Read(offset, out var error);
            if (block is null && error is null)
            {
                if (!WaitForData(offset))
                {
                    continue;
                }

                return;
            }

            if (TryAnswer(offset))
            {
                Deliver(offset, block, error);
                blocks++;
            }
            else
            {
                block?.Release();
            }
        }
    }

    private bool TryTake(int blocks, out long offset)
    {
        lock (_gate)
        {
            offset = _offset;
            _isRunning = _isAsked && blocks < ConsumingDefaults.BlocksInARowMax;
            if (_isRunning || !_isAsked)
            {
                return _isRunning;
            }
        }

        // Others have their turn now.
        _context.Schedule(this);
        return false;
    }

    private RecordBlock? Read(long offset, out StreamsException? error)
    {
        error = null;
        try
        {
            _feed ??= _context.Data.OpenFeed(Lease.Partition);
            return _feed.TryRead(offset, _context.BytesMax, out var block) ? block : null;
        }
        catch (StreamsException exception)
        {
            error = exception;
        }
#pragma warning disable CA1031 // On a pool thread it would end the process; the runtime stops the partition instead and says why.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error = new StreamsException(
                $"Reading '{Lease.Partition}' at offset {offset} failed unexpectedly: {exception.Message}", exception);
        }

        return null;
    }

    // Under the gate, so that a request or a cancellation comes before or after the wait as a whole. The feed pokes without the gate.
    private bool WaitForData(long offset)
    {
        lock (_gate)
        {
            if (_isAsked && _offset != offset)
            {
                return false;
            }

            _isRunning = false;
            if (_isAsked)
            {
                _isWaiting = true;
                _feed!.WaitForData(offset, this);
            }

            return true;
        }
    }

    private bool TryAnswer(long offset)
    {
        lock (_gate)
        {
            var isWanted = _isAsked && _offset == offset;
            _isAsked &= !isWanted;
            return isWanted;
        }
    }

    private void Deliver(long offset, RecordBlock? block, StreamsException? error)
    {
        try
        {
            if (block is not null)
            {
                _context.Listener.OnBlock(Lease, offset, block);
            }
            else
            {
                _context.Listener.OnFetchFailed(Lease, offset, error!);
            }
        }
#pragma warning disable CA1031 // The same: a bug in the listener must not end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            EmbeddedConsumerLog.ListenerFailed(_context.Logger, _context.GroupId, Lease, exception);
        }
    }

    private void StopWaiting()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _feed!.StopWaiting(this);
        }
    }
}

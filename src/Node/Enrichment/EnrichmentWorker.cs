using AkkaParty.Catalog;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Enrichment;

/// <summary>Lists what is pending, oldest first.</summary>
/// <param name="count">At most this many.</param>
/// <param name="cancellationToken">Stops reading.</param>
internal delegate ValueTask<IReadOnlyList<PendingEnrichment>> ListPending(int count, CancellationToken cancellationToken);

/// <summary>
/// Feeds the enrichment pipeline from the list of what is pending. The list is the only memory: what a node that dies had begun is
/// still on it, and the node that the list moves to begins it again.
/// </summary>
internal sealed partial class EnrichmentWorker : IAsyncDisposable
{
    private readonly ListPending _list;
    private readonly Func<bool> _isMine;
    private readonly EnrichmentOptions _options;
    private readonly ILogger _logger;
    private readonly Pipeline<PendingEnrichment> _pipeline;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly ITimer _poll;
    private readonly Lock _gate = new();

    // What was offered and is still on the list: true when it has ended, and the list has yet to notice.
    private readonly Dictionary<(string ItemId, long Request), bool> _begun = [];
    private readonly Task _running;
    private bool _isAway;

    /// <summary>Starts.</summary>
    /// <param name="titles">Where titles are looked up.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="list">Lists what is pending; may lag behind a little.</param>
    /// <param name="isMine">Whether this node is the one that works. Two that do are no harm but work.</param>
    /// <param name="options">How.</param>
    /// <param name="surroundings">The clock and the random numbers of all waits.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    public EnrichmentWorker(
        ITitleCatalog titles,
        IShardRegion rooms,
        ListPending list,
        Func<bool> isMine,
        EnrichmentOptions options,
        PipelineOptions surroundings,
        ILogger logger)
    {
        (_list, _isMine, _options, _logger) = (list, isMine, options, logger);
        _pipeline = EnrichmentPipeline.Start(titles, rooms, options, surroundings, End, logger);
        _poll = surroundings.Time.CreateTimer(
            static self => ((EnrichmentWorker)self!).LookSoon(), this, options.PollInterval, options.PollInterval);
        _running = RunAsync();
        LookSoon();
    }

    /// <summary>Where the pipeline stands.</summary>
    public PipelineProgress Progress => _pipeline.Progress;

    /// <summary>Says that the list may have grown. Quick, on any thread.</summary>
    public void LookSoon()
    {
        // One look takes in everything before it, so one that waits is enough.
        lock (_gate)
        {
            if (_wanted.CurrentCount == 0 && !_stopping.IsCancellationRequested)
            {
                _wanted.Release();
            }
        }
    }

    /// <summary>Stops at once: what is under way is still on the list.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _poll.DisposeAsync();
        await _pipeline.DisposeAsync();
        await _running;
        _stopping.Dispose();
        _wanted.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wanted.WaitAsync(_stopping.Token);
                if (_isMine())
                {
                    await LookAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops; what is pending stays on the list.
        }
        catch (Exception failure)
        {
            LogStopped(_logger, failure);
        }
    }

    private async Task LookAsync()
    {
        IReadOnlyList<PendingEnrichment> pending;
        try
        {
            pending = await _list(_options.PendingMax, _stopping.Token);
            _isAway = false;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The next look comes with the next poll; that it is needed is told once.
            if (!_isAway)
            {
                LogAway(_logger, failure is JournalUnavailableException ? null : failure, failure.Message);
            }

            _isAway = true;
            return;
        }

        foreach (var item in Begin(pending))
        {
            if (!await _pipeline.OfferAsync(item, _stopping.Token))
            {
                // It has ended, and says why.
                await _pipeline.Completion;
            }
        }
    }

    private List<PendingEnrichment> Begin(IReadOnlyList<PendingEnrichment> pending)
    {
        lock (_gate)
        {
            var listed = pending.Select(KeyOf).ToHashSet();
            foreach (var (key, hasEnded) in _begun.ToList())
            {
                if (hasEnded && !listed.Contains(key))
                {
                    _begun.Remove(key);
                }
            }

            return [.. pending.Where(item => _begun.TryAdd(KeyOf(item), false))];
        }
    }

    private void End(PendingEnrichment item, bool wasTold)
    {
        lock (_gate)
        {
            if (wasTold)
            {
                _begun[KeyOf(item)] = true;
            }
            else
            {
                _begun.Remove(KeyOf(item));
            }
        }
    }

    private static (string ItemId, long Request) KeyOf(PendingEnrichment item) => (item.ItemId, item.Request);

    [LoggerMessage(1, LogLevel.Warning, "What is to be looked up cannot be read: {Reason}")]
    private static partial void LogAway(ILogger logger, Exception? failure, string reason);

    [LoggerMessage(2, LogLevel.Error, "Nothing is looked up any more.")]
    private static partial void LogStopped(ILogger logger, Exception failure);
}

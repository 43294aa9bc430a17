using System.Diagnostics.Metrics;
using System.Globalization;
using AkkaParty.Catalog;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Enrichment;

/// <summary>
/// Looks pending items up and tells their rooms: a bounded buffer, some look-ups at once, one flight per title, each tried several times
/// before it has failed. It keeps nothing, and a result may come twice: a room takes each only once, by the number of the request.
/// </summary>
internal sealed partial class EnrichmentPipeline
{
    /// <summary>The pipeline's name in metrics.</summary>
    public const string Name = "enrichment";

    private const int DeliveriesMax = 8;
    private static readonly Meter Meter = new("AkkaParty.Node");
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "akkaparty.enrichment.finished", "{lookup}", "Look-ups of queued films that ended, by outcome.");

    private readonly ITitleCatalog _titles;
    private readonly IShardRegion _rooms;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private EnrichmentPipeline(ITitleCatalog titles, IShardRegion rooms, TimeProvider time, ILogger logger) =>
        (_titles, _rooms, _time, _logger) = (titles, rooms, time, logger);

    /// <summary>Starts one.</summary>
    /// <param name="titles">Where titles are looked up.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="options">How.</param>
    /// <param name="surroundings">The clock and the random numbers of its waits.</param>
    /// <param name="ended">Is told of each item that is over; false when the room could not be told and the item must come again.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    public static Pipeline<PendingEnrichment> Start(
        ITitleCatalog titles,
        IShardRegion rooms,
        EnrichmentOptions options,
        PipelineOptions surroundings,
        Action<PendingEnrichment, bool> ended,
        ILogger logger)
    {
        var self = new EnrichmentPipeline(titles, rooms, surroundings.Time, logger);
        var retry = new RetryPolicy { AttemptsMax = options.TriesMax, Delay = options.RetryDelay, DelayMax = options.RetryDelayMax };
        return Source.Of<PendingEnrichment>()
            .Via(new Flow<PendingEnrichment, Lookup>("look-up", self.LookUpAsync)
            {
                Parallelism = options.LookupsMax,
                BufferMax = options.PendingMax,
                Retry = retry.With(
                    failure => failure is CatalogUnavailableException, failure => (failure as CatalogUnavailableException)?.RetryAfter),
                Sharing = new(KeyOf, (pending, first) => first with { Pending = pending }, JoinedMax: options.PendingMax),
                Failed = self.Fail,
            })
            .To(
                new Sink<Lookup>("tell", async (lookup, _) =>
                {
                    await self.TellAsync(lookup);
                    ended(lookup.Pending, true);
                })
                {
                    Parallelism = DeliveriesMax,
                    Retry = retry.With(
                        failure => failure is EntityUnreachableException, failure => (failure as EntityUnreachableException)?.RetryAfter),
                    Failed = (lookup, failure) => ended(lookup.Pending, self.IsOver(lookup, failure)),
                },
                surroundings);
    }

    private static string KeyOf(PendingEnrichment pending) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pending.TmdbId} {pending.Year} {TextRules.KeyOf(pending.Title).ToUpperInvariant()}");

    private async ValueTask<Lookup> LookUpAsync(PendingEnrichment pending, CancellationToken cancellationToken)
    {
        var query = new TitleQuery(pending.Title, pending.TmdbId, pending.Year);
        return new Lookup(pending, await _titles.MatchAsync(query, cancellationToken), null);
    }

    private Lookup Fail(PendingEnrichment pending, Exception failure)
    {
        if (failure is CatalogUnavailableException)
        {
            LogFailed(_logger, pending.ItemId, failure.Message);
            return new Lookup(pending, null, failure.Message);
        }

        // A bug: people are told that it is not their fault, and the log why.
        LogBroken(_logger, failure, pending.ItemId);
        return new Lookup(pending, null, "The server made a mistake when it looked the film up.");
    }

    private bool IsOver(Lookup lookup, Exception failure)
    {
        if (failure is EntityUnreachableException)
        {
            LogUntold(_logger, lookup.Pending.ItemId, failure.Message);
            return false;
        }

        LogBroken(_logger, failure, lookup.Pending.ItemId);
        return true;
    }

    private async ValueTask TellAsync(Lookup lookup)
    {
        var result = await _rooms.AskAsync(lookup.Pending.RoomId, lookup.ToCommand(_time.GetUtcNow()));
        if (result.Retryable)
        {
            throw new EntityUnreachableException(result.Rejection?.Message ?? "The room does not answer.", result.RetryAfter);
        }

        // A room that refuses is gone, and one that failed would fail again: neither is told twice.
        if (result.Outcome != AskOutcome.Replied)
        {
            LogRefused(_logger, lookup.Pending.ItemId, result.Rejection?.Message);
        }

        Finished.Add(1, new KeyValuePair<string, object?>("outcome", lookup.Outcome));
    }

    [LoggerMessage(1, LogLevel.Warning, "The film of item {ItemId} could not be looked up: {Reason}")]
    private static partial void LogFailed(ILogger logger, string itemId, string reason);

    [LoggerMessage(2, LogLevel.Error, "The look-up of item {ItemId} stopped with a bug.")]
    private static partial void LogBroken(ILogger logger, Exception failure, string itemId);

    [LoggerMessage(3, LogLevel.Warning, "The room of item {ItemId} could not be told what was found, and will be later: {Reason}")]
    private static partial void LogUntold(ILogger logger, string itemId, string reason);

    [LoggerMessage(4, LogLevel.Information, "The room of item {ItemId} did not want what was found: {Reason}")]
    private static partial void LogRefused(ILogger logger, string itemId, string? reason);
}

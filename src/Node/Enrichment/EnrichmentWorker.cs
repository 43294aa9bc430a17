using AkkaParty.Catalog;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Enrichment;

/// <summary>Looks up what is known of queued films: the enrichment pipeline on the list of what is pending.</summary>
/// <param name="titles">Where titles are looked up.</param>
/// <param name="rooms">The rooms.</param>
/// <param name="list">Lists what is pending; may lag behind a little.</param>
/// <param name="isMine">Whether this node is the one that works. Two that do are no harm but work.</param>
/// <param name="options">How.</param>
/// <param name="surroundings">The clock and the random numbers of all waits.</param>
/// <param name="logger">Where it reports what goes wrong.</param>
internal sealed class EnrichmentWorker(
    ITitleCatalog titles,
    IShardRegion rooms,
    ListPending<PendingEnrichment> list,
    Func<bool> isMine,
    EnrichmentOptions options,
    PipelineOptions surroundings,
    ILogger logger)
    : WorkList<PendingEnrichment, (string ItemId, long Request)>(
        list,
        static item => (item.ItemId, item.Request),
        isMine,
        ended => EnrichmentPipeline.Start(titles, rooms, options, surroundings, ended, logger),
        options.PollInterval,
        options.PendingMax,
        surroundings.Time,
        logger);

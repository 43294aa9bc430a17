using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Opening;

/// <summary>Makes the watch parties that parties and rooms have decided on: the opening pipeline on the list of what is pending.</summary>
/// <param name="regions">The regions by kind.</param>
/// <param name="list">Lists what is pending; may lag behind a little.</param>
/// <param name="isMine">Whether this node is the one that works. Two that do are no harm but work.</param>
/// <param name="surroundings">The clock and the random numbers of all waits.</param>
/// <param name="logger">Where it reports what goes wrong.</param>
internal sealed class OpeningWorker(
    Func<string, IShardRegion> regions,
    ListPending<PendingOpening> list,
    Func<bool> isMine,
    PipelineOptions surroundings,
    ILogger logger)
    : WorkList<PendingOpening, (string WatchPartyId, DateTimeOffset At)>(
        list,
        static opening => (opening.WatchPartyId, opening.At),
        isMine,
        ended => OpeningPipeline.Start(regions, surroundings, ended, logger),
        TimeSpan.FromSeconds(2),
        OpeningPipeline.PendingMax,
        surroundings.Time,
        logger);

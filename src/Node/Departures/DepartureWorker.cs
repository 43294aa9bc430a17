using AkkaParty.Accounts;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Departures;

/// <summary>Has watch parties forget deleted accounts: the departure pipeline on the list of those they have yet to forget.</summary>
/// <param name="departures">The list.</param>
/// <param name="partiesOf">Finds the watch parties of an account.</param>
/// <param name="parties">The watch parties.</param>
/// <param name="isMine">Whether this node is the one that works. Two that do are no harm but work.</param>
/// <param name="surroundings">The clock and the random numbers of all waits.</param>
/// <param name="logger">Where it reports what goes wrong.</param>
internal sealed class DepartureWorker(
    IDepartures departures,
    ListPartiesOfMember partiesOf,
    IShardRegion parties,
    Func<bool> isMine,
    PipelineOptions surroundings,
    ILogger logger)
    : WorkList<Departure, Guid>(
        async (count, stop) => await departures.ListAsync(count, stop),
        static departure => departure.AccountId,
        isMine,
        ended => DeparturePipeline.Start(departures, partiesOf, parties, surroundings, ended, logger),
        TimeSpan.FromSeconds(2),
        DeparturePipeline.PendingMax,
        surroundings.Time,
        logger);

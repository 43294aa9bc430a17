using AkkaParty.Accounts;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Departures;

/// <summary>Lists the watch parties that somebody has, or had, a seat in or was let into.</summary>
/// <param name="memberId">The account.</param>
/// <param name="cancellationToken">Stops waiting.</param>
/// <returns>Their ids, with everything that was stored before the call.</returns>
internal delegate ValueTask<IReadOnlyList<string>> ListPartiesOfMember(string memberId, CancellationToken cancellationToken);

/// <summary>
/// Has the watch parties of deleted accounts forget them. A party may be told any number of times, and each is told until it has answered,
/// so a node that dies on the way loses nothing: the account is still on the list.
/// </summary>
internal sealed partial class DeparturePipeline
{
    /// <summary>The pipeline's name in metrics.</summary>
    public const string Name = "departures";

    /// <summary>At most this many are begun before the first of them ends.</summary>
    public const int PendingMax = 64;

    /// <summary>
    /// For so long after its deletion an account stays on the list: more than a node believes a token that it has checked, and than a call
    /// takes that was let in by one, and than the clocks of nodes differ.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly IDepartures _departures;
    private readonly ListPartiesOfMember _partiesOf;
    private readonly IShardRegion _parties;
    private readonly TimeProvider _time;

    private DeparturePipeline(IDepartures departures, ListPartiesOfMember partiesOf, IShardRegion parties, TimeProvider time) =>
        (_departures, _partiesOf, _parties, _time) = (departures, partiesOf, parties, time);

    /// <summary>Starts one.</summary>
    /// <param name="departures">The list.</param>
    /// <param name="partiesOf">Finds the watch parties of an account.</param>
    /// <param name="parties">The watch parties.</param>
    /// <param name="surroundings">The clock and the random numbers of its waits.</param>
    /// <param name="ended">Is told of each that is over; false when it must come again.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    public static Pipeline<Departure> Start(
        IDepartures departures,
        ListPartiesOfMember partiesOf,
        IShardRegion parties,
        PipelineOptions surroundings,
        Action<Departure, bool> ended,
        ILogger logger)
    {
        var self = new DeparturePipeline(departures, partiesOf, parties, surroundings.Time);
        var retry = new RetryPolicy { AttemptsMax = 6, Delay = TimeSpan.FromMilliseconds(200), DelayMax = TimeSpan.FromSeconds(5) };
        return Source.Of<Departure>().To(
            new Sink<Departure>("forget", async (departure, stop) => ended(departure, await self.ForgetAsync(departure, stop)))
            {
                Parallelism = 4,
                BufferMax = PendingMax,
                Retry = retry.With(
                    failure => failure is EntityUnreachableException or JournalUnavailableException or AccountsUnavailableException,
                    failure => (failure as EntityUnreachableException)?.RetryAfter),
                Failed = (departure, failure) =>
                {
                    LogLater(logger, failure, departure.AccountId, failure.Message);
                    ended(departure, false);
                },
            },
            surroundings);
    }

    /// <summary>Has all parties of an account forget it.</summary>
    /// <returns>Whether the account is off the list; not before nobody can join with it any more.</returns>
    private async ValueTask<bool> ForgetAsync(Departure departure, CancellationToken cancellationToken)
    {
        var isSettled = _time.GetUtcNow() - departure.DeletedAt >= Settling;
        var memberId = departure.AccountId.ToString("D");
        foreach (var partyId in await _partiesOf(memberId, cancellationToken))
        {
            var result = await _parties.AskAsync(partyId, new ForgetAccount(_time.GetUtcNow(), memberId));
            if (result.Retryable)
            {
                throw new EntityUnreachableException(result.Rejection?.Message ?? "The entity does not answer.", result.RetryAfter);
            }

            // A party that says no was deleted, and all it knew with it.
            if (result.Outcome == AskOutcome.Failed)
            {
                throw new InvalidOperationException($"The watch party {partyId} made a mistake.");
            }
        }

        if (isSettled)
        {
            await _departures.DoneAsync(departure.AccountId, cancellationToken);
        }

        return isSettled;
    }

    [LoggerMessage(1, LogLevel.Warning, "Watch parties could not yet forget the deleted account {AccountId}, and will later: {Reason}")]
    private static partial void LogLater(ILogger logger, Exception failure, Guid accountId, string reason);
}

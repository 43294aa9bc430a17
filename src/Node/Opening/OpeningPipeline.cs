using System.Diagnostics.Metrics;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Opening;

/// <summary>
/// Makes a watch party and tells the one that decided on it. Each step may be done any number of times: the ids of all that is made derive
/// from the decision, and so do the commands'.
/// </summary>
internal sealed partial class OpeningPipeline
{
    /// <summary>The pipeline's name in metrics.</summary>
    public const string Name = "opening";

    /// <summary>At most this many are begun before the first of them ends.</summary>
    public const int PendingMax = 256;

    private const int CodesMax = 10;
    private static readonly Meter Meter = new("AkkaParty.Node");
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "akkaparty.opening.finished", "{watch_party}", "Watch parties of decisions that were made, by the kind of what decided.");

    private readonly Func<string, IShardRegion> _regions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private OpeningPipeline(Func<string, IShardRegion> regions, TimeProvider time, ILogger logger) =>
        (_regions, _time, _logger) = (regions, time, logger);

    /// <summary>Starts one.</summary>
    /// <param name="regions">The regions by kind.</param>
    /// <param name="surroundings">The clock and the random numbers of its waits.</param>
    /// <param name="ended">Is told of each that is over; false when it must come again.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    public static Pipeline<PendingOpening> Start(
        Func<string, IShardRegion> regions, PipelineOptions surroundings, Action<PendingOpening, bool> ended, ILogger logger)
    {
        var self = new OpeningPipeline(regions, surroundings.Time, logger);
        var retry = new RetryPolicy { AttemptsMax = 6, Delay = TimeSpan.FromMilliseconds(200), DelayMax = TimeSpan.FromSeconds(5) };
        return Source.Of<PendingOpening>().To(
            new Sink<PendingOpening>("open", async (opening, _) =>
            {
                await self.OpenAsync(opening);
                ended(opening, true);
            })
            {
                Parallelism = 4,
                BufferMax = PendingMax,
                Retry = retry.With(
                    failure => failure is EntityUnreachableException, failure => (failure as EntityUnreachableException)?.RetryAfter),
                Failed = (opening, failure) => ended(opening, self.IsOver(opening, failure)),
            },
            surroundings);
    }

    private async ValueTask OpenAsync(PendingOpening opening)
    {
        var code = await ClaimCodeAsync(opening.WatchPartyId);
        var created = await _regions(WatchAddress.Kind).AskAsync(
            opening.WatchPartyId, CommandFor(opening, code), new CommandId(OpeningIds.Part(opening.WatchPartyId, "create"), 1));
        RetryLater(created);
        if (created.Outcome != AskOutcome.Replied)
        {
            throw new InvalidOperationException($"The watch party could not be made: {created.Rejection?.Message}");
        }

        // One that was made by an earlier try has the code of that time.
        var made = ((WatchPartyChanged)created.Reply!).Party;
        var told = await _regions(opening.Origin.Kind).AskAsync(opening.Origin.Id, NewsFor(opening, made.InviteCode ?? code));
        RetryLater(told);
        if (told.Outcome != AskOutcome.Replied)
        {
            // Whoever decided is gone; the watch party stays with those who find it.
            LogRefused(_logger, opening.WatchPartyId, told.Rejection?.Message);
        }

        Finished.Add(1, new KeyValuePair<string, object?>("kind", opening.Origin.Kind));
    }

    private async ValueTask<string> ClaimCodeAsync(string watchPartyId)
    {
        for (var draw = 0; draw < CodesMax; draw++)
        {
            var code = InviteCodes.Of(OpeningIds.Part(watchPartyId, $"code {draw}"));
            var claimed = await _regions(WatchAddress.CodeKind).AskAsync(code, new ClaimRoomCode(_time.GetUtcNow(), watchPartyId));
            RetryLater(claimed);
            if (claimed.Outcome == AskOutcome.Replied)
            {
                return code;
            }

            if (claimed.Rejection?.Code != WatchErrorCodes.InviteCodeTaken)
            {
                throw new InvalidOperationException($"The invite code {code} could not be claimed: {claimed.Rejection?.Message}");
            }
        }

        throw new InvalidOperationException($"All of {CodesMax} invite codes are taken.");
    }

    private static CreateWatchParty CommandFor(PendingOpening opening, string code)
    {
        var persons = OpeningSeats.Of(opening);
        var host = persons.Single(seat => seat.OriginMember == opening.Origin.HostMember);
        return new CreateWatchParty(
            opening.At,
            host.Person,
            code,
            opening.Title,
            Description: null,
            new WatchSettings { Controls = WatchControls.Everyone },
            [opening.Item],
            Seats: [.. persons.Where(seat => seat != host)],
            Origin: opening.Origin);
    }

    private object NewsFor(PendingOpening opening, string code) => opening.Origin.Kind == PartyAddress.Kind
        ? new FinishOpening(_time.GetUtcNow(), opening.WatchPartyId, code)
        : new FinishRoomOpening(_time.GetUtcNow(), opening.WatchPartyId, code);

    private static void RetryLater(AskResult result)
    {
        if (result.Retryable)
        {
            throw new EntityUnreachableException(result.Rejection?.Message ?? "The entity does not answer.", result.RetryAfter);
        }
    }

    private bool IsOver(PendingOpening opening, Exception failure)
    {
        if (failure is EntityUnreachableException)
        {
            LogUnreachable(_logger, opening.WatchPartyId, failure.Message);
            return false;
        }

        LogBroken(_logger, failure, opening.WatchPartyId);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "The watch party {WatchPartyId} could not be made yet, and will be later: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string watchPartyId, string reason);

    [LoggerMessage(2, LogLevel.Error, "The watch party {WatchPartyId} cannot be made.")]
    private static partial void LogBroken(ILogger logger, Exception failure, string watchPartyId);

    [LoggerMessage(3, LogLevel.Information, "Whoever decided on the watch party {WatchPartyId} did not want to know of it: {Reason}")]
    private static partial void LogRefused(ILogger logger, string watchPartyId, string? reason);
}

using System.Diagnostics.Metrics;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;
using AkkaParty.Protocol;
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

    private static readonly Counter<long> Failed = Meter.CreateCounter<long>(
        "akkaparty.opening.failed", "{watch_party}", "Watch parties of decisions that could not be made, by the kind of what decided.");

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
                await self.WorkAsync(opening);
                ended(opening, true);
            })
            {
                Parallelism = 4,
                BufferMax = PendingMax,
                Retry = retry.With(
                    failure => failure is EntityUnreachableException, failure => (failure as EntityUnreachableException)?.RetryAfter),
                Failed = (opening, failure) =>
                {
                    self.LogLater(failure, opening.WatchPartyId);
                    ended(opening, false);
                },
            },
            surroundings);
    }

    /// <summary>Opens it, or tells those who wait for it why that cannot be.</summary>
    private async ValueTask WorkAsync(PendingOpening opening)
    {
        var (ends, news) = (Finished, (object?)null);
        try
        {
            news = NewsFor(opening, await OpenAsync(opening), failure: null);
        }
        catch (Exception failure) when (failure is not EntityUnreachableException)
        {
            LogBroken(_logger, failure, opening.WatchPartyId);
            var reason = (failure as OpeningRefusedException)?.Reason ?? OpeningIds.UnknownFailure;
            (ends, news) = (Failed, NewsFor(opening, code: null, reason));
        }

        var told = await _regions(opening.Origin.Kind).AskAsync(opening.Origin.Id, news);
        RetryLater(told);
        if (told.Outcome != AskOutcome.Replied)
        {
            // It stays on the list until whoever decided knows, or is gone for good.
            throw new InvalidOperationException($"Whoever decided on it could not be told: {told.Rejection?.Message}");
        }

        ends.Add(1, new KeyValuePair<string, object?>("kind", opening.Origin.Kind));
    }

    /// <summary>Makes it, or finds it as an earlier try has made it.</summary>
    /// <returns>Its invite code.</returns>
    private async ValueTask<string> OpenAsync(PendingOpening opening)
    {
        var code = await ClaimCodeAsync(opening.WatchPartyId);
        var created = await _regions(WatchAddress.Kind).AskAsync(
            opening.WatchPartyId, CommandFor(opening, code), new CommandId(OpeningIds.Part(opening.WatchPartyId, "create"), 1));
        RetryLater(created);
        if (created.Rejection?.Code == WatchErrorCodes.WatchPartyExists)
        {
            // Made so long ago that the command was forgotten; the codes are drawn alike each time.
            return code;
        }

        if (created.Outcome != AskOutcome.Replied)
        {
            throw new OpeningRefusedException(created.Outcome == AskOutcome.Rejected ? created.Rejection?.Message : null);
        }

        // One that was made by an earlier try has the code of that time.
        return ((WatchPartyChanged)created.Reply!).Party.InviteCode ?? code;
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
                throw new OpeningRefusedException(claimed.Outcome == AskOutcome.Rejected ? claimed.Rejection?.Message : null);
            }
        }

        throw new OpeningRefusedException("no free invite code was found");
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
            [opening.Item with { Title = TextRules.Shorten(opening.Item.Title, WatchInput.ItemTitleMax) }],
            Seats: [.. persons.Where(seat => seat != host)],
            Origin: opening.Origin);
    }

    private object NewsFor(PendingOpening opening, string? code, string? failure) => opening.Origin.Kind == PartyAddress.Kind
        ? new FinishOpening(_time.GetUtcNow(), opening.WatchPartyId, code, failure)
        : new FinishRoomOpening(_time.GetUtcNow(), opening.WatchPartyId, code, failure);

    private static void RetryLater(AskResult result)
    {
        if (result.Retryable)
        {
            throw new EntityUnreachableException(result.Rejection?.Message ?? "The entity does not answer.", result.RetryAfter);
        }
    }

    private void LogLater(Exception failure, string watchPartyId) =>
        LogUnreachable(_logger, failure is EntityUnreachableException ? null : failure, watchPartyId, failure.Message);

    [LoggerMessage(1, LogLevel.Warning, "The watch party {WatchPartyId} could not be made yet, and will be later: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, Exception? failure, string watchPartyId, string reason);

    [LoggerMessage(2, LogLevel.Error, "The watch party {WatchPartyId} cannot be made.")]
    private static partial void LogBroken(ILogger logger, Exception failure, string watchPartyId);
}

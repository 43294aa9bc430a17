using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Successes of the watch-parties surface, in its envelope.</summary>
internal static class WatchAnswer
{
    /// <summary>Answers with a body.</summary>
    /// <typeparam name="T">Its shape.</typeparam>
    /// <param name="body">The body.</param>
    /// <param name="shape">How to write it in its envelope.</param>
    /// <param name="status">The status.</param>
    /// <returns>The answer.</returns>
    public static IResult Of<T>(T body, JsonTypeInfo<WatchSuccess<T>> shape, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(new WatchSuccess<T>(true, body), shape, statusCode: status);

    /// <summary>Answers that something was done.</summary>
    /// <param name="message">What, for people.</param>
    /// <returns>200.</returns>
    public static IResult Message(string message) => Of(new WatchMessageBody(message), WatchHttpJson.Wire.WatchSuccessWatchMessageBody);

    /// <summary>Answers that something was done.</summary>
    /// <param name="message">What, for people.</param>
    /// <returns>What answers 200.</returns>
    public static WatchCalls.Answerer Done(string message) => (_, _) => Message(message);

    /// <summary>Answers with where the party plays.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Playback(WatchCall call, AskResult result) =>
        Of(WatchShown.Playback((PlaybackChanged)result.Reply!), WatchHttpJson.Wire.WatchSuccessWatchPlaybackBody);

    /// <summary>Answers with the playlist.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Items(WatchCall call, AskResult result) => Items(result, StatusCodes.Status200OK);

    /// <summary>Answers with the playlist to which something was added.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>201.</returns>
    public static IResult ItemAdded(WatchCall call, AskResult result) => Items(result, StatusCodes.Status201Created);

    /// <summary>Answers with the participants.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Participants(WatchCall call, AskResult result)
    {
        var list = (ParticipantList)result.Reply!;
        return Of(
            new WatchParticipantsBody(
                [.. list.Participants.Select(one => WatchShown.Participant(call.Party.Id, one))], list.Participants.Count),
            WatchHttpJson.Wire.WatchSuccessWatchParticipantsBody);
    }

    /// <summary>Answers with one's own seat.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Seat(WatchCall call, AskResult result)
    {
        var seat = (WatchSeat)result.Reply!;
        return Of(
            new WatchSeatBody(WatchShown.Participant(call.Party.Id, seat.Member), seat.TokenExpiresAt, seat.Seq),
            WatchHttpJson.Wire.WatchSuccessWatchSeatBody);
    }

    /// <summary>Answers with messages.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Messages(WatchCall call, AskResult result)
    {
        var list = (MessageList)result.Reply!;
        return Of(
            new WatchMessagesBody([.. list.Messages.Select(one => WatchChatShown.Of(call.Party.Id, one))], list.Messages.Count),
            WatchHttpJson.Wire.WatchSuccessWatchMessagesBody);
    }

    /// <summary>Answers with a new message, and how many more may follow.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>201.</returns>
    public static IResult Said(WatchCall call, AskResult result)
    {
        var said = (MessageSaid)result.Reply!;
        WatchLimitHeaders.Set(call.Context.Response, WatchLimits.MessagesPerMinute, said.Remaining, call.At.AddMinutes(1));
        return Of(
            WatchChatShown.Of(call.Party.Id, said.Message),
            WatchHttpJson.Wire.WatchSuccessWatchChatShown,
            StatusCodes.Status201Created);
    }

    /// <summary>Answers with who is banned.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Bans(WatchCall call, AskResult result)
    {
        var bans = ((BanList)result.Reply!).Bans;
        return Of(
            new WatchBansBody(
                [.. bans.Select(ban => new WatchBanBody(ban.MemberId, ban.Name, ban.IsGuest, ban.BannedAt, ban.By))], bans.Count),
            WatchHttpJson.Wire.WatchSuccessWatchBansBody);
    }

    /// <summary>Answers with what the party was like.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Analytics(WatchCall call, AskResult result) => Of(
        WatchShown.Analytics(call.Party.Id, ((WatchNumbers)result.Reply!).Analytics),
        WatchHttpJson.Wire.WatchSuccessWatchAnalyticsBody);

    private static IResult Items(AskResult result, int status)
    {
        var (items, playback) = result.Reply is PlaylistChanged playlist
            ? (playlist.Items, playlist.Playback)
            : throw new InvalidOperationException($"{result.Reply?.GetType().Name} has no playlist.");
        var duration = items.FirstOrDefault(item => item.ItemId == playback.ItemId)?.DurationMs;
        return Of(
            new WatchItemsBody(items, PlaybackShown.Of(playback, duration)), WatchHttpJson.Wire.WatchSuccessWatchItemsBody, status);
    }
}

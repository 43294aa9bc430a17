using System.Collections.Immutable;
using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What a watch party answers to questions.</summary>
internal static class WatchAnswers
{
    /// <summary>Answers a query.</summary>
    /// <param name="state">The party.</param>
    /// <param name="query">The query.</param>
    /// <returns>The answer, or why there is none.</returns>
    internal static Decision<WatchEvent> Answer(WatchState state, object query)
    {
        if (query is not WatchQuery q)
        {
            throw new UnreachableException($"A watch party does not answer {query.GetType().Name}.");
        }

        if (!state.Exists)
        {
            return Reject(WatchErrorCodes.WatchPartyNotFound);
        }

        return WatchAccess.TryRecognise(state, q.Actor, q.At, out var caller)
            ? Answer(state, q, caller)
            : Reject(WatchErrorCodes.GuestTokenInvalid);
    }

    private static Decision<WatchEvent> Answer(WatchState state, WatchQuery query, WatchCaller caller) => query switch
    {
        GetPlayback q => caller.IsSeated || caller.IsAdmin ? Say(PlaybackRules.Show(state, q.At)) : Reject(WatchErrorCodes.NotAParticipant),
        GetWatchParty q => Or(
            WatchAccess.RefusalToSee(state, caller, q.IsFriendOfHost, q.HostSeen),
            () => new WatchPartyChanged(WatchViews.Of(state, caller, q.At))),
        GetWatchEntry => Say(Entry(state, caller)),
        GetWatchSeat q => caller.IsSeated ? Say(Seat(state, caller.Member!, q.Actor)) : Reject(WatchErrorCodes.NotAParticipant),
        GetWatchWelcome q => caller.IsSeated ? Say(Welcome(state, caller, q)) : Reject(WatchErrorCodes.NotAParticipant),
        ListParticipants => MayList(state, caller)
            ? Say(new ParticipantList(WatchViews.Participants(state), state.Seq))
            : Reject(caller.MemberId is null ? WatchErrorCodes.WatchPrivate : WatchErrorCodes.NotAParticipant),
        ListMessages q => caller.IsSeated || caller.IsAdmin ? Say(Messages(state, q)) : Reject(WatchErrorCodes.NotAParticipant),
        GetAccessRequest => AccessRequest(state, caller),
        GetGuestRequest q => GuestRequest(state, q, caller),
        _ when !caller.IsCoHost => Reject(WatchErrorCodes.WatchCoHostOnly),
        ListGuestRequests => Say(Requests(state.GuestRequests)),
        ListAccessRequests => Say(Requests(state.AccessRequests)),
        ListBans => Say(Bans(state)),
        GetWatchAnalytics q => Say(new WatchNumbers(WatchViews.Analytics(state, q.At))),
        _ => throw new UnreachableException($"A watch party does not answer {query.GetType().Name}."),
    };

    private static bool MayList(WatchState state, WatchCaller caller) =>
        caller.IsSeated || caller.IsAdmin || state.Settings.Visibility == WatchVisibility.Public;

    private static WatchEntry Entry(WatchState state, WatchCaller caller) => new(
        state.HostId,
        state.Settings.Visibility,
        state.Password,
        !state.IsOn,
        caller.IsAdmin || WatchAccess.MayEnter(state, caller.MemberId));

    private static WatchSeat Seat(WatchState state, WatchMember member, WatchActor actor) =>
        new(WatchViews.Of(member), WatchAccess.TokenEndOf(member, actor.GuestTokenHash), state.Seq);

    private static WatchWelcome Welcome(WatchState state, WatchCaller caller, GetWatchWelcome q) => new(
        WatchViews.Of(state, caller, q.At),
        state.Messages,
        WatchViews.Of(caller.Member!),
        WatchAccess.TokenEndOf(caller.Member!, q.Actor.GuestTokenHash));

    private static MessageList Messages(WatchState state, ListMessages q)
    {
        if (q.UpToMs is not { } upTo)
        {
            return new MessageList(state.Messages);
        }

        // Nothing is given away that is pinned behind where the reader is; what left the playlist lies behind everybody.
        var places = state.Play.Items.Select((item, place) => KeyValuePair.Create(item.ItemId, place))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        var itemId = q.ItemId ?? state.Play.At(q.At).ItemId;
        var here = itemId is not null && places.TryGetValue(itemId, out var found) ? found : 0;
        return new MessageList(
            [
                .. state.Messages.Where(message => message.ItemId is null
                    || (message.ItemId == itemId
                        ? message.PositionMs <= upTo
                        : !places.TryGetValue(message.ItemId, out var place) || place < here)),
            ]);
    }

    private static Decision<WatchEvent> AccessRequest(WatchState state, WatchCaller caller) =>
        caller.MemberId is { } memberId && state.AccessRequests.Find(memberId) is { } request
            ? Say(new AccessChanged(request.ToView()))
            : Reject(WatchErrorCodes.AccessRequestNotFound);

    private static Decision<WatchEvent> GuestRequest(WatchState state, GetGuestRequest q, WatchCaller caller)
    {
        var request = state.GuestRequests.Find(q.RequestId);
        if (q.SecretHash is null && !caller.IsCoHost)
        {
            return Reject(WatchErrorCodes.WatchCoHostOnly);
        }

        return request is not null && (q.SecretHash is null || q.SecretHash == request.SecretHash)
            ? Say(new AccessChanged(request.ToView()))
            : Reject(WatchErrorCodes.GuestRequestNotFound);
    }

    private static AccessList Requests(WatchRequests requests) =>
        new([.. requests.ById.OrderByDescending(row => row.Value.Number).Select(row => row.Value.ToView())]);

    private static BanList Bans(WatchState state) => new(
        [
            .. state.Bans
                .OrderByDescending(row => row.Value.At)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => new BanView(row.Key, row.Value.Name, row.Value.IsGuest, row.Value.At, row.Value.By)),
        ]);

    private static Decision<WatchEvent> Or(WatchOutcome? refusal, Func<object> answer) => refusal is null
        ? Say(answer())
        : Decision<WatchEvent>.Reject(refusal.Code!, refusal.Message!, refusal.Field);

    private static Decision<WatchEvent> Say(object answer) => Decision<WatchEvent>.Answer(answer);

    private static Decision<WatchEvent> Reject(string code) => Decision<WatchEvent>.Reject(code, WatchErrors.TextOf(code));
}

using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What may be seen of a watch party: never a token or a password.</summary>
internal static class WatchViews
{
    /// <summary>Somebody as the party knows them now; a stranger when their token does not hold.</summary>
    /// <param name="state">The state.</param>
    /// <param name="actor">Who claims to act.</param>
    /// <param name="at">The time of the call.</param>
    /// <returns>The caller.</returns>
    internal static WatchCaller CallerOf(WatchState state, WatchActor actor, DateTimeOffset at) =>
        WatchAccess.TryRecognise(state, actor, at, out var caller) ? caller : new WatchCaller(null, null, IsAdmin: false);

    /// <summary>Somebody who was recognised before.</summary>
    /// <param name="state">The state.</param>
    /// <param name="memberId">Who.</param>
    /// <returns>The caller.</returns>
    internal static WatchCaller CallerOf(WatchState state, string memberId) => new(memberId, state.Find(memberId), IsAdmin: false);

    /// <summary>The party as somebody may see it who may see it at all.</summary>
    /// <param name="state">The state.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="at">The time of the answer.</param>
    /// <returns>The view.</returns>
    internal static WatchPartyView Of(WatchState state, WatchCaller caller, DateTimeOffset at)
    {
        var isInside = caller.IsSeated || caller.IsAdmin;
        var view = new WatchPartyView
        {
            Id = state.Id,
            Seq = state.Seq,
            HostId = state.HostId,
            Title = state.Title,
            Description = state.Description,
            InviteCode = isInside ? state.InviteCode : null,
            Settings = state.Settings,
            HasPassword = state.Password is not null,
            CreatedAt = state.CreatedAt,
            StartedAt = state.StartedAt,
            EndedAt = state.EndedAt,
            PlaylistId = state.PlaylistId,
            Origin = state.Origin,
            Items = state.Play.Items,
            Playback = state.Play.Current,
            Participants = isInside || state.Settings.Visibility == WatchVisibility.Public ? Participants(state) : [],
            ParticipantCount = state.Seated.Count,
            Now = at,
        };
        return PlaybackRules.Show(view, state);
    }

    /// <summary>Those who have a seat, in the order in which they first came.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The views.</returns>
    internal static IReadOnlyList<ParticipantView> Participants(WatchState state) =>
        [.. state.Seated.Select(row => Of(state.Members[row.Value]))];

    /// <summary>Somebody who has, or had, a seat.</summary>
    /// <param name="member">Who.</param>
    /// <returns>The view.</returns>
    internal static ParticipantView Of(WatchMember member) => new(
        member.Person.MemberId,
        member.Person.Name,
        member.Person.AvatarUrl,
        member.Person.IsGuest,
        member.Role,
        member.JoinedAt,
        member.LeftAt,
        member.Connected,
        member.LastSeenAt,
        member.Status,
        member.Muted,
        member.LastSyncAt,
        member.SyncOffsetMs,
        member.RoundTripMs);

    /// <summary>How long somebody has watched.</summary>
    /// <param name="state">The state.</param>
    /// <param name="member">Who.</param>
    /// <param name="at">The time now.</param>
    /// <returns>The time in milliseconds: connected while it played.</returns>
    internal static long WatchedMs(WatchState state, WatchMember member, DateTimeOffset at) => member.Connected
        ? member.WatchedMs + Math.Max(0, state.Play.PlayedAt(at) - member.PlayedBeforeMs)
        : member.WatchedMs;

    /// <summary>What the party was like.</summary>
    /// <param name="state">The state.</param>
    /// <param name="at">The time now.</param>
    /// <returns>The numbers.</returns>
    internal static WatchAnalytics Analytics(WatchState state, DateTimeOffset at)
    {
        var end = state.EndedAt ?? at;
        return new WatchAnalytics(
            state.ParticipantsTotal,
            state.Connected.Count,
            state.ConnectedPeak,
            state.MessageCount,
            state.Play.PlayedAt(at),
            [
                .. state.Members
                    .OrderBy(row => row.Value.Number)
                    .Select(row => new WatchedTime(row.Key, row.Value.Person.Name, WatchedMs(state, row.Value, at))),
            ],
            state.Play.ItemsPlayed,
            state.StartedAt is { } started && started < end ? (long)(end - started).TotalMilliseconds : 0);
    }
}

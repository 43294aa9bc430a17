using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What each event does to a watch party.</summary>
internal static class WatchEvolution
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">The event.</param>
    /// <returns>The state after.</returns>
    /// <exception cref="UnreachableException">The event is of no known type.</exception>
    internal static WatchState Evolve(WatchState state, WatchEvent @event) => Apply(state, @event) with { Seq = state.Seq + 1 };

    private static WatchState Apply(WatchState state, WatchEvent @event) => @event switch
    {
        PlaybackEvent e => Played(state, e),
        WatchMessageSent e => ChatEvolution.Sent(state, e),
        WatchMessageDeleted e => ChatEvolution.Deleted(state, e),
        ClientReported e => PresenceEvolution.Reported(state, e),
        ParticipantConnected e => PresenceEvolution.Connected(state, e),
        ParticipantDisconnected e => PresenceEvolution.Disconnected(state, e),
        ParticipantJoined e => SeatEvolution.Joined(state, e),
        ParticipantLeft e => SeatEvolution.Left(state, e),
        ParticipantBanned e => SeatEvolution.Banned(state, e),
        WatchBanLifted e => SeatEvolution.BanLifted(state, e),
        HostChanged e => SeatEvolution.HostIs(state, e),
        CoHostChanged e => state.Change(e.Who.MemberId, member => member with { Role = e.Who.Role }),
        ParticipantMuted e => state.Change(e.Who.MemberId, member => member with { Muted = e.Muted }),
        AccountForgotten e => AccountEvolution.Forgotten(state, e),
        WatchPartyCreated e => PartyLifeEvolution.Created(state, e),
        WatchPartyUpdated e => PartyLifeEvolution.Updated(state, e),
        WatchPartyEnded e => PartyLifeEvolution.Ended(state, e),
        WatchPartyRestarted e => PartyLifeEvolution.Restarted(state, e),
        WatchPartyDeleted => new WatchState
        {
            Id = state.Id,
            InviteCode = state.InviteCode,
            CreatedAt = state.CreatedAt,
            Deleted = true,
        },
        _ => AccessEvolution.Apply(state, @event),
    };

    private static WatchState Played(WatchState state, PlaybackEvent e)
    {
        var play = PlaybackEvolution.Evolve(state.Play, e, state.Reporters);
        return state with { Play = play, StartedAt = state.StartedAt ?? (play.Current.Playing ? play.Current.At : null) };
    }
}

using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Who leads, who helps, who must go and who must be silent.</summary>
internal static class RoleDecider
{
    internal static WatchOutcome Kick(WatchTurn turn, KickParticipant c, WatchCaller caller)
    {
        if (RefusalToTouch(turn.State, caller, c.MemberId, out var member) is { } refusal)
        {
            return refusal;
        }

        var isBanned = turn.State.Bans.ContainsKey(member!.Id);
        if (c.Ban && !isBanned && turn.State.Bans.Count >= WatchLimits.BansMax)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.BansTooMany);
        }

        if (member.IsSeated)
        {
            SeatDecider.GiveUp(turn, member, c.Ban ? LeaveReason.Banned : LeaveReason.Kicked, caller.By, c.At);
        }
        else if (c.Ban && !isBanned)
        {
            turn.Raise(new ParticipantBanned(c.At, member.Face, caller.By));
        }
        else if (!c.Ban && !member.Kicked)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMemberNotFound, "user_id");
        }

        return PartyLifeDecider.Changed(c);
    }

    internal static WatchOutcome LiftBan(WatchTurn turn, LiftBan c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (!turn.State.Bans.TryGetValue(c.MemberId, out var ban))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.BanNotFound, "user_id");
        }

        turn.Raise(new WatchBanLifted(c.At, c.MemberId, ban.Name, caller.By));
        return WatchOutcome.Done;
    }

    internal static WatchOutcome Mute(WatchTurn turn, MuteParticipant c, WatchCaller caller)
    {
        if (RefusalToTouch(turn.State, caller, c.MemberId, out var member) is { } refusal)
        {
            return refusal;
        }

        if (!member!.IsSeated)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMemberNotFound, "user_id");
        }

        if (member.Muted != c.Muted)
        {
            turn.Raise(new ParticipantMuted(c.At, member.Face, c.Muted, caller.By));
        }

        return PartyLifeDecider.Changed(c);
    }

    internal static WatchOutcome SetCoHost(WatchTurn turn, SetCoHost c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (turn.State.FindSeated(c.MemberId) is not { } member)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMemberNotFound, "user_id");
        }

        if (member.Role == WatchRole.Host)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchRankTooLow, "user_id");
        }

        var role = c.CoHost ? WatchRole.CoHost : WatchRole.Viewer;
        if (member.Role != role)
        {
            turn.Raise(new CoHostChanged(c.At, member.Face with { Role = role }, caller.By));
        }

        return PartyLifeDecider.Changed(c);
    }

    internal static WatchOutcome Transfer(WatchTurn turn, TransferHost c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (turn.State.FindSeated(c.MemberId) is not { } member)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMemberNotFound, "user_id");
        }

        if (member.Role != WatchRole.Host)
        {
            MakeHost(turn, member, turn.State.HostId, HostChangeReason.Transferred, c.At);
        }

        return PartyLifeDecider.Changed(c);
    }

    /// <summary>
    /// Passes the host's role to the longest-present co-host who is connected, then to such a member. A host who is only away keeps it
    /// while nobody else is connected; one who has left does not.
    /// </summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="at">When.</param>
    /// <param name="reason">Why.</param>
    /// <param name="leftId">The host who has left; null when the present one is away.</param>
    internal static void HandOver(WatchTurn turn, DateTimeOffset at, HostChangeReason reason, string? leftId = null)
    {
        var state = turn.State;
        WatchMember? next = null;
        foreach (var (_, memberId) in state.Seated)
        {
            var member = state.Members[memberId];
            if (memberId != state.HostId && (next is null || RankOf(member) > RankOf(next)))
            {
                next = member;
            }
        }

        if (next is not null)
        {
            MakeHost(turn, next, leftId ?? state.HostId, reason, at);
        }
    }

    private static int RankOf(WatchMember member) => (member.Connected ? 2 : 0) + (member.Role == WatchRole.CoHost ? 1 : 0);

    private static void MakeHost(WatchTurn turn, WatchMember member, string? formerId, HostChangeReason reason, DateTimeOffset at) =>
        turn.Raise(new HostChanged(at, member.Face with { Role = WatchRole.Host }, formerId, reason));

    /// <summary>Whether somebody may put another out or mute them.</summary>
    private static WatchOutcome? RefusalToTouch(WatchState state, WatchCaller caller, string memberId, out WatchMember? member)
    {
        member = state.Find(memberId);
        if (!caller.IsCoHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchCoHostOnly);
        }

        if (member is null)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMemberNotFound, "user_id");
        }

        if (memberId == caller.MemberId)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchNotOneself, "user_id");
        }

        var isAbove = member.Role == WatchRole.Host || (member.Role == WatchRole.CoHost && !caller.IsHost);
        return isAbove ? WatchOutcome.Refuse(WatchErrorCodes.WatchRankTooLow, "user_id") : null;
    }
}

using System.Diagnostics.CodeAnalysis;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Somebody whom the party has recognised.</summary>
/// <param name="MemberId">Their id; null for nobody in particular.</param>
/// <param name="Member">Their seat, or the one they had; null when they never had one.</param>
/// <param name="IsAdmin">Whether their account is an administrator's.</param>
internal sealed record WatchCaller(string? MemberId, WatchMember? Member, bool IsAdmin)
{
    /// <summary>Whether they have a seat.</summary>
    public bool IsSeated => Member is { IsSeated: true };

    /// <summary>What they are; a viewer without a seat.</summary>
    public WatchRole Role => IsSeated ? Member!.Role : WatchRole.Viewer;

    /// <summary>Whether they may do what the host may.</summary>
    public bool IsHost => IsAdmin || Role == WatchRole.Host;

    /// <summary>Whether they may do what co-hosts may.</summary>
    public bool IsCoHost => IsHost || Role == WatchRole.CoHost;

    /// <summary>Them as events name them; null without a seat.</summary>
    public WatchFace? Face => IsSeated ? Member!.Face : null;

    /// <summary>Their id as events name whoever did something; null without a seat.</summary>
    public string? By => IsSeated ? MemberId : null;
}

/// <summary>Who may act in a watch party, and who may see it.</summary>
internal static class WatchAccess
{
    /// <summary>Recognises whoever acts.</summary>
    /// <param name="state">The state.</param>
    /// <param name="actor">Who claims to act.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="caller">Who acts.</param>
    /// <returns>False when a guest token was shown that does not hold.</returns>
    internal static bool TryRecognise(WatchState state, WatchActor actor, DateTimeOffset at, [NotNullWhen(true)] out WatchCaller? caller)
    {
        if (actor.GuestTokenHash is not { } hash)
        {
            // The node that took the call vouches for an account; a guest's id without the token is nobody's.
            var member = state.Find(actor.MemberId);
            caller = member is { Person.IsGuest: true } ? null : new WatchCaller(actor.MemberId, member, actor.IsAdmin);
            return caller is not null;
        }

        caller = null;
        if (state.TokenHolders.TryGetValue(hash, out var holder) && (actor.MemberId is null || actor.MemberId == holder))
        {
            var guest = state.Members[holder];
            caller = TokenEndOf(guest, hash) > at ? new WatchCaller(holder, guest, IsAdmin: false) : null;
        }

        return caller is not null;
    }

    /// <summary>When a guest token ends.</summary>
    /// <param name="member">Whose it is.</param>
    /// <param name="hash">Its hash; null for none.</param>
    /// <returns>The instant; null when they do not hold it.</returns>
    internal static DateTimeOffset? TokenEndOf(WatchMember member, string? hash)
    {
        foreach (var token in member.Tokens)
        {
            if (token.Hash == hash)
            {
                return token.ExpiresAt;
            }
        }

        return null;
    }

    /// <summary>Whether somebody may see the party.</summary>
    /// <param name="state">The state.</param>
    /// <param name="caller">Who.</param>
    /// <param name="isFriend">Whether they are an accepted friend of <paramref name="hostSeen"/>.</param>
    /// <param name="hostSeen">The host of whom that was asked; null when it was not.</param>
    /// <returns>Why not, or null when they may.</returns>
    internal static WatchOutcome? RefusalToSee(WatchState state, WatchCaller caller, bool isFriend, string? hostSeen)
    {
        if (IsBanned(state, caller.MemberId, null))
        {
            return caller.IsAdmin ? null : WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        if (caller.IsAdmin || MayEnter(state, caller.MemberId) || IsOpenTo(state, isFriend, hostSeen))
        {
            return null;
        }

        return WatchOutcome.Refuse(caller.MemberId is null ? WatchErrorCodes.WatchPrivate : WatchErrorCodes.NotAParticipant);
    }

    /// <summary>Whether the party's visibility opens it to somebody.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isFriend">Whether they are an accepted friend of <paramref name="hostSeen"/>.</param>
    /// <param name="hostSeen">The host of whom that was asked; null when it was not.</param>
    /// <returns>True when nothing else is asked.</returns>
    internal static bool IsOpenTo(WatchState state, bool isFriend, string? hostSeen) => state.Settings.Visibility switch
    {
        WatchVisibility.Public => true,
        WatchVisibility.Friends => isFriend && hostSeen is not null && hostSeen == state.HostId,
        _ => false,
    };

    /// <summary>Whether somebody has, or had, a seat, or was let in, and was not put out since.</summary>
    /// <param name="state">The state.</param>
    /// <param name="memberId">Who; null for nobody.</param>
    /// <returns>True when they may come back as they please.</returns>
    internal static bool MayEnter(WatchState state, string? memberId) =>
        memberId is not null && (state.Find(memberId) is { Kicked: false } || state.Admitted.Contains(memberId));

    /// <summary>Whether somebody is banned, or shows what somebody banned had.</summary>
    /// <param name="state">The state.</param>
    /// <param name="memberId">Who; null for nobody known.</param>
    /// <param name="mark">The hash of the browser session or guest token they show; null for none.</param>
    /// <returns>True when they stay out.</returns>
    internal static bool IsBanned(WatchState state, string? memberId, string? mark) =>
        (memberId is not null && state.Bans.ContainsKey(memberId))
        || (mark is not null && state.Marks.TryGetValue(mark, out var who) && who.Any(state.Bans.ContainsKey));

    /// <summary>Whether somebody shows what somebody had who was put out, banned or not.</summary>
    /// <param name="state">The state.</param>
    /// <param name="mark">The hash of the browser session or guest token they show; null for none.</param>
    /// <returns>True when the host must let them in.</returns>
    internal static bool IsMarked(WatchState state, string? mark) => mark is not null && state.Marks.ContainsKey(mark);
}

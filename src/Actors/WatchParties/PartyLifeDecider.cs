using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Creating, changing, ending, starting again and deleting.</summary>
internal static class PartyLifeDecider
{
    internal static WatchOutcome Create(WatchTurn turn, CreateWatchParty c)
    {
        if (turn.State.Seq > 0)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchPartyExists);
        }

        IReadOnlyList<OriginSeat> seats = c.Seats ?? [];
        if (ErrorIn(c, seats) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        turn.Raise(new WatchPartyCreated(
            c.At,
            Clean(c.Host),
            c.InviteCode,
            TextRules.Clean(c.Title),
            WatchInput.CleanNote(c.Description),
            c.Settings.ParticipantsMax > seats.Count ? c.Settings : c.Settings with { ParticipantsMax = seats.Count + 1 },
            c.Items,
            c.PlaylistId,
            [.. seats.Select(seat => seat with { Person = Clean(seat.Person) })],
            c.Origin));
        if (c.PasswordHash is { Length: > 0 } hash)
        {
            // Stored together with the creation: at no moment is there a party that everybody may join who has the code.
            var made = turn.State;
            turn.Raise(new WatchPartyUpdated(
                c.At, made.Title, made.Description, made.Settings, new WatchPassword(hash, 1), 1, c.Host.MemberId));
        }

        return WatchOutcome.Say(state => new WatchPartyChanged(WatchViews.Of(state, WatchViews.CallerOf(state, c.Host.MemberId), c.At)));
    }

    internal static WatchOutcome Update(WatchTurn turn, UpdateWatchParty c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        var error = (c.Title is null ? null : WatchInput.ValidateTitle(c.Title))
            ?? WatchInput.ValidateDescription(c.Description)
            ?? (c.Settings is null ? null : WatchInput.Validate(c.Settings));
        if (error is not null)
        {
            return WatchOutcome.Refuse(error)!;
        }

        var state = turn.State;
        var version = state.PasswordVersion + (c.PasswordHash is null or "" && (c.PasswordHash is null || state.Password is null) ? 0 : 1);
        var next = new WatchPartyUpdated(
            c.At,
            c.Title is null ? state.Title : TextRules.Clean(c.Title),
            c.Description is null ? state.Description : WatchInput.CleanNote(c.Description),
            c.Settings ?? state.Settings,
            c.PasswordHash switch { null => state.Password, "" => null, var hash => new WatchPassword(hash, version) },
            version,
            caller.By);
        if (next.Title != state.Title
            || next.Description != state.Description
            || next.Settings != state.Settings
            || next.PasswordVersion != state.PasswordVersion)
        {
            turn.Raise(next);
        }

        return Changed(c);
    }

    internal static WatchOutcome End(WatchTurn turn, EndWatchParty c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.RefuseSaying(WatchErrorCodes.WatchHostOnly, "unauthorized: only host can end the party");
        }

        if (turn.State.IsOn)
        {
            var state = turn.State;
            var lasted = state.StartedAt is { } started && started < c.At ? (long)(c.At - started).TotalMilliseconds : 0;
            turn.Raise(new WatchPartyEnded(
                c.At, caller.By, caller.Face?.Name, lasted, [.. state.Connected.Select(id => Watched(state, id, c.At))]));
        }

        return Changed(c);
    }

    internal static WatchOutcome Restart(WatchTurn turn, RestartWatchParty c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (turn.State.IsOn)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchPartyNotEnded);
        }

        turn.Raise(new WatchPartyRestarted(c.At, caller.By, caller.Face?.Name));
        return Changed(c);
    }

    internal static WatchOutcome Delete(WatchTurn turn, DeleteWatchParty c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        turn.Raise(new WatchPartyDeleted(c.At, caller.By, [.. turn.State.Members.Keys.Union(turn.State.Admitted)]));
        return WatchOutcome.Done;
    }

    /// <summary>Answers with the party as the actor sees it when the turn is over.</summary>
    internal static WatchOutcome Changed(WatchCallerCommand c) => WatchOutcome.Say(
        state => new WatchPartyChanged(WatchViews.Of(state, WatchViews.CallerOf(state, c.Actor, c.At), c.At)));

    /// <summary>A person as stored: the address stays with the account, which may be deleted.</summary>
    internal static WatchPerson Clean(WatchPerson person) => person with { Name = TextRules.Clean(person.Name), Email = null };

    private static WatchedTime Watched(WatchState state, string memberId, DateTimeOffset at)
    {
        var member = state.Members[memberId];
        return new WatchedTime(memberId, member.Person.Name, WatchViews.WatchedMs(state, member, at));
    }

    private static InputError? ErrorIn(CreateWatchParty c, IReadOnlyList<OriginSeat> seats)
    {
        var error = WatchInput.ValidateTitle(c.Title)
            ?? WatchInput.ValidateDescription(c.Description)
            ?? WatchInput.Validate(c.Settings)
            ?? WatchInput.Validate(c.Host)
            ?? seats.Select(seat => WatchInput.Validate(seat.Person)).FirstOrDefault(e => e is not null)
            ?? c.Items.Select((item, place) => WatchInput.Validate(item, $"items[{place}].")).FirstOrDefault(e => e is not null);
        if (error is not null)
        {
            return error;
        }

        if (c.Items.Count > WatchLimits.ItemsMax)
        {
            return Of(WatchErrorCodes.PlaylistFull, "items");
        }

        if (c.Items.DistinctBy(item => item.ItemId, StringComparer.Ordinal).Count() < c.Items.Count)
        {
            return Of(WatchErrorCodes.MediaItemExists, "items");
        }

        // The decision that opens the party gives each member one seat, and no more than a party takes.
        var people = seats.Select(seat => seat.Person.MemberId).Append(c.Host.MemberId).Distinct(StringComparer.Ordinal).Count();
        var origins = seats.Select(seat => seat.OriginMember).Append(c.Origin?.HostMember).Distinct(StringComparer.Ordinal).Count();
        return people <= seats.Count || origins <= seats.Count || seats.Count >= WatchLimits.OriginSeatsMax
            ? Of(WatchErrorCodes.ParticipantsMaxInvalid, "seats")
            : null;
    }

    private static InputError Of(string code, string field) => new(code, WatchErrors.TextOf(code), field);
}

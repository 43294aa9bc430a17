using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Where accounts come in to watch parties: by the invite code or the id, with what is asked of them. For both surfaces.</summary>
internal sealed class WatchEntrance(WatchDoor door, RateWindows windows, IFriends friends)
{
    /// <summary>Finds the party of an invite code.</summary>
    /// <param name="code">The code as sent.</param>
    /// <returns>The party's id, or the error.</returns>
    public async ValueTask<(string? PartyId, ApiError? Error)> FindAsync(string code)
    {
        if (!InviteCodes.IsCode(code))
        {
            return (null, ApiError.Of(WatchErrorCodes.WatchPartyNotFound));
        }

        var result = await door.Code(code).QueryAsync(new FindRoomByCode());
        return result is { Outcome: AskOutcome.Replied, Reply: RoomCodeOwner found }
            ? (found.OwnerId, null)
            : (null, ApiError.From(result));
    }

    /// <summary>Takes a seat.</summary>
    /// <param name="call">The call, by somebody with an account; its party is the one to join.</param>
    /// <param name="code">The code they came by; null for none.</param>
    /// <param name="password">The password they say; null for none.</param>
    /// <returns>The party, or the error.</returns>
    public async ValueTask<(WatchPartyView? Party, ApiError? Error)> JoinAsync(WatchCall call, string? code, string? password)
    {
        if (await windows.CheckAsync(call.Context, RateWindow.JoinWatchParty, call.Caller.Account!.UserId) is { } limited)
        {
            return (null, limited);
        }

        var (known, unknown) = await WatchCalls.QueryAsync(call, new GetWatchEntry(call.Actor, call.At));
        if (unknown is not null)
        {
            return (null, unknown);
        }

        var entry = (WatchEntry)known.Reply!;
        int? proven = null;
        if (entry is { HasSeat: false, Password: { } expected, Ended: false })
        {
            if (password is null)
            {
                return (null, ApiError.Of(WatchErrorCodes.PasswordRequired));
            }

            if (!WatchPasswords.Matches(expected, password))
            {
                return (null, ApiError.Of(WatchErrorCodes.PasswordWrong));
            }

            proven = expected.Version;
        }

        var isFriend = code is null && await IsFriendAsync(call, entry);
        var command = new JoinWatchParty(
            call.At,
            call.Actor,
            call.Caller.Person,
            code,
            isFriend,
            isFriend ? entry.HostId : null,
            proven,
            BrowserMark.Of(call.Context, call.Party.Id));
        var (result, error) = await WatchCalls.AskAsync(call, command);
        return error is null ? (((WatchPartyChanged)result.Reply!).Party, null) : (null, error);
    }

    /// <summary>Reads a party as somebody who may see it, friends of the host included.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The party, or the error.</returns>
    public async ValueTask<(WatchPartyView? Party, ApiError? Error)> ReadAsync(WatchCall call)
    {
        var (result, error) = await WatchCalls.QueryAsync(call, new GetWatchParty(call.Actor, call.At));
        if (error is { Status: StatusCodes.Status403Forbidden } && call.Actor.HasAccount)
        {
            var (known, unknown) = await WatchCalls.QueryAsync(call, new GetWatchEntry(call.Actor, call.At));
            if (unknown is null && known.Reply is WatchEntry entry && await IsFriendAsync(call, entry))
            {
                (result, error) = await WatchCalls.QueryAsync(call, new GetWatchParty(call.Actor, call.At, true, entry.HostId));
            }
        }

        return error is null ? (((WatchPartyChanged)result.Reply!).Party, null) : (null, error);
    }

    private async ValueTask<bool> IsFriendAsync(WatchCall call, WatchEntry entry) =>
        entry is { Visibility: WatchVisibility.Friends, HasSeat: false, HostId: { } host }
        && Guid.TryParseExact(host, "D", out var hostId)
        && Guid.TryParseExact(call.Actor.MemberId, "D", out var memberId)
        && await friends.AreFriendsAsync(memberId, hostId, call.Context.RequestAborted);
}

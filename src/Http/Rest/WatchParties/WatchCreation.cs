using System.Security.Cryptography;
using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>A watch party that somebody wants.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it; null for none.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Items">What to watch, without ids.</param>
/// <param name="PlaylistId">One of their playlists, whose items come first; null for none.</param>
/// <param name="Password">The password; null or empty for none.</param>
internal sealed record WantedWatchParty(
    string Title, string? Description, WatchSettings Settings, IReadOnlyList<MediaItem> Items, Guid? PlaylistId, string? Password);

/// <summary>Makes watch parties, for both surfaces. With a key a retry meets the same party and code.</summary>
internal sealed class WatchCreation(WatchDoor door, RateWindows windows, MediaInputs media, IPlaylists playlists)
{
    /// <summary>Makes one.</summary>
    /// <param name="call">The call, by somebody with an account.</param>
    /// <param name="wanted">What they want.</param>
    /// <returns>The party, or the error.</returns>
    public async ValueTask<(WatchPartyView? Party, ApiError? Error)> CreateAsync(WatchCall call, WantedWatchParty wanted)
    {
        var owner = call.Caller.Account!;
        var (key, keyError) = IdempotencyKey.Read(call.Context.Request, owner.UserId);
        if ((keyError ?? await windows.CheckAsync(call.Context, RateWindow.CreateWatchParty, owner.UserId)) is { } refused)
        {
            return (null, refused);
        }

        var (items, wrong) = await ItemsAsync(call, wanted, key);
        if (items is null)
        {
            return (null, wrong);
        }

        var partyId = (key?.Derive("watch party") ?? Guid.CreateVersion7(call.At)).ToString("D");
        var (code, taken) = await ClaimCodeAsync(call, partyId, key);
        if (code is null)
        {
            return (null, taken);
        }

        var party = door.Party(partyId);
        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(call.Context.Request, call.Bytes.Span);
        var command = new CreateWatchParty(
            call.At,
            call.Caller.Person,
            code,
            wanted.Title,
            wanted.Description is "" ? null : wanted.Description,
            wanted.Settings,
            items,
            wanted.PlaylistId?.ToString("D"))
        {
            PasswordHash = wanted.Password is { Length: > 0 } password ? WatchPasswords.Hash(password) : null,
            Fingerprint = fingerprint,
        };
        var result = await party.AskAsync(command, key?.CommandId);
        return WatchRefusal.Of(result, fingerprint) is { } error ? (null, error) : (((WatchPartyChanged)result.Reply!).Party, null);
    }

    private async ValueTask<(IReadOnlyList<MediaItem>? Items, ApiError? Error)> ItemsAsync(
        WatchCall call, WantedWatchParty wanted, IdempotencyKey? key)
    {
        List<MediaItem> all = [];
        if (wanted.PlaylistId is { } playlistId)
        {
            var accountId = Guid.ParseExact(call.Caller.Account!.UserId, "D");
            if (await playlists.FindAsync(accountId, playlistId, call.Context.RequestAborted) is not { } playlist)
            {
                return (null, AccountError.Of(AccountErrorCodes.PlaylistNotFound, field: "playlist_id"));
            }

            all.AddRange(playlist.Items.Select(item => new MediaItem(
                string.Empty, item.Title, item.Url, item.MediaId?.ToString("D"), item.TmdbId, item.PosterUrl, item.DurationMs)));
        }

        all.AddRange(wanted.Items);
        if (all.Count > WatchLimits.ItemsMax)
        {
            return (null, ApiError.Invalid($"items: a party has at most {WatchLimits.ItemsMax} items, the playlist's included.", "items"));
        }

        for (var i = 0; i < all.Count; i++)
        {
            var (item, error) = await media.CompleteAsync(
                all[i], key?.Derive($"item {i}") ?? Guid.CreateVersion7(call.At), call.Context.RequestAborted);
            if (item is null)
            {
                return (null, error);
            }

            all[i] = item;
        }

        return (all, null);
    }

    private ValueTask<(string? Code, ApiError? Error)> ClaimCodeAsync(WatchCall call, string partyId, IdempotencyKey? key) =>
        CodeClaim.MakeAsync(
            draw => InviteCodes.Of(key?.Derive($"code {draw}") ?? new Guid(RandomNumberGenerator.GetBytes(16))),
            door.Code,
            () => new ClaimRoomCode(call.At, partyId),
            WatchErrorCodes.InviteCodeTaken);
}

using System.Security.Cryptography;
using System.Text;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>What a watch party says of itself, as its own surface shows it.</summary>
/// <param name="options">The options.</param>
internal sealed class WatchShown(HttpOptions options)
{
    /// <summary>The address that invites to a party.</summary>
    /// <param name="request">The request that asks.</param>
    /// <param name="code">The party's code; null for somebody who may not know it.</param>
    /// <returns>The address, or null.</returns>
    public string? InviteUrl(HttpRequest request, string? code)
    {
        if (code is null)
        {
            return null;
        }

        var origin = options.WatchParties.BaseUrl is { Length: > 0 } configured
            ? configured.TrimEnd('/')
            : $"{request.Scheme}://{request.Host.Value}";
        return $"{origin}/watch-parties/{code}";
    }

    /// <summary>Shows a party.</summary>
    /// <param name="request">The request that asks.</param>
    /// <param name="view">The party.</param>
    /// <returns>The body.</returns>
    public WatchPartyBody Party(HttpRequest request, WatchPartyView view)
    {
        var state = PlaybackChanged.Of(view);
        return new WatchPartyBody(
            view.Id,
            view.HostId,
            view.Title,
            view.Description,
            view.PlaylistId,
            state.InEffect.ItemId,
            state.PositionMs / 1000,
            state.IsPlaying,
            WatchWords.Of(view.Settings.Visibility),
            view.InviteCode,
            InviteUrl(request, view.InviteCode),
            view.Settings.ParticipantsMax,
            view.CreatedAt,
            view.StartedAt,
            view.EndedAt,
            view.Participants.Count == 0 ? null : [.. view.Participants.Select(one => Participant(view.Id, one))],
            view.ParticipantCount,
            view.HasPassword,
            Settings(view.Settings),
            state.PositionMs,
            PlaybackShown.Of(state.Playback, state.DurationMs),
            PlaybackShown.Before(state),
            view.Items,
            view.SkipVotes,
            view.Barrier,
            view.Origin,
            view.Seq,
            view.Now);
    }

    /// <summary>What plays now.</summary>
    /// <param name="view">The party.</param>
    /// <returns>The item, or null for none.</returns>
    public static MediaItem? Playing(WatchPartyView view) => view.Items.FirstOrDefault(item => item.ItemId == view.InEffect.ItemId);

    /// <summary>Shows a participant.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="view">The participant.</param>
    /// <returns>The body.</returns>
    public static WatchParticipantBody Participant(string partyId, ParticipantView view) => new(
        SeatId(partyId, view.MemberId),
        partyId,
        view.MemberId,
        new WatchUserBody(view.MemberId, view.Name, view.AvatarUrl, view.IsGuest),
        WatchPersonShown.WordOf(view.Role),
        view.JoinedAt,
        view.LeftAt,
        view.LastSyncAt,
        view.SyncOffsetMs,
        view.Connected,
        view.LastSeenAt,
        WatchWords.Of(view.Status),
        view.Muted);

    /// <summary>Shows where a party plays.</summary>
    /// <param name="changed">Where.</param>
    /// <returns>The body.</returns>
    public static WatchPlaybackBody Playback(PlaybackChanged changed) => new(
        PlaybackShown.Of(changed.Playback, changed.DurationMs),
        PlaybackShown.Before(changed),
        changed.PositionMs,
        changed.IsPlaying,
        changed.DurationInEffectMs,
        changed.Barrier,
        changed.Seq,
        changed.Now);

    /// <summary>Shows a party in a list.</summary>
    /// <param name="row">The party.</param>
    /// <returns>The body.</returns>
    public static WatchListedBody Listed(WatchPartyRow row) => new(
        row.Id,
        row.HostId,
        row.HostName,
        row.Title,
        row.Description,
        WatchWords.Of(row.Visibility),
        row.HasPassword,
        row.ParticipantsMax,
        row.ParticipantCount,
        row.CreatedAt,
        row.StartedAt,
        row.EndedAt,
        row.FirstItem);

    /// <summary>Shows what a party was like.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="numbers">The numbers.</param>
    /// <returns>The body.</returns>
    public static WatchAnalyticsBody Analytics(string partyId, WatchAnalytics numbers) => new(
        partyId,
        numbers.ParticipantsTotal,
        numbers.ConnectedPeak,
        numbers.ConnectedNow,
        numbers.Messages,
        numbers.ItemsPlayed,
        numbers.PlayedMs / 1000,
        numbers.DurationMs / 1000,
        numbers.WatchedMs.Count == 0 ? 0 : numbers.WatchedMs.Sum(time => time.WatchedMs) / numbers.WatchedMs.Count / 1000,
        [.. numbers.WatchedMs.Select(time => new WatchTimeBody(time.MemberId, time.Name, time.WatchedMs / 1000))]);

    private static WatchSettingsBody Settings(WatchSettings settings) => new(
        WatchWords.Of(settings.Visibility),
        settings.ParticipantsMax,
        WatchWords.Of(settings.Controls),
        settings.WaitForReady,
        settings.ReadySeconds,
        settings.SlowModeSeconds,
        settings.SkipPercent);

    // A seat has no id of its own: the same party and member give the same one.
    private static string SeatId(string partyId, string memberId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"seat\n{partyId}\n{memberId}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }
}

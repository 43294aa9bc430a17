using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The types of the frames that answer one client over <c>/api/v1/watch-parties/{id}/ws</c>.</summary>
public static class WatchAnswerTypes
{
    /// <summary>Where the party is: on connect and on <c>sync-request</c>.</summary>
    public const string Sync = "sync";

    /// <summary>A frame was carried out.</summary>
    public const string Ack = "ack";

    /// <summary>A frame was not carried out.</summary>
    public const string Error = "error";

    /// <summary>The time.</summary>
    public const string Clock = "clock";

    /// <summary>The answer to <c>ping</c>.</summary>
    public const string Pong = "pong";

    /// <summary>The last messages.</summary>
    public const string Messages = "messages";
}

/// <summary>A flat frame for one client.</summary>
/// <param name="Type">One of <see cref="WatchAnswerTypes"/>.</param>
public abstract record WatchAnswerFrame([property: JsonPropertyOrder(-1)] string Type);

/// <summary>Where the party is. On connect also what it is, who is there and what was said; left out in the answer to
/// <c>sync-request</c>.</summary>
public sealed record WatchSyncFrame() : WatchAnswerFrame(WatchAnswerTypes.Sync)
{
    /// <summary>The party.</summary>
    public required string PartyId { get; init; }

    /// <summary>What plays now; null for nothing.</summary>
    public required string? ClipId { get; init; }

    /// <summary>The position now, in whole seconds.</summary>
    public required long Position { get; init; }

    /// <summary>Whether it plays now.</summary>
    public required bool IsPlaying { get; init; }

    /// <summary>The server's time, in Unix seconds.</summary>
    public required long ServerTimestamp { get; init; }

    /// <summary>The number of the party's last event: what to resume from.</summary>
    public required long Seq { get; init; }

    /// <summary>The position now, in milliseconds.</summary>
    public required long PositionMs { get; init; }

    /// <summary>The server's time, in Unix milliseconds.</summary>
    public required double ServerTimeMs { get; init; }

    /// <summary>What holds from its instant on, to compute with.</summary>
    public required PlaybackShown Playback { get; init; }

    /// <summary>
    /// Until <see cref="Playback"/> begins: what goes on till then, each until the next one begins; the first holds now. Left out when
    /// nothing is announced, and <see cref="Playback"/> holds already.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlaybackShown>? Before { get; init; }

    /// <summary>On connect, the item of <see cref="Playback"/>; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MediaItem? Item { get; init; }

    /// <summary>What playing waits for; null for nothing.</summary>
    public BarrierView? Barrier { get; init; }

    /// <summary>On connecting with <c>since</c>: whether what was missed follows. False: everything is here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Resumed { get; init; }

    /// <summary>The client's own seat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnSeatShown? You { get; init; }

    /// <summary>What the party is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchPartyShown? Party { get; init; }

    /// <summary>Who has a seat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WatchParticipantShown>? Participants { get; init; }

    /// <summary>The playlist.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MediaItem>? Items { get; init; }

    /// <summary>The last messages, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WatchChatShown>? Messages { get; init; }

    /// <summary>The votes to skip what plays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SkipVotes? SkipVotes { get; init; }
}

/// <summary>A frame with a number was carried out, and what it changed is stored.</summary>
/// <param name="Id">The number of the frame.</param>
/// <param name="Seq">The party's number at which it was carried out.</param>
/// <param name="MessageId">The id of what was said.</param>
/// <param name="Remaining">How many more messages or reactions may follow within the minute.</param>
/// <param name="ItemId">The id of the item that was added.</param>
public sealed record WatchAckFrame(
    long Id,
    long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MessageId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Remaining = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ItemId = null)
    : WatchAnswerFrame(WatchAnswerTypes.Ack);

/// <summary>A frame was not carried out.</summary>
/// <param name="Error">One sentence for people.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Retryable">Whether the same frame may succeed later without any change.</param>
/// <param name="Field">The field at fault; left out when no single one is.</param>
/// <param name="Id">The number of the frame at fault; left out when it had none.</param>
/// <param name="RetryAfterMs">When it makes sense to try again, in milliseconds; left out when it does not.</param>
public sealed record WatchErrorFrame(
    string Error,
    string Code,
    bool Retryable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterMs = null)
    : WatchAnswerFrame(WatchAnswerTypes.Error);

/// <summary>The time, with what a client needs to know its distance from it: all in milliseconds, with fractions.</summary>
/// <param name="T0">The client's time when it asked, as it said; null when it did not.</param>
/// <param name="T1">The server's time when the question came, Unix.</param>
/// <param name="T2">The server's time when the answer went out, Unix.</param>
public sealed record WatchClockFrame(double? T0, double T1, double T2) : WatchAnswerFrame(WatchAnswerTypes.Clock);

/// <summary>A sign of life.</summary>
/// <param name="ServerTimestamp">The server's time, in Unix seconds.</param>
public sealed record WatchPongFrame(long ServerTimestamp) : WatchAnswerFrame(WatchAnswerTypes.Pong);

/// <summary>The last messages, oldest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="UpToMs">The position up to which they were asked for; left out for all.</param>
/// <param name="Id">The number of the frame that asked; left out when it had none.</param>
public sealed record WatchMessagesFrame(
    IReadOnlyList<WatchChatShown> Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? UpToMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null)
    : WatchAnswerFrame(WatchAnswerTypes.Messages);

/// <summary>Somebody who has a seat.</summary>
/// <param name="UserId">Who.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
/// <param name="Role"><c>host</c>, <c>co-host</c> or <c>viewer</c>.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Connected">Whether a connection of theirs is open.</param>
/// <param name="Status">How their client is.</param>
/// <param name="Muted">Whether they are muted.</param>
/// <param name="JoinedAt">When they came first.</param>
/// <param name="LastSeenAt">When their last connection opened or ended.</param>
/// <param name="LastSyncAt">When their client last said how far off it is; null before it did.</param>
/// <param name="SyncOffsetMs">How far it was from the party's position, signed.</param>
public sealed record WatchParticipantShown(
    string UserId,
    string DisplayName,
    string? AvatarUrl,
    string Role,
    bool IsGuest,
    bool Connected,
    WatchStatus Status,
    bool Muted,
    DateTimeOffset JoinedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? LastSyncAt,
    int SyncOffsetMs)
{
    /// <summary>Shows somebody.</summary>
    /// <param name="view">Who.</param>
    /// <returns>The form that clients get.</returns>
    public static WatchParticipantShown Of(ParticipantView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new(
            view.MemberId,
            view.Name,
            view.AvatarUrl,
            WatchPersonShown.WordOf(view.Role),
            view.IsGuest,
            view.Connected,
            view.Status,
            view.Muted,
            view.JoinedAt,
            view.LastSeenAt,
            view.LastSyncAt,
            view.SyncOffsetMs);
    }
}

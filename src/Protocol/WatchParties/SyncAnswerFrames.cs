using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The types of the frames that the server makes for clients of <c>/ws/room/{roomID}</c> besides those of events.</summary>
public static class SyncAnswerTypes
{
    /// <summary>Where the room is: on connect, on <c>request_state</c>, and to whoever moved it.</summary>
    public const string State = "state";

    /// <summary>Everybody who is there.</summary>
    public const string Participants = "participants";

    /// <summary>A frame was not carried out.</summary>
    public const string Error = "error";

    /// <summary>A frame was carried out.</summary>
    public const string Ack = "ack";

    /// <summary>The time.</summary>
    public const string Clock = "clock";

    /// <summary>The answer to <c>ping</c>.</summary>
    public const string Pong = "pong";

    /// <summary>The last messages.</summary>
    public const string Messages = "messages";
}

/// <summary>A frame of the rooms dialect.</summary>
/// <typeparam name="T">What its payload is.</typeparam>
/// <param name="Type">One of <see cref="SyncAnswerTypes"/>.</param>
/// <param name="Payload">What it says.</param>
/// <param name="Seq">The number of the room's last event at that moment; left out where it says nothing about the room.</param>
public sealed record SyncAnswerFrame<T>(
    string Type, T Payload, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Seq = null);

/// <summary>Where a room is. On connect also what it is and what was said.</summary>
public sealed record RoomStateShown
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Whether it plays now.</summary>
    public required bool IsPlaying { get; init; }

    /// <summary>The position now, in seconds with two decimals.</summary>
    public required double CurrentTime { get; init; }

    /// <summary>How long what plays now is, in seconds; 0 when nobody knows.</summary>
    public required double Duration { get; init; }

    /// <summary>Times normal speed, now.</summary>
    public required double PlaybackRate { get; init; }

    /// <summary>The server's time at which <see cref="CurrentTime"/> holds.</summary>
    public required DateTimeOffset LastUpdated { get; init; }

    /// <summary>Whose command was the last; empty for nobody's.</summary>
    public required string UpdatedBy { get; init; }

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

    /// <summary>What the room is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchPartyShown? Room { get; init; }

    /// <summary>The playlist.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MediaItem>? Items { get; init; }

    /// <summary>The last messages, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>The votes to skip what plays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SkipVotes? SkipVotes { get; init; }

    /// <summary>Shows where a room is at the instant of an answer, and what was announced and has not begun.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="state">Where it is.</param>
    /// <returns>The form that clients get.</returns>
    public static RoomStateShown Of(string roomId, PlaybackChanged state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new RoomStateShown
        {
            RoomId = roomId,
            IsPlaying = state.IsPlaying,
            CurrentTime = Seconds(state.PositionMs),
            Duration = Seconds(state.DurationInEffectMs ?? 0),
            PlaybackRate = state.InEffect.Rate,
            LastUpdated = state.Now,
            UpdatedBy = state.Playback.ChangedBy ?? string.Empty,
            PositionMs = state.PositionMs,
            ServerTimeMs = (state.Now - DateTimeOffset.UnixEpoch).TotalMilliseconds,
            Playback = PlaybackShown.Of(state.Playback, state.DurationMs),
            Before = PlaybackShown.Before(state),
            Barrier = state.Barrier,
        };
    }

    private static double Seconds(long milliseconds) => Math.Round(milliseconds / 1000.0, 2, MidpointRounding.AwayFromZero);
}

/// <summary>Somebody in a room.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Username">Their name.</param>
/// <param name="IsHost">Whether they are the host.</param>
/// <param name="JoinedAt">When they came first.</param>
/// <param name="LastSeen">When their last connection opened or ended.</param>
/// <param name="IsBuffering">Whether their client waits for data.</param>
/// <param name="Role">What they are.</param>
/// <param name="Status">How their client is.</param>
/// <param name="Connected">Whether a connection of theirs is open.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Muted">Whether they are muted.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
/// <param name="SyncOffsetMs">How far they are from the room's position, signed.</param>
public sealed record RoomParticipantShown(
    string UserId,
    string Username,
    bool IsHost,
    DateTimeOffset JoinedAt,
    DateTimeOffset LastSeen,
    bool IsBuffering,
    WatchRole Role,
    WatchStatus Status,
    bool Connected,
    bool IsGuest,
    bool Muted,
    string? AvatarUrl,
    int SyncOffsetMs)
{
    /// <summary>Shows a participant.</summary>
    /// <param name="view">The participant.</param>
    /// <returns>The form that clients get.</returns>
    public static RoomParticipantShown Of(ParticipantView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new(
            view.MemberId,
            view.Name,
            view.Role == WatchRole.Host,
            view.JoinedAt,
            view.LastSeenAt,
            view.Status == WatchStatus.Buffering,
            view.Role,
            view.Status,
            view.Connected,
            view.IsGuest,
            view.Muted,
            view.AvatarUrl,
            view.SyncOffsetMs);
    }
}

/// <summary>Why a frame was not carried out.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Error">The same.</param>
/// <param name="Retryable">Whether the same frame may succeed later without any change.</param>
/// <param name="Field">The field at fault; left out when no single one is.</param>
/// <param name="Id">The number of the frame at fault; left out when it had none.</param>
/// <param name="RetryAfterMs">When it makes sense to try again, in milliseconds; left out when it does not.</param>
public sealed record SyncErrorShown(
    string Code,
    string Message,
    string Error,
    bool Retryable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterMs = null);

/// <summary>What was carried out.</summary>
/// <param name="Id">The number of the frame.</param>
/// <param name="MessageId">The id of what was said.</param>
/// <param name="Remaining">How many more messages or reactions may follow within the minute.</param>
/// <param name="ItemId">The id of the item that was added.</param>
public sealed record SyncAckShown(
    long Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MessageId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Remaining = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ItemId = null);

/// <summary>The time, with what a client needs to know its distance from it: all in milliseconds, with fractions.</summary>
/// <param name="T0">The client's time when it asked, as it said; null when it did not.</param>
/// <param name="T1">The server's time when the question came, Unix.</param>
/// <param name="T2">The server's time when the answer went out, Unix.</param>
public sealed record SyncClockShown(double? T0, double T1, double T2);

/// <summary>A sign of life.</summary>
/// <param name="Timestamp">The server's time.</param>
public sealed record SyncPongShown(DateTimeOffset Timestamp);

/// <summary>The last messages, oldest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="UpToMs">The position up to which they were asked for; left out for all.</param>
/// <param name="Id">The number of the frame that asked; left out when it had none.</param>
public sealed record SyncMessagesShown(
    IReadOnlyList<ChatMessage> Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? UpToMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null);

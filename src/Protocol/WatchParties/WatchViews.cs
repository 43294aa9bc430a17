using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>A participant as the others see them.</summary>
/// <param name="MemberId">The account's UUID, or a guest's own.</param>
/// <param name="Name">The name shown.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Role">What they are.</param>
/// <param name="JoinedAt">When they came first.</param>
/// <param name="LeftAt">When they left; null while they have a seat.</param>
/// <param name="Connected">Whether a connection of theirs is open.</param>
/// <param name="LastSeenAt">When their last connection opened or ended.</param>
/// <param name="Status">How their client is; <see cref="WatchStatus.Online"/> while nothing is known.</param>
/// <param name="Muted">Whether they are muted.</param>
/// <param name="LastSyncAt">When their client last reported; null before it did.</param>
/// <param name="SyncOffsetMs">How far it was from the party's position, signed.</param>
/// <param name="RoundTripMs">Their round trip, rounded up to hundreds.</param>
public sealed record ParticipantView(
    string MemberId,
    string Name,
    string? AvatarUrl,
    bool IsGuest,
    WatchRole Role,
    DateTimeOffset JoinedAt,
    DateTimeOffset? LeftAt,
    bool Connected,
    DateTimeOffset LastSeenAt,
    WatchStatus Status,
    bool Muted,
    DateTimeOffset? LastSyncAt,
    int SyncOffsetMs,
    int RoundTripMs);

/// <summary>A message.</summary>
/// <param name="MessageId">Its id, unique within its party and growing.</param>
/// <param name="MemberId">Who said it.</param>
/// <param name="Name">Their name then.</param>
/// <param name="Text">What they said; empty when it was taken back.</param>
/// <param name="At">When.</param>
/// <param name="ItemId">What played; null for nothing.</param>
/// <param name="PositionMs">The position it is pinned to, in milliseconds.</param>
/// <param name="Deleted">Whether it was taken back.</param>
public sealed record ChatMessage(
    string MessageId, string MemberId, string Name, string Text, DateTimeOffset At, string? ItemId, long PositionMs, bool Deleted);

/// <summary>Votes to skip what plays.</summary>
/// <param name="ItemId">What plays.</param>
/// <param name="Votes">How many want to skip it.</param>
/// <param name="Needed">How many it takes, of those connected now.</param>
public sealed record SkipVotes(string ItemId, int Votes, int Needed);

/// <summary>A barrier: playing waits until everybody is ready.</summary>
/// <param name="BarrierId">Counts the party's barriers.</param>
/// <param name="WaitsFor">The member ids it still waits for: at most <see cref="WatchLimits.BarrierNamesMax"/> of them.</param>
/// <param name="Names">Their names.</param>
/// <param name="EndsAt">When it plays whatever happens.</param>
public sealed record BarrierView(int BarrierId, IReadOnlyList<string> WaitsFor, IReadOnlyList<string> Names, DateTimeOffset EndsAt)
{
    /// <summary>How many it still waits for, named or not.</summary>
    public int Count { get; init; } = WaitsFor.Count;
}

/// <summary>The watch party as its participants see it.</summary>
public sealed record WatchPartyView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The number of its last event.</summary>
    public required long Seq { get; init; }

    /// <summary>The host; null when nobody has a seat.</summary>
    public string? HostId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>More about it; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The code; null for those who have no seat.</summary>
    public string? InviteCode { get; init; }

    /// <summary>The settings.</summary>
    public required WatchSettings Settings { get; init; }

    /// <summary>Whether a password is asked of whoever joins.</summary>
    public bool HasPassword { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When it began: the first time somebody besides the host had a seat or something played, whichever came first; of a party that was
    /// started again, when that was. Null before.
    /// </summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The saved playlist it began with; null for none.</summary>
    public string? PlaylistId { get; init; }

    /// <summary>What decided it; null for one that somebody just made.</summary>
    public WatchOrigin? Origin { get; init; }

    /// <summary>The playlist.</summary>
    public required IReadOnlyList<MediaItem> Items { get; init; }

    /// <summary>Where it is once every command has taken effect.</summary>
    public required Playback Playback { get; init; }

    /// <summary>
    /// What holds until <see cref="Playback"/> begins, in order: each until the next begins. Empty once the last command has taken effect.
    /// </summary>
    public IReadOnlyList<Playback> Before { get; init; } = [];

    /// <summary>
    /// How long the items of <see cref="Before"/> are, in the same order; null for one of which nobody knows. Null where an older node did
    /// not say.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long?>? BeforeDurationsMs { get; init; }

    /// <summary>What holds at <see cref="Now"/>.</summary>
    [JsonIgnore]
    public Playback InEffect => Before.Count > 0 ? Before[0] : Playback;

    /// <summary>The position at <see cref="Now"/>, in milliseconds.</summary>
    public long PositionMs { get; init; }

    /// <summary>Whether it plays at <see cref="Now"/>.</summary>
    public bool IsPlaying { get; init; }

    /// <summary>The votes to skip what plays; null for none.</summary>
    public SkipVotes? SkipVotes { get; init; }

    /// <summary>The barrier; null for none.</summary>
    public BarrierView? Barrier { get; init; }

    /// <summary>Participants who have a seat, in the order in which they came; empty for those who may not see them.</summary>
    public required IReadOnlyList<ParticipantView> Participants { get; init; }

    /// <summary>How many have a seat.</summary>
    public required int ParticipantCount { get; init; }

    /// <summary>The time of the answer, in cluster time.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>A request to be let in.</summary>
/// <param name="RequestId">The public id of a guest's request; an account's member id.</param>
/// <param name="MemberId">Who asks.</param>
/// <param name="Name">Their name.</param>
/// <param name="Message">What they say.</param>
/// <param name="Status">How it stands.</param>
/// <param name="RequestedAt">When they asked.</param>
/// <param name="ReviewedAt">When it was answered; null before.</param>
/// <param name="ReviewedBy">Who answered it; null before, and when it was granted by itself.</param>
/// <param name="Answer">What the host said.</param>
public sealed record AccessRequestView(
    string RequestId,
    string MemberId,
    string Name,
    string? Message,
    AccessStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? ReviewedAt,
    string? ReviewedBy,
    string? Answer);

/// <summary>How a request stands.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AccessStatus>))]
public enum AccessStatus
{
    /// <summary>Nobody has answered it yet.</summary>
    Pending,

    /// <summary>They may come in.</summary>
    Approved,

    /// <summary>They may not.</summary>
    Denied,
}

/// <summary>What a watch party was like, for its host.</summary>
/// <param name="ParticipantsTotal">How many ever had a seat.</param>
/// <param name="ConnectedNow">How many are connected.</param>
/// <param name="ConnectedPeak">How many were connected at most at a time.</param>
/// <param name="Messages">How many messages were said.</param>
/// <param name="PlayedMs">For how long it played, in milliseconds.</param>
/// <param name="WatchedMs">For how long each participant was connected while it played.</param>
/// <param name="ItemsPlayed">How many items were begun.</param>
/// <param name="DurationMs">From its start to its end, or until now.</param>
public sealed record WatchAnalytics(
    int ParticipantsTotal,
    int ConnectedNow,
    int ConnectedPeak,
    int Messages,
    long PlayedMs,
    IReadOnlyList<WatchedTime> WatchedMs,
    int ItemsPlayed,
    long DurationMs);

/// <summary>How long somebody watched.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="WatchedMs">Connected while it played, in milliseconds.</param>
public sealed record WatchedTime(string MemberId, string Name, long WatchedMs);

using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>A watch party on its own surface: what the original shows, and what is exact besides.</summary>
/// <param name="Id">Its id.</param>
/// <param name="HostUserId">The host; null when nobody has a seat.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it.</param>
/// <param name="PlaylistId">The saved playlist it began with.</param>
/// <param name="CurrentClipId">The item that plays now.</param>
/// <param name="CurrentPositionSeconds">Where it is now, in whole seconds.</param>
/// <param name="IsPlaying">Whether it plays now.</param>
/// <param name="Visibility"><c>private</c>, <c>public</c>, <c>friends</c> or <c>invite</c>.</param>
/// <param name="InviteCode">The code; left out for those who have no seat.</param>
/// <param name="InviteUrl">The address that invites.</param>
/// <param name="MaxParticipants">At most this many participants.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Participants">Who has a seat; left out for those who may not see them.</param>
/// <param name="ParticipantCount">How many have a seat.</param>
/// <param name="HasPassword">Whether joining takes a password.</param>
/// <param name="Settings">The settings.</param>
/// <param name="PositionMs">Where it is now, in milliseconds.</param>
/// <param name="Playback">Where it is once every command has taken effect, to compute with.</param>
/// <param name="Before">What goes on until then, in order; left out when <paramref name="Playback"/> holds already.</param>
/// <param name="Items">The playlist.</param>
/// <param name="SkipVotes">The votes to skip what plays.</param>
/// <param name="Barrier">What it waits for before it plays.</param>
/// <param name="Origin">What decided it.</param>
/// <param name="Seq">The number of its last event.</param>
/// <param name="ServerTime">The time of this answer.</param>
internal sealed record WatchPartyBody(
    string Id,
    string? HostUserId,
    string Title,
    string? Description,
    string? PlaylistId,
    string? CurrentClipId,
    long CurrentPositionSeconds,
    bool IsPlaying,
    string Visibility,
    string? InviteCode,
    string? InviteUrl,
    int MaxParticipants,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<WatchParticipantBody>? Participants,
    int ParticipantCount,
    bool HasPassword,
    WatchSettingsBody Settings,
    long PositionMs,
    PlaybackShown Playback,
    IReadOnlyList<PlaybackShown>? Before,
    IReadOnlyList<MediaItem> Items,
    SkipVotes? SkipVotes,
    BarrierView? Barrier,
    WatchOrigin? Origin,
    long Seq,
    DateTimeOffset ServerTime);

/// <summary>The settings of a watch party.</summary>
/// <param name="Visibility">Who may see it and join.</param>
/// <param name="MaxParticipants">At most this many participants.</param>
/// <param name="Controls"><c>host_only</c>, <c>co_hosts</c>, <c>everyone</c> or <c>anyone_pauses</c>.</param>
/// <param name="WaitForReady">Whether playing waits until everybody is ready.</param>
/// <param name="ReadySeconds">How long it waits at most.</param>
/// <param name="SlowModeSeconds">Seconds between two messages of one viewer.</param>
/// <param name="SkipPercent">The share of votes that skips an item; 0 for none.</param>
internal sealed record WatchSettingsBody(
    string Visibility,
    int MaxParticipants,
    string Controls,
    bool WaitForReady,
    int ReadySeconds,
    int SlowModeSeconds,
    int SkipPercent);

/// <summary>A participant of a watch party.</summary>
/// <param name="Id">The seat's id.</param>
/// <param name="PartyId">The party.</param>
/// <param name="UserId">The account, or the guest's own id.</param>
/// <param name="User">The person.</param>
/// <param name="Role"><c>host</c>, <c>co-host</c> or <c>viewer</c>.</param>
/// <param name="JoinedAt">When they came first.</param>
/// <param name="LeftAt">When they left.</param>
/// <param name="LastSyncAt">When their client last reported.</param>
/// <param name="SyncOffsetMs">How far it was from the party's position.</param>
/// <param name="Connected">Whether a connection of theirs is open.</param>
/// <param name="LastSeenAt">When their last connection opened or ended.</param>
/// <param name="Status"><c>online</c>, <c>away</c>, <c>buffering</c> or <c>ready</c>.</param>
/// <param name="Muted">Whether they are muted.</param>
internal sealed record WatchParticipantBody(
    string Id,
    string PartyId,
    string UserId,
    WatchUserBody User,
    string Role,
    DateTimeOffset JoinedAt,
    DateTimeOffset? LeftAt,
    DateTimeOffset? LastSyncAt,
    int SyncOffsetMs,
    bool Connected,
    DateTimeOffset LastSeenAt,
    string Status,
    bool Muted);

/// <summary>Somebody.</summary>
/// <param name="Id">The account, or the guest's own id.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="AvatarUrl">Their picture.</param>
/// <param name="IsGuest">Whether they have no account.</param>
internal sealed record WatchUserBody(string Id, string DisplayName, string? AvatarUrl, bool IsGuest);

/// <summary>A new watch party.</summary>
/// <param name="Id">Its id.</param>
/// <param name="InviteCode">The code.</param>
/// <param name="InviteUrl">The address that invites.</param>
/// <param name="Party">The party.</param>
internal sealed record WatchCreatedBody(string Id, string InviteCode, string InviteUrl, WatchPartyBody Party);

/// <summary>A watch party just after one took a seat.</summary>
/// <param name="Party">The party.</param>
/// <param name="InviteUrl">The address that invites.</param>
internal sealed record WatchJoinedBody(WatchPartyBody Party, string? InviteUrl);

/// <summary>Who has a seat.</summary>
/// <param name="Participants">In the order in which they came.</param>
/// <param name="Count">How many they are.</param>
internal sealed record WatchParticipantsBody(IReadOnlyList<WatchParticipantBody> Participants, int Count);

/// <summary>That it was done.</summary>
/// <param name="Message">One sentence for people.</param>
internal sealed record WatchMessageBody(string Message);

/// <summary>Where a watch party plays.</summary>
/// <param name="Playback">Where it is once every command has taken effect, to compute with.</param>
/// <param name="Before">What goes on until then, in order; left out when <paramref name="Playback"/> holds already.</param>
/// <param name="PositionMs">The position now.</param>
/// <param name="IsPlaying">Whether it plays now.</param>
/// <param name="DurationMs">How long the item is that plays now.</param>
/// <param name="Barrier">What it waits for before it plays.</param>
/// <param name="Seq">The number of the party's last event.</param>
/// <param name="ServerTime">The time of this answer.</param>
internal sealed record WatchPlaybackBody(
    PlaybackShown Playback,
    IReadOnlyList<PlaybackShown>? Before,
    long PositionMs,
    bool IsPlaying,
    long? DurationMs,
    BarrierView? Barrier,
    long Seq,
    DateTimeOffset ServerTime);

/// <summary>A playlist.</summary>
/// <param name="Items">The items.</param>
/// <param name="Playback">Where the party is.</param>
internal sealed record WatchItemsBody(IReadOnlyList<MediaItem> Items, PlaybackShown Playback);

/// <summary>Messages, oldest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Count">How many they are.</param>
internal sealed record WatchMessagesBody(IReadOnlyList<WatchChatShown> Messages, int Count);

/// <summary>A reaction that was sent.</summary>
/// <param name="WatchPartyId">The party.</param>
/// <param name="UserId">Who.</param>
/// <param name="Emoji">The reaction.</param>
/// <param name="VideoTimestamp">Where in the film, in seconds.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record WatchReactionBody(
    string WatchPartyId, string UserId, string Emoji, double? VideoTimestamp, DateTimeOffset CreatedAt);

/// <summary>A ticket that opens one connection.</summary>
/// <param name="Ticket">The ticket, for the query parameter <c>ticket</c> of a socket.</param>
/// <param name="ExpiresIn">For how many seconds it holds.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record WatchTicketBody(string Ticket, int ExpiresIn, DateTimeOffset ExpiresAt);

/// <summary>What a watch party was like.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="TotalParticipants">How many ever had a seat.</param>
/// <param name="PeakConcurrentViewers">How many were connected at most at a time.</param>
/// <param name="CurrentViewers">How many are connected.</param>
/// <param name="ChatMessages">How many messages were said.</param>
/// <param name="ItemsPlayed">How many items were begun.</param>
/// <param name="PlayedSeconds">For how long it played.</param>
/// <param name="TotalDurationSeconds">From its start to its end, or until now.</param>
/// <param name="AverageWatchSeconds">How long a participant watched on average.</param>
/// <param name="WatchTime">How long each participant watched.</param>
internal sealed record WatchAnalyticsBody(
    string PartyId,
    int TotalParticipants,
    int PeakConcurrentViewers,
    int CurrentViewers,
    int ChatMessages,
    int ItemsPlayed,
    long PlayedSeconds,
    long TotalDurationSeconds,
    long AverageWatchSeconds,
    IReadOnlyList<WatchTimeBody> WatchTime);

/// <summary>How long somebody watched.</summary>
/// <param name="UserId">Who.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="WatchedSeconds">Connected while it played.</param>
internal sealed record WatchTimeBody(string UserId, string DisplayName, long WatchedSeconds);

/// <summary>One's own seat.</summary>
/// <param name="Participant">The seat.</param>
/// <param name="TokenExpiresAt">When the guest token that was shown ends.</param>
/// <param name="Seq">The number of the party's last event.</param>
internal sealed record WatchSeatBody(WatchParticipantBody Participant, DateTimeOffset? TokenExpiresAt, long Seq);

/// <summary>Who is banned.</summary>
/// <param name="Bans">The last first.</param>
/// <param name="Count">How many they are.</param>
internal sealed record WatchBansBody(IReadOnlyList<WatchBanBody> Bans, int Count);

/// <summary>A ban.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="DisplayName">Their name then.</param>
/// <param name="IsGuest">Whether they had no account.</param>
/// <param name="BannedAt">Since when.</param>
/// <param name="BannedBy">Who banned them; left out for an administrator without a seat.</param>
internal sealed record WatchBanBody(string UserId, string DisplayName, bool IsGuest, DateTimeOffset BannedAt, string? BannedBy);

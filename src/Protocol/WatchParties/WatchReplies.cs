using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The answer to a command or a query.</summary>
public abstract record WatchReply
{
    /// <summary>The <see cref="WatchCommand.Fingerprint"/> of the command that was carried out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }

    /// <summary>Whether it was so already, so that the command changed nothing and nobody is told of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ChangedNothing { get; init; }
}

/// <summary>The command was carried out; there is nothing else to say.</summary>
public sealed record WatchDone : WatchReply
{
    /// <summary>The reply to a command without a fingerprint.</summary>
    public static WatchDone Instance { get; } = new();
}

/// <summary>The party just after a command about it or its people.</summary>
/// <param name="Party">The party, as the actor sees it.</param>
public sealed record WatchPartyChanged(WatchPartyView Party) : WatchReply;

/// <summary>Playback just after a command about it, or as it was asked for.</summary>
/// <param name="Playback">Where the party is once every command has taken effect.</param>
/// <param name="Barrier">What it waits for before it plays; null for nothing.</param>
/// <param name="DurationMs">How long the item is; null when nobody knows.</param>
/// <param name="Now">The time of the answer.</param>
/// <param name="Seq">The number of the party's last event.</param>
public sealed record PlaybackChanged(Playback Playback, BarrierView? Barrier, long? DurationMs, DateTimeOffset Now, long Seq) : WatchReply
{
    /// <summary>What holds until <see cref="Playback"/> begins, in order: each until the next begins.</summary>
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

    /// <summary>How long the item of <see cref="InEffect"/> is; null when nobody knows.</summary>
    [JsonIgnore]
    public long? DurationInEffectMs => Before.Count == 0 ? DurationMs : BeforeDurationsMs is [var first, ..] ? first : null;

    /// <summary>Where a party is that is shown with everything else.</summary>
    /// <param name="view">The party.</param>
    /// <returns>Its playback.</returns>
    public static PlaybackChanged Of(WatchPartyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var item = view.Items.FirstOrDefault(one => one.ItemId == view.Playback.ItemId);
        return new(view.Playback, view.Barrier, item?.DurationMs, view.Now, view.Seq)
        {
            Before = view.Before,
            BeforeDurationsMs = view.BeforeDurationsMs,
            PositionMs = view.PositionMs,
            IsPlaying = view.IsPlaying,
        };
    }

    /// <summary>The position at <see cref="Now"/>, in milliseconds.</summary>
    public long PositionMs { get; init; }

    /// <summary>Whether it plays at <see cref="Now"/>.</summary>
    public bool IsPlaying { get; init; }
}

/// <summary>The playlist just after a command about it.</summary>
/// <param name="Items">The items.</param>
/// <param name="Playback">Where the party is.</param>
public sealed record PlaylistChanged(IReadOnlyList<MediaItem> Items, Playback Playback) : WatchReply;

/// <summary>A message just after it was said.</summary>
/// <param name="Message">The message.</param>
/// <param name="Remaining">How many more the participant may say within the minute.</param>
public sealed record MessageSaid(ChatMessage Message, int Remaining) : WatchReply;

/// <summary>Nothing was said, because it came too soon after what was said before. The same call may succeed later.</summary>
/// <param name="Code"><see cref="WatchErrorCodes.ChatTooFast"/> or <see cref="WatchErrorCodes.ChatSlowMode"/>.</param>
/// <param name="RetryAfterMs">How long to wait, in milliseconds, 1 or more.</param>
/// <param name="Remaining">How many more the participant may say within the minute.</param>
public sealed record MessageTooSoon(string Code, int RetryAfterMs, int Remaining) : WatchReply;

/// <summary>A request just after it was made or answered.</summary>
/// <param name="Request">The request.</param>
public sealed record AccessChanged(AccessRequestView Request) : WatchReply;

/// <summary>A guest's seat just after a token was issued for it.</summary>
/// <param name="Request">The request it came from.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record GuestAdmitted(AccessRequestView Request, DateTimeOffset ExpiresAt) : WatchReply;

/// <summary>A ticket was issued.</summary>
/// <param name="MemberId">Whose seat it opens.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record TicketIssued(string MemberId, DateTimeOffset ExpiresAt) : WatchReply;

/// <summary>Who came with a ticket.</summary>
/// <param name="Member">Their seat.</param>
/// <param name="Session">The account session the ticket is bound to; null for a guest.</param>
/// <param name="TokenExpiresAt">When the guest's new token ends; null for an account.</param>
public sealed record WatchTicketHolder(ParticipantView Member, string? Session, DateTimeOffset? TokenExpiresAt) : WatchReply;

/// <summary>Somebody's seat.</summary>
/// <param name="Member">The seat.</param>
/// <param name="TokenExpiresAt">When the guest token that was shown ends; null for an account.</param>
/// <param name="Seq">The number of the party's last event.</param>
public sealed record WatchSeat(ParticipantView Member, DateTimeOffset? TokenExpiresAt, long Seq) : WatchReply;

/// <summary>What somebody must show to join.</summary>
/// <param name="HostId">The host; null when nobody has a seat.</param>
/// <param name="Visibility">Who may join by the id.</param>
/// <param name="Password">The password's hash; null for none. Never leaves the server.</param>
/// <param name="Ended">Whether it has ended.</param>
/// <param name="HasSeat">Whether the actor has, or had, a seat, or was let in: then nothing else is asked.</param>
public sealed record WatchEntry(string? HostId, WatchVisibility Visibility, WatchPassword? Password, bool Ended, bool HasSeat) : WatchReply;

/// <summary>Who has a seat.</summary>
/// <param name="Participants">In the order in which they came.</param>
/// <param name="Seq">The number of the party's last event.</param>
public sealed record ParticipantList(IReadOnlyList<ParticipantView> Participants, long Seq) : WatchReply;

/// <summary>The last messages, oldest first.</summary>
/// <param name="Messages">The messages.</param>
public sealed record MessageList(IReadOnlyList<ChatMessage> Messages) : WatchReply;

/// <summary>Requests, newest first.</summary>
/// <param name="Requests">The requests.</param>
public sealed record AccessList(IReadOnlyList<AccessRequestView> Requests) : WatchReply;

/// <summary>Who is banned, the last first.</summary>
/// <param name="Bans">The bans.</param>
public sealed record BanList(IReadOnlyList<BanView> Bans) : WatchReply;

/// <summary>A ban.</summary>
/// <param name="MemberId">Whose.</param>
/// <param name="Name">Their name then.</param>
/// <param name="IsGuest">Whether they had no account.</param>
/// <param name="BannedAt">Since when.</param>
/// <param name="By">Who banned them; null for an administrator without a seat.</param>
public sealed record BanView(string MemberId, string Name, bool IsGuest, DateTimeOffset BannedAt, string? By);

/// <summary>What the party was like.</summary>
/// <param name="Analytics">The numbers.</param>
public sealed record WatchNumbers(WatchAnalytics Analytics) : WatchReply;

/// <summary>Everything a connection begins with, all of the same moment.</summary>
/// <param name="Party">The party.</param>
/// <param name="Messages">The last messages.</param>
/// <param name="Member">The caller's own seat.</param>
/// <param name="TokenExpiresAt">When the guest token that was shown ends; null for an account.</param>
public sealed record WatchWelcome(
    WatchPartyView Party, IReadOnlyList<ChatMessage> Messages, ParticipantView Member, DateTimeOffset? TokenExpiresAt) : WatchReply;

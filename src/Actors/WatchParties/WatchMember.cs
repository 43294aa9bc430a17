using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Somebody who has, or had, a seat.</summary>
internal sealed record WatchMember
{
    /// <summary>Round trips are known in steps of this, in milliseconds.</summary>
    internal const int RoundTripStepMs = 100;

    /// <summary>Who.</summary>
    public required WatchPerson Person { get; init; }

    /// <summary>What they are; kept while they have no seat.</summary>
    public required WatchRole Role { get; init; }

    /// <summary>Their number in the order in which people first came.</summary>
    public required int Number { get; init; }

    /// <summary>When they first came.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When they left; null while they have a seat.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>The number of their leaving; 0 while they have a seat.</summary>
    public int LeftNumber { get; init; }

    /// <summary>Whether they were put out, and nobody has let them in again.</summary>
    public bool Kicked { get; init; }

    /// <summary>Whether a connection of theirs is open.</summary>
    public bool Connected { get; init; }

    /// <summary>When their last connection opened or ended, or when they took their seat.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>How their client is.</summary>
    public WatchStatus Status { get; init; }

    /// <summary>Whether their client says when it is ready.</summary>
    public bool ReportsReady { get; init; }

    /// <summary>Their round trip in milliseconds: a multiple of <see cref="RoundTripStepMs"/>, 100 to 1,000.</summary>
    public int RoundTripMs { get; init; } = RoundTripStepMs;

    /// <summary>When their client last reported; null before it did.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>How far it was from the party's position, in milliseconds, signed.</summary>
    public int SyncOffsetMs { get; init; }

    /// <summary>Whether they are muted.</summary>
    public bool Muted { get; init; }

    /// <summary>How long they watched in connections that have ended, in milliseconds.</summary>
    public long WatchedMs { get; init; }

    /// <summary>How long the party had played when they connected, in milliseconds.</summary>
    public long PlayedBeforeMs { get; init; }

    /// <summary>The guest tokens they hold, the oldest first.</summary>
    public ImmutableArray<WatchToken> Tokens { get; init; } = [];

    /// <summary>The tickets they hold, the oldest first.</summary>
    public ImmutableArray<WatchTicket> Tickets { get; init; } = [];

    /// <summary>When they spoke, the last times, the oldest first.</summary>
    public ImmutableArray<DateTimeOffset> Spoke { get; init; } = [];

    /// <summary>The hash of the browser session they came with; null when unknown.</summary>
    public string? Mark { get; init; }

    /// <summary>What they had when they were put out: hashes of browser sessions and guest tokens; none while they were not.</summary>
    public ImmutableArray<string> PutOutWith { get; init; } = [];

    /// <summary>Their id in the party or room that decided this one; null for others.</summary>
    public string? OriginMember { get; init; }

    /// <summary>Their id.</summary>
    [JsonIgnore]
    public string Id => Person.MemberId;

    /// <summary>Whether they have a seat.</summary>
    [JsonIgnore]
    public bool IsSeated => LeftAt is null;

    /// <summary>What makes the name unique, to be compared by ordinal, ignoring case.</summary>
    [JsonIgnore]
    public string NameKey => TextRules.KeyOf(Person.Name);

    /// <summary>Them as events name them.</summary>
    [JsonIgnore]
    public WatchFace Face => new(Person.MemberId, Person.Name, Person.AvatarUrl, Person.IsGuest, Role);
}

/// <summary>A guest token that may be presented.</summary>
/// <param name="Hash">Its hash; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record WatchToken(string Hash, DateTimeOffset ExpiresAt);

/// <summary>A ticket that may be used once.</summary>
/// <param name="Hash">Its hash; the ticket itself is nowhere.</param>
/// <param name="Session">The account session it is bound to; null for a guest's.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record WatchTicket(string Hash, string? Session, DateTimeOffset ExpiresAt);

/// <summary>A ban.</summary>
/// <param name="Name">The name of who is banned.</param>
/// <param name="IsGuest">Whether they had no account.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who banned them; null for an administrator without a seat.</param>
/// <param name="Marks">The hashes of browser sessions and guest tokens that it follows.</param>
internal sealed record WatchBan(string Name, bool IsGuest, DateTimeOffset At, string? By, ImmutableArray<string> Marks);

using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// A watch party. What can grow is in trees that are kept in order (by number, or by ordinal), so that a change costs the logarithm of
/// their size and two nodes never enumerate them differently; what playback asks of all connected is counted, not looked for.
/// </summary>
public sealed record WatchState
{
    /// <summary>The party's id.</summary>
    public required string Id { get; init; }

    /// <summary>How many events made this state; 0 when the party was never created.</summary>
    public long Seq { get; init; }

    /// <summary>The invite code.</summary>
    public string InviteCode { get; init; } = "";

    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>More about it; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The settings.</summary>
    public WatchSettings Settings { get; init; } = new();

    /// <summary>The password; null for none.</summary>
    public WatchPassword? Password { get; init; }

    /// <summary>How often the password has been changed.</summary>
    public int PasswordVersion { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it was deleted; nothing is left of it then.</summary>
    public bool Deleted { get; init; }

    /// <summary>The saved playlist it began with; null for none.</summary>
    public string? PlaylistId { get; init; }

    /// <summary>What decided it; null for a party somebody just made.</summary>
    public WatchOrigin? Origin { get; init; }

    /// <summary>What it watches and where it is in it.</summary>
    public PlaybackState Play { get; init; } = new();

    /// <summary>The host; null when nobody has a seat.</summary>
    public string? HostId { get; init; }

    /// <summary>Since when the host is away; null while connected, and before the first connection of whoever made the party.</summary>
    public DateTimeOffset? HostAwaySince { get; init; }

    /// <summary>Everybody who has, or had, a seat, by member id.</summary>
    internal ImmutableSortedDictionary<string, WatchMember> Members { get; init; } = NoMembers;

    /// <summary>The member ids of those who have a seat, by the number of their seat: in the order in which they first came.</summary>
    internal ImmutableSortedDictionary<int, string> Seated { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The member ids of those who gave their seat up, by the number of their leaving: the longest gone first.</summary>
    internal ImmutableSortedDictionary<int, string> Gone { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The number of the last seat or leaving.</summary>
    internal int LastNumber { get; init; }

    /// <summary>The member ids of those who are connected.</summary>
    internal ImmutableSortedSet<string> Connected { get; init; } = Nobody;

    /// <summary>The member ids of those connected whose clients say when they are ready.</summary>
    internal ImmutableSortedSet<string> Reporters { get; init; } = Nobody;

    /// <summary>How many connected members have a round trip of 100, 200, ... 1,000 ms.</summary>
    internal ImmutableArray<int> RoundTrips { get; init; } = NoRoundTrips;

    /// <summary>Those who have a seat and are not connected, the longest away first.</summary>
    internal ImmutableSortedSet<IdleSeat> Idle { get; init; } = IdleSeat.None;

    /// <summary>How many who have a seat have a name, by what makes names alike.</summary>
    internal ImmutableSortedDictionary<string, int> Names { get; init; } = NoNames;

    /// <summary>Whose guest token a hash is.</summary>
    internal ImmutableSortedDictionary<string, string> TokenHolders { get; init; } = NoTexts;

    /// <summary>Whose ticket a hash is.</summary>
    internal ImmutableSortedDictionary<string, string> TicketHolders { get; init; } = NoTexts;

    /// <summary>Whose seat it is, by the member's id in the party or room that decided this one.</summary>
    internal ImmutableSortedDictionary<string, string> OriginSeats { get; init; } = NoTexts;

    /// <summary>The accounts that are let in, by member id.</summary>
    internal ImmutableSortedSet<string> Admitted { get; init; } = Nobody;

    /// <summary>Who is banned, by member id.</summary>
    internal ImmutableSortedDictionary<string, WatchBan> Bans { get; init; } = NoBans;

    /// <summary>Who was put out, banned or not, and had this browser session or guest token, by its hash.</summary>
    internal ImmutableSortedDictionary<string, ImmutableArray<string>> Marks { get; init; } = NoMarks;

    /// <summary>The requests of accounts, by member id.</summary>
    internal WatchRequests AccessRequests { get; init; } = WatchRequests.None;

    /// <summary>The requests of guests, by their public id.</summary>
    internal WatchRequests GuestRequests { get; init; } = WatchRequests.None;

    /// <summary>The last messages, the oldest first.</summary>
    internal ImmutableList<ChatMessage> Messages { get; init; } = [];

    /// <summary>How many messages were said.</summary>
    internal int MessageCount { get; init; }

    /// <summary>How many people ever had a seat.</summary>
    internal int ParticipantsTotal { get; init; }

    /// <summary>How many were connected at most at a time.</summary>
    internal int ConnectedPeak { get; init; }

    /// <summary>Nobody.</summary>
    internal static ImmutableSortedSet<string> Nobody { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>No members.</summary>
    internal static ImmutableSortedDictionary<string, WatchMember> NoMembers { get; } =
        ImmutableSortedDictionary.Create<string, WatchMember>(StringComparer.Ordinal);

    /// <summary>No texts by text.</summary>
    internal static ImmutableSortedDictionary<string, string> NoTexts { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>No names.</summary>
    internal static ImmutableSortedDictionary<string, int> NoNames { get; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>No marks.</summary>
    internal static ImmutableSortedDictionary<string, ImmutableArray<string>> NoMarks { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>No bans.</summary>
    internal static ImmutableSortedDictionary<string, WatchBan> NoBans { get; } =
        ImmutableSortedDictionary.Create<string, WatchBan>(StringComparer.Ordinal);

    /// <summary>Nobody connected.</summary>
    internal static ImmutableArray<int> NoRoundTrips { get; } = [.. new int[10]];

    /// <summary>Whether there is such a party, ended or not.</summary>
    internal bool Exists => Seq > 0 && !Deleted;

    /// <summary>Whether it goes on.</summary>
    internal bool IsOn => Exists && EndedAt is null;

    /// <summary>The round trip of the slowest connected member, in milliseconds; 100 when nobody said.</summary>
    internal int SlowestRoundTripMs
    {
        get
        {
            for (var step = RoundTrips.Length; step > 0; step--)
            {
                if (RoundTrips[step - 1] > 0)
                {
                    return step * WatchMember.RoundTripStepMs;
                }
            }

            return WatchMember.RoundTripStepMs;
        }
    }

    /// <summary>Finds somebody who has, or had, a seat.</summary>
    /// <param name="memberId">Their id; null for nobody.</param>
    /// <returns>The member, or null.</returns>
    internal WatchMember? Find(string? memberId) => memberId is null ? null : Members.GetValueOrDefault(memberId);

    /// <summary>Finds somebody who has a seat.</summary>
    /// <param name="memberId">Their id; null for nobody.</param>
    /// <returns>The member, or null.</returns>
    internal WatchMember? FindSeated(string? memberId) => Find(memberId) is { IsSeated: true } member ? member : null;
}

/// <summary>Somebody who has a seat and is not connected.</summary>
/// <param name="Since">Since when.</param>
/// <param name="MemberId">Who.</param>
internal readonly record struct IdleSeat(DateTimeOffset Since, string MemberId)
{
    /// <summary>Nobody, the longest away first.</summary>
    internal static ImmutableSortedSet<IdleSeat> None { get; } = ImmutableSortedSet.Create<IdleSeat>(Comparer<IdleSeat>.Create(Compare));

    private static int Compare(IdleSeat one, IdleSeat other)
    {
        var bySince = one.Since.CompareTo(other.Since);
        return bySince != 0 ? bySince : string.CompareOrdinal(one.MemberId, other.MemberId);
    }
}

using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Rooms;

/// <summary>A room.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its code.</param>
/// <param name="Members">Its members in the order in which they were listed or joined.</param>
/// <param name="Admins">The user ids of its admins.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Seq">The number of its last event.</param>
/// <param name="WatchParty">The last watch party that was opened for an item; null for none.</param>
public sealed record RoomView(
    [property: JsonPropertyName("_id")] string Id,
    string Name,
    string Code,
    IReadOnlyList<RoomMemberView> Members,
    IReadOnlyList<string> Admins,
    RoomSettings Settings,
    DateTimeOffset CreatedAt,
    long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WatchOpening? WatchParty = null);

/// <summary>A member.</summary>
/// <param name="UserId">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Avatar">The avatar.</param>
/// <param name="Region">The region.</param>
/// <param name="Claimed">Whether somebody has taken the seat.</param>
/// <param name="Online">Whether they are connected.</param>
public sealed record RoomMemberView(string UserId, string Name, string Avatar, string Region, bool Claimed, bool Online);

/// <summary>The answer to <see cref="AuthenticateRoomCaller"/>.</summary>
/// <param name="UserId">The member; null for an admin without a seat.</param>
/// <param name="Name">The member's name; null for an admin without a seat.</param>
/// <param name="IsAdmin">Whether they are an admin.</param>
/// <param name="Person">What links this seat with others of the same person.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record RoomMember(string? UserId, string? Name, bool IsAdmin, string Person, DateTimeOffset ExpiresAt);

/// <summary>The answer to <see cref="GetPresence"/>.</summary>
/// <param name="Users">The ids of everybody who is connected.</param>
/// <param name="Seq">The number of the room's last event.</param>
public sealed record PresentMembers(IReadOnlyList<string> Users, long Seq);

/// <summary>An item of the queue.</summary>
public sealed record ItemView
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    /// <summary>Its room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its TMDB id.</summary>
    public long? TmdbId { get; init; }

    /// <summary>The address of its poster.</summary>
    public string? PosterUrl { get; init; }

    /// <summary>The year it came out.</summary>
    public int? Year { get; init; }

    /// <summary>Its running time, in minutes.</summary>
    public int? RuntimeMinutes { get; init; }

    /// <summary>Its genres.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary>The services that show it.</summary>
    public IReadOnlyList<string> StreamingOn { get; init; } = [];

    /// <summary>Who added it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ItemStatus Status { get; init; }

    /// <summary>Up votes less down votes.</summary>
    public int VoteScore { get; init; }

    /// <summary>Its up votes.</summary>
    public int Upvotes { get; init; }

    /// <summary>Its down votes.</summary>
    public int Downvotes { get; init; }

    /// <summary>What it is about.</summary>
    public string? Overview { get; init; }

    /// <summary>The catalogue's average rating.</summary>
    public double? VoteAverage { get; init; }

    /// <summary>Where it can be watched at once.</summary>
    public string? PlayNowUrl { get; init; }

    /// <summary>The services with what they ask for it.</summary>
    public IReadOnlyList<ProviderLink> ProviderLinks { get; init; } = [];

    /// <summary>The services by region, in the order of the regions.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ProvidersByRegion { get; init; } = ItemDetails.NoProviders;

    /// <summary>Where the look-up of its data stands.</summary>
    public EnrichmentStatus Enrichment { get; init; }

    /// <summary>Why the look-up failed; null when it did not.</summary>
    public string? EnrichmentError { get; init; }
}

/// <summary>The answer to <see cref="ListItems"/>.</summary>
/// <param name="Items">The items.</param>
/// <param name="Seq">The number of the room's last event.</param>
public sealed record ItemList(IReadOnlyList<ItemView> Items, long Seq);

/// <summary>A vote.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">The voter.</param>
/// <param name="Vote"><c>up</c> or <c>down</c>.</param>
/// <param name="VotedAt">When it was cast or changed.</param>
public sealed record VoteView(string ItemId, string UserId, string Vote, DateTimeOffset VotedAt);

/// <summary>An item's counts.</summary>
/// <param name="Upvotes">Its up votes.</param>
/// <param name="Downvotes">Its down votes.</param>
/// <param name="VoteScore">The difference.</param>
public sealed record VoteCounts(int Upvotes, int Downvotes, int VoteScore);

/// <summary>Votes.</summary>
/// <param name="Votes">The votes.</param>
public sealed record VoteList(IReadOnlyList<VoteView> Votes);

/// <summary>A reaction.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">Who.</param>
/// <param name="Reaction">One of <see cref="ItemReactions"/>.</param>
/// <param name="Active">Whether it is there now.</param>
public sealed record ReactionView(string ItemId, string UserId, string Reaction, bool Active);

/// <summary>The answer to <see cref="ListReactions"/>.</summary>
/// <param name="Reactions">Every reaction that is there.</param>
public sealed record ReactionList(IReadOnlyList<ReactionView> Reactions);

/// <summary>A watched film.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="RoomId">The room.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">The item's title.</param>
/// <param name="AddedBy">Who had added it.</param>
/// <param name="WatchedAt">When it was watched.</param>
/// <param name="Ratings">The ratings in half stars, 2 to 10, in the order they were first given.</param>
/// <param name="Notes">Notes.</param>
public sealed record HistoryView(
    string Id,
    string RoomId,
    string ItemId,
    string Title,
    string AddedBy,
    DateTimeOffset WatchedAt,
    IReadOnlyList<RatingView> Ratings,
    string? Notes);

/// <summary>A rating.</summary>
/// <param name="UserId">Who.</param>
/// <param name="HalfStars">2 to 10.</param>
public sealed record RatingView(string UserId, int HalfStars);

/// <summary>The answer to <see cref="ListHistory"/>.</summary>
/// <param name="Entries">The entries, newest first.</param>
public sealed record HistoryList(IReadOnlyList<HistoryView> Entries);

/// <summary>The answer to <see cref="GetRoomStats"/>.</summary>
/// <param name="TotalWatched">How many films were watched.</param>
/// <param name="RatingCount">How many ratings were given.</param>
/// <param name="RatingHalfStars">The sum of all ratings, in half stars.</param>
/// <param name="Users">Everybody who added a film, was served or rated, in the order of their ids.</param>
public sealed record RoomStats(int TotalWatched, int RatingCount, long RatingHalfStars, IReadOnlyList<RoomUserStats> Users);

/// <summary>One user's figures.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ItemsAdded">How many films they added.</param>
/// <param name="ItemsPicked">How many of those were watched.</param>
/// <param name="RatingCount">How many ratings they gave.</param>
/// <param name="RatingHalfStars">The sum of those, in half stars.</param>
public sealed record RoomUserStats(string UserId, int ItemsAdded, int ItemsPicked, int RatingCount, long RatingHalfStars);

/// <summary>A selection with everything that explains it: the same candidates, weights and draw always give the same item.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Mode">How; null when an admin picked by hand.</param>
/// <param name="SelectedBy">Who had the room pick; null for an admin without a seat.</param>
/// <param name="ItemId">What was picked.</param>
/// <param name="Title">Its title.</param>
/// <param name="Candidates">What could be picked, in the order the draw goes through them; none when an admin picked by hand.</param>
/// <param name="TotalWeight">The sum of the weights.</param>
/// <param name="Draw">The 64 random bits, as 16 hex characters.</param>
/// <param name="Ticket">Where the draw fell, 0 to <paramref name="TotalWeight"/> - 1; null for modes without a draw.</param>
/// <param name="Turn">Round robin: whose turn it was.</param>
/// <param name="Explanation">One sentence for people.</param>
public sealed record SelectionView(
    string Id,
    DateTimeOffset At,
    SelectionMode? Mode,
    string? SelectedBy,
    string ItemId,
    string Title,
    IReadOnlyList<CandidateView> Candidates,
    long TotalWeight,
    string Draw,
    long? Ticket,
    string? Turn,
    string Explanation);

/// <summary>A film that could be picked.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title; null when the room has forgotten the item.</param>
/// <param name="AddedBy">Who added it; null when the room has forgotten the item.</param>
/// <param name="VoteScore">Its score at that time.</param>
/// <param name="Weight">Its weight; 1 in modes without a draw.</param>
public sealed record CandidateView(string ItemId, string? Title, string? AddedBy, int VoteScore, long Weight);

/// <summary>The answer to <see cref="ListSelections"/>.</summary>
/// <param name="Selections">The selections, newest first.</param>
public sealed record SelectionList(IReadOnlyList<SelectionView> Selections);

/// <summary>Why a voting round ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VotingRoundEnd>))]
public enum VotingRoundEnd
{
    /// <summary>Its time was over.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>An admin closed it.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>Every connected member was done.</summary>
    [JsonStringEnumMemberName("all_done")]
    AllDone,
}

/// <summary>The answer to <see cref="GetVotingRounds"/>.</summary>
/// <param name="Open">The open round; null when none is.</param>
/// <param name="Last">The last result; null when none has ended.</param>
public sealed record VotingRounds(OpenRoundView? Open, RoundResultView? Last);

/// <summary>An open voting round.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="DurationSeconds">How long it takes at most.</param>
/// <param name="StartedBy">Who started it; null for an admin without a seat.</param>
/// <param name="Done">Who is done.</param>
public sealed record OpenRoundView(
    string Id, DateTimeOffset StartedAt, DateTimeOffset EndsAt, int DurationSeconds, string? StartedBy, IReadOnlyList<string> Done);

/// <summary>How a voting round ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="WinnerItemId">The item with the highest score, of equal ones the oldest; null when the queue was empty.</param>
/// <param name="Standings">The ten best items.</param>
public sealed record RoundResultView(
    string Id,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    VotingRoundEnd Reason,
    string? WinnerItemId,
    IReadOnlyList<StandingView> Standings);

/// <summary>An item's place at the end of a round.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Upvotes">Its up votes.</param>
/// <param name="Downvotes">Its down votes.</param>
/// <param name="VoteScore">The difference.</param>
public sealed record StandingView(string ItemId, string Title, int Upvotes, int Downvotes, int VoteScore);

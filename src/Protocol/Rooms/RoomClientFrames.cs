namespace AkkaParty.Protocol.Rooms;

/// <summary>The types of the frames a client may send over a room's WebSocket.</summary>
public static class RoomClientFrameTypes
{
    /// <summary>A sign of life; nothing is answered.</summary>
    public const string Pong = "pong";

    /// <summary>Votes: <see cref="RoomClientFrame.ItemId"/>, <see cref="RoomClientFrame.Vote"/>.</summary>
    public const string Vote = "vote";

    /// <summary>Takes a vote back: <see cref="RoomClientFrame.ItemId"/>.</summary>
    public const string VoteRemove = "vote_remove";

    /// <summary>
    /// Adds a film: <see cref="RoomClientFrame.Title"/> and what is known of it. With an <see cref="RoomClientFrame.ItemId"/> it says
    /// that this item was added already.
    /// </summary>
    public const string QueueAdd = "queue_add";

    /// <summary>An admin picks <see cref="RoomClientFrame.ItemId"/>, or without one has the room pick.</summary>
    public const string Selection = "selection";

    /// <summary>Starts a voting round, of <see cref="RoomClientFrame.DurationSeconds"/> if that is given.</summary>
    public const string VotingRoundStart = "voting_round_start";

    /// <summary>An admin ends the voting round.</summary>
    public const string VotingRoundClose = "voting_round_close";

    /// <summary>Has voted as they want.</summary>
    public const string VotingRoundDone = "voting_round_done";

    /// <summary>
    /// Reacts: <see cref="RoomClientFrame.ItemId"/>, <see cref="RoomClientFrame.Reaction"/>, <see cref="RoomClientFrame.Active"/>.
    /// </summary>
    public const string Reaction = "reaction";

    /// <summary>An admin makes <see cref="RoomClientFrame.TargetUserId"/> an admin.</summary>
    public const string RoomAdminUpdate = "room_admin_update";

    /// <summary>Asks who is connected; answered with <see cref="PresenceFrame"/>.</summary>
    public const string GetPresence = "get_presence";

    /// <summary>Marks an item as watched: <see cref="RoomClientFrame.ItemId"/>, <see cref="RoomClientFrame.Notes"/>.</summary>
    public const string Watched = "watched";

    /// <summary>Rates a watched film: <see cref="RoomClientFrame.HistoryId"/>, <see cref="RoomClientFrame.Rating"/>.</summary>
    public const string Rate = "rate";

    /// <summary>Asks for another <see cref="RoomWatchTicketFrame"/>.</summary>
    public const string WatchTicket = "watch_ticket";
}

/// <summary>A frame from a client over a room's WebSocket: flat, each type with its own members, unknown ones ignored.</summary>
public sealed record RoomClientFrame : IClientFrame
{
    /// <summary>One of <see cref="RoomClientFrameTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The item meant.</summary>
    public string? ItemId { get; init; }

    /// <summary>The film's title, 1 to 500 characters.</summary>
    public string? Title { get; init; }

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public string? Vote { get; init; }

    /// <summary>One of <see cref="ItemReactions"/>.</summary>
    public string? Reaction { get; init; }

    /// <summary>Whether the reaction shall be there; left out turns it over.</summary>
    public bool? Active { get; init; }

    /// <summary>Whether the watch party of what is marked as watched is opened.</summary>
    public bool? Open { get; init; }

    /// <summary>How long a voting round takes, 10 to 600 seconds.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>How the room picks; left out as its settings say.</summary>
    public string? Mode { get; init; }

    /// <summary>Who becomes an admin.</summary>
    public string? TargetUserId { get; init; }

    /// <summary>The history entry meant.</summary>
    public string? HistoryId { get; init; }

    /// <summary>1 to 5, in halves.</summary>
    public double? Rating { get; init; }

    /// <summary>Notes on a watched film, at most 1,000 characters.</summary>
    public string? Notes { get; init; }

    /// <summary>Whoever acts, if the frame says so: must be whoever the connection belongs to.</summary>
    public string? UserId { get; init; }

    /// <summary>The same, where a film is added.</summary>
    public string? AddedBy { get; init; }

    /// <summary>A film's TMDB id.</summary>
    public long? TmdbId { get; init; }

    /// <summary>The address of a film's poster.</summary>
    public string? PosterUrl { get; init; }

    /// <summary>The year a film came out.</summary>
    public int? Year { get; init; }

    /// <summary>A film's running time in minutes.</summary>
    public int? RuntimeMinutes { get; init; }

    /// <summary>A film's genres.</summary>
    public IReadOnlyList<string>? Genres { get; init; }

    /// <summary>What a film is about.</summary>
    public string? Overview { get; init; }

    /// <summary>A film's average rating.</summary>
    public double? VoteAverage { get; init; }

    /// <inheritdoc />
    public long? Id { get; init; }
}

using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>The inputs of a request about a room.</summary>
/// <param name="Body">The body's members; there are none when it takes no body.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="Options">The options of rooms.</param>
internal sealed record RoomInputs(InputFields Body, InputFields Query, RoomOptions Options)
{
    private static readonly (string, SelectionMode)[] Modes =
    [
        ("weighted_random", SelectionMode.WeightedRandom),
        ("highest_votes", SelectionMode.HighestVotes),
        ("round_robin", SelectionMode.RoundRobin),
    ];

    private static readonly (string, ItemStatus)[] Statuses =
    [
        ("queued", ItemStatus.Queued),
        ("watching", ItemStatus.Watching),
        ("watched", ItemStatus.Watched),
        ("removed", ItemStatus.Removed),
    ];

    /// <summary>Whoever the query says acts.</summary>
    /// <returns>The user id, or null.</returns>
    public string? ActingUserOfQuery() => UserId(Query, "acting_user_id", false);

    /// <summary>A user id of the body that may be left out where a token says who acts.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The user id, or null.</returns>
    public string? ActingUserOfBody(string name) => UserId(Body, name, Options.Access == RoomAccess.Open);

    /// <summary>A user id of the body that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The user id; null when it is wrong.</returns>
    public string? RequiredUser(string name) => UserId(Body, name, true);

    /// <summary>A user id of the body that may be left out.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The user id, or null.</returns>
    public string? OptionalUser(string name) => UserId(Body, name, false);

    /// <summary>How to pick.</summary>
    /// <param name="fields">Where it stands.</param>
    /// <param name="name">The member.</param>
    /// <returns>The mode, or null.</returns>
    public static SelectionMode? Mode(InputFields fields, string name) =>
        fields.OneOf(name, Modes, code: RoomErrorCodes.SelectionModeInvalid);

    /// <summary>Where an item stands.</summary>
    /// <param name="fields">Where it stands.</param>
    /// <param name="name">The member.</param>
    /// <returns>The status, or null.</returns>
    public static ItemStatus? Status(InputFields fields, string name) => fields.OneOf(name, Statuses, code: RoomErrorCodes.StatusInvalid);

    /// <summary>A number of the query.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <param name="otherwise">The number when it is left out or wrong.</param>
    /// <returns>The number.</returns>
    public int Page(string name, int min, int max, int otherwise) =>
        (int)(Query.Integer(name, min, max, code: RoomErrorCodes.LimitInvalid) ?? otherwise);

    /// <summary>A new room's name, members and settings.</summary>
    /// <returns>Them; what is wrong is noted.</returns>
    public (string Name, IReadOnlyList<RoomSeat> Members, RoomSettings Settings) NewRoom()
    {
        var name = RoomName(true);
        var members = Body.Objects("members", RoomLimits.CreationMembersMax, RoomErrorCodes.MembersTooMany);
        IReadOnlyList<RoomSeat> seats = members is null ? [] : [.. members.Select(Seat)];
        var settings = Settings() ?? new RoomSettings(Options.VotingSeconds);
        Body.RefuseOthers();
        return (name ?? string.Empty, seats, settings);
    }

    /// <summary>A room's name.</summary>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The name, or null.</returns>
    public string? RoomName(bool isRequired) =>
        Body.Text("name", RoomLimits.NameMax, isRequired: isRequired, code: RoomErrorCodes.RoomNameInvalid);

    /// <summary>A room's settings; those that are left out have their defaults.</summary>
    /// <returns>The settings, or null when there are none at all.</returns>
    public RoomSettings? Settings()
    {
        if (Body.Object("settings") is not { } fields)
        {
            return null;
        }

        var seconds = fields.Integer(
            "voting_duration_seconds",
            RoomLimits.VotingSecondsMin,
            RoomLimits.VotingSecondsMax,
            code: RoomErrorCodes.VotingDurationInvalid);
        var mode = Mode(fields, "selection_mode");
        var allowRevotes = fields.Flag("allow_revotes");
        var opens = fields.OneOf<OpensWatchParty>(
            "open_watch_party", [("manual", OpensWatchParty.Manual), ("auto", OpensWatchParty.Auto)]);
        fields.RefuseOthers();
        var defaults = new RoomSettings(Options.VotingSeconds);
        return new RoomSettings(
            (int)(seconds ?? defaults.VotingDurationSeconds),
            mode ?? defaults.SelectionMode,
            allowRevotes ?? defaults.AllowRevotes,
            opens ?? defaults.OpenWatchParty);
    }

    /// <summary>The body as a seat.</summary>
    /// <returns>The seat; what is wrong is noted.</returns>
    public RoomSeat Seat() => Seat(Body);

    private RoomSeat Seat(InputFields fields)
    {
        var userId = UserId(fields, "user_id", true);
        var name = fields.Text("name", RoomLimits.MemberNameMax, isRequired: true, code: RoomErrorCodes.MemberNameInvalid);
        var avatar = fields.Text("avatar", RoomLimits.AvatarMax, min: 0, code: RoomErrorCodes.AvatarInvalid);
        var region = fields.Text("region", 2, min: 2, code: RoomErrorCodes.RegionInvalid);
        if (region is not null && !region.All(char.IsAsciiLetter))
        {
            fields.Fault<string>("value_error", "region", "region must be two letters", RoomErrorCodes.RegionInvalid);
        }

        fields.RefuseOthers();
        return new RoomSeat(
            userId ?? string.Empty,
            name ?? string.Empty,
            avatar is null or "" ? RoomSeat.DefaultAvatar : avatar,
            (region ?? Options.Region).ToUpperInvariant());
    }

    private static string? UserId(InputFields fields, string name, bool isRequired) =>
        fields.Text(name, RoomLimits.UserIdMax, isRequired: isRequired, code: RoomErrorCodes.UserIdInvalid);
}

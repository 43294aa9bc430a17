using System.Globalization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>The rules for what people type: asked at the edge, so that a bad input never travels, and again by the room itself.</summary>
public static class RoomInput
{
    /// <summary>Checks a room's name.</summary>
    /// <param name="name">The name as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateRoomName(string? name, string field = "name") =>
        Text(name, field, RoomLimits.NameMax, RoomErrorCodes.RoomNameInvalid);

    /// <summary>Checks a user id.</summary>
    /// <param name="userId">The id as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateUserId(string? userId, string field = "user_id") =>
        Text(userId, field, RoomLimits.UserIdMax, RoomErrorCodes.UserIdInvalid);

    /// <summary>Checks a seat.</summary>
    /// <param name="seat">The seat as typed.</param>
    /// <param name="path">What stands before the names of its fields, such as <c>members[2].</c>.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? Validate(RoomSeat seat, string path = "") =>
        ValidateUserId(seat.UserId, path + "user_id")
        ?? Text(seat.Name, path + "name", RoomLimits.MemberNameMax, RoomErrorCodes.MemberNameInvalid)
        ?? Text(seat.Avatar, path + "avatar", RoomLimits.AvatarMax, RoomErrorCodes.AvatarInvalid)
        ?? ValidateRegion(seat.Region, path + "region");

    /// <summary>Checks a region.</summary>
    /// <param name="region">The region as typed, in any case.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateRegion(string? region, string field = "region") =>
        region is { Length: 2 } && region.All(char.IsAsciiLetter)
            ? null
            : new(RoomErrorCodes.RegionInvalid, $"{field} must be two letters", field);

    /// <summary>A seat as it is stored: without white space around its texts, its region in upper case.</summary>
    /// <param name="seat">A valid seat.</param>
    /// <returns>The seat to store.</returns>
    public static RoomSeat Clean(RoomSeat seat) => new(
        TextRules.Clean(seat.UserId), TextRules.Clean(seat.Name), TextRules.Clean(seat.Avatar), seat.Region.ToUpperInvariant());

    /// <summary>Checks a room's settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">What stands before the names of the fields.</param>
    /// <returns>What is wrong, or null when they are fine.</returns>
    public static InputError? Validate(RoomSettings settings, string path = "")
    {
        if (!Enum.IsDefined(settings.SelectionMode))
        {
            return Of(RoomErrorCodes.SelectionModeInvalid, path + "selection_mode");
        }

        return ValidateDuration(settings.VotingDurationSeconds, path + "voting_duration_seconds");
    }

    /// <summary>Checks the time of a voting round.</summary>
    /// <param name="seconds">The time, in seconds.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateDuration(int seconds, string field = "duration_seconds") => Within(
        seconds, RoomLimits.VotingSecondsMin, RoomLimits.VotingSecondsMax, field, RoomErrorCodes.VotingDurationInvalid);

    /// <summary>Checks the title of an item.</summary>
    /// <param name="title">The title as typed.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateTitle(string? title) => Text(title, "title", RoomLimits.TitleMax, RoomErrorCodes.TitleInvalid);

    /// <summary>Checks notes.</summary>
    /// <param name="notes">The notes as typed; null for none.</param>
    /// <returns>What is wrong, or null when they are fine.</returns>
    public static InputError? ValidateNotes(string? notes) =>
        notes is null || (TextRules.IsReadable(notes, lineBreaks: true) && TextRules.LengthOf(notes) <= RoomLimits.NotesMax)
            ? null
            : new(RoomErrorCodes.NotesInvalid, $"notes must be at most {RoomLimits.NotesMax} visible characters", "notes");

    /// <summary>Checks a rating.</summary>
    /// <param name="halfStars">The rating, in half stars.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateRating(int halfStars) =>
        halfStars is >= 2 and <= 10 ? null : Of(RoomErrorCodes.RatingInvalid, "rating");

    /// <summary>Checks a reaction.</summary>
    /// <param name="reaction">The reaction as sent.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateReaction(string? reaction) =>
        reaction is not null && ItemReactions.All.Contains(reaction, StringComparer.Ordinal)
            ? null
            : Of(RoomErrorCodes.ItemReactionInvalid, "reaction");

    /// <summary>Checks how much of a list is asked for.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="limitMax">The most that may be asked for.</param>
    /// <param name="skip">Without this many.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidatePage(int limit, int limitMax, int skip = 0) =>
        Within(limit, 1, limitMax, "limit", RoomErrorCodes.LimitInvalid)
        ?? Within(skip, 0, int.MaxValue, "skip", RoomErrorCodes.LimitInvalid);

    /// <summary>Checks that a number is in its range.</summary>
    internal static InputError? Within(long value, long min, long max, string field, string code) => value >= min && value <= max
        ? null
        : new(code, string.Create(CultureInfo.InvariantCulture, $"{field} must be {min} to {max}"), field);

    /// <summary>Checks a text of one line that must say something.</summary>
    internal static InputError? Text(string? text, string field, int max, string code) =>
        text is not null && !TextRules.IsBlank(text) && TextRules.IsReadable(text) && TextRules.LengthOf(text) <= max
            ? null
            : new(code, string.Create(CultureInfo.InvariantCulture, $"{field} must be 1 to {max} visible characters"), field);

    private static InputError Of(string code, string field) => new(code, RoomErrors.TextOf(code), field);
}

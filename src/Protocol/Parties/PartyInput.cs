using System.Globalization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The rules for what people type: asked at the edge, so that a bad input never travels, and again by the party itself.</summary>
public static class PartyInput
{
    /// <summary>Checks a party's name.</summary>
    /// <param name="name">The name as typed.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateName(string? name) => Validate(
        name,
        "name",
        PartyLimits.NameMax,
        (PartyErrorCodes.NameEmpty, "Party name cannot be empty"),
        (PartyErrorCodes.NameTooLong, "Party name"),
        (PartyErrorCodes.NameInvalid, "Party name"));

    /// <summary>Checks a username.</summary>
    /// <param name="username">The username as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateUsername(string? username, string field = "username") => Validate(
        username,
        field,
        PartyLimits.UsernameMax,
        (PartyErrorCodes.UsernameEmpty, "Username cannot be empty"),
        (PartyErrorCodes.UsernameTooLong, "Username"),
        (PartyErrorCodes.UsernameInvalid, "Username"));

    /// <summary>Checks a film id.</summary>
    /// <param name="filmId">The id.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateFilmId(string? filmId, string field = "tmdb_id") =>
        filmId is { Length: >= 1 and <= PartyLimits.FilmIdMax } && filmId.All(char.IsAsciiDigit)
            ? null
            : new(PartyErrorCodes.MovieIdInvalid, $"{field} must be 1 to {PartyLimits.FilmIdMax} digits", field);

    /// <summary>Checks a vote.</summary>
    /// <param name="vote">The vote as sent.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateVote(string? vote) =>
        vote is "yay" or "nay" ? null : new(PartyErrorCodes.InvalidVote, "vote must be 'yay' or 'nay'", "vote");

    /// <summary>Checks a reaction: an emoji or a very short text.</summary>
    /// <param name="reaction">The reaction as sent.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateReaction(string? reaction) =>
        reaction is { Length: >= 1 and <= PartyLimits.ReactionMax } && !TextRules.IsBlank(reaction) && TextRules.IsReadable(reaction)
            ? null
            : new(
                PartyErrorCodes.ReactionInvalid,
                $"reaction must be 1 to {PartyLimits.ReactionMax} visible characters",
                "reaction");

    private static InputError? Validate(
        string? text,
        string field,
        int max,
        (string Code, string Message) empty,
        (string Code, string Label) tooLong,
        (string Code, string Label) invalid)
    {
        if (text is null || TextRules.IsBlank(text))
        {
            return new(empty.Code, empty.Message, field);
        }

        if (!TextRules.IsReadable(text))
        {
            return new(invalid.Code, $"{invalid.Label} must not contain control, direction or invisible characters", field);
        }

        return TextRules.LengthOf(text) > max
            ? new(tooLong.Code, $"{tooLong.Label} must be at most {max.ToString(CultureInfo.InvariantCulture)} characters", field)
            : null;
    }
}

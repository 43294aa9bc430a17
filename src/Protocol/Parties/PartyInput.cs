using System.Globalization;
using System.Text;

namespace AkkaParty.Protocol.Parties;

/// <summary>The rules for what people type: asked at the edge, so that a bad input never travels, and again by the party itself.</summary>
public static class PartyInput
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>A name as it is stored: without white space around it.</summary>
    /// <param name="text">What was typed.</param>
    /// <returns>The text to store.</returns>
    public static string Clean(string text) => text.Trim();

    /// <summary>
    /// What makes a username unique: two names with the same key (ordinal, ignoring case) look alike. Joiners and variation
    /// selectors, which are allowed for emoji and some scripts but cannot be seen, do not count, and every kind of space is one.
    /// </summary>
    /// <param name="username">The username.</param>
    /// <returns>The key, to be compared by ordinal, ignoring case.</returns>
    public static string UsernameKey(string username)
    {
        var key = new StringBuilder(username.Length);
        foreach (var rune in Clean(username).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                key.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                key.Append(rune.ToString());
            }
        }

        return key.ToString();
    }

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
        reaction is { Length: >= 1 and <= PartyLimits.ReactionMax } && !IsBlank(reaction) && IsReadable(reaction)
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
        if (text is null || IsBlank(text))
        {
            return new(empty.Code, empty.Message, field);
        }

        if (!IsReadable(text))
        {
            return new(invalid.Code, $"{invalid.Label} must not contain control, direction or invisible characters", field);
        }

        return Clean(text).EnumerateRunes().Count() > max
            ? new(tooLong.Code, $"{tooLong.Label} must be at most {max.ToString(CultureInfo.InvariantCulture)} characters", field)
            : null;
    }

    private static bool IsBlank(string text) => text.EnumerateRunes().All(rune => Rune.IsWhiteSpace(rune) || IsInvisible(rune));

    /// <summary>No control, no direction override, nothing that cannot be seen, no half of a surrogate pair, no line break.</summary>
    private static bool IsReadable(string text)
    {
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                return false;
            }

            if (!IsReadable(rune))
            {
                return false;
            }

            index += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static bool IsReadable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => false,
        UnicodeCategory.Format => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner,
        _ => true,
    };

    private static bool IsInvisible(Rune rune) =>
        rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner or (>= 0xFE00 and <= 0xFE0F);
}

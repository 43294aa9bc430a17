namespace AkkaParty.Protocol.WatchParties;

/// <summary>The rules for what people type: asked at the edge, so that a bad input never travels, and again by the party itself.</summary>
public static class WatchInput
{
    /// <summary>Characters of a title.</summary>
    public const int TitleMax = 200;

    /// <summary>Characters of a description.</summary>
    public const int DescriptionMax = 1_000;

    /// <summary>Characters of a participant's name.</summary>
    public const int NameMax = 100;

    /// <summary>Characters of what is said with a request or its answer.</summary>
    public const int NoteMax = 500;

    /// <summary>Characters of an item's title.</summary>
    public const int ItemTitleMax = 300;

    /// <summary>Characters of an address.</summary>
    public const int UrlMax = 2_000;

    /// <summary>Characters of a reaction.</summary>
    public const int EmojiMax = 10;

    private const int AvatarMax = 500;
    private const int MediaIdMax = 100;

    /// <summary>Checks a party's title.</summary>
    /// <param name="title">The title as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateTitle(string? title, string field = "title") =>
        IsText(title, TitleMax)
            ? null
            : new(WatchErrorCodes.WatchTitleInvalid, $"{field} must be 1 to {TitleMax} visible characters", field);

    /// <summary>Checks a party's description.</summary>
    /// <param name="description">The description as typed; null or empty for none.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateDescription(string? description, string field = "description") =>
        IsNote(description, DescriptionMax)
            ? null
            : new(WatchErrorCodes.WatchDescriptionInvalid, $"{field} must be at most {DescriptionMax} visible characters", field);

    /// <summary>Checks a password before it is hashed.</summary>
    /// <param name="password">The password as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidatePassword(string? password, string field = "password") =>
        password is { Length: >= 4 and <= 100 } ? null : Of(WatchErrorCodes.WatchPasswordInvalid, field);

    /// <summary>Checks a participant's name.</summary>
    /// <param name="name">The name as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateName(string? name, string field = "name") =>
        IsText(name, NameMax) ? null : new(WatchErrorCodes.WatchNameInvalid, $"{field} must be 1 to {NameMax} visible characters", field);

    /// <summary>Checks what is said with a request or its answer.</summary>
    /// <param name="text">The text as typed; null or empty for nothing.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateNote(string? text, string field = "message") =>
        IsNote(text, NoteMax)
            ? null
            : new(WatchErrorCodes.WatchTextInvalid, $"{field} must be at most {NoteMax} visible characters", field);

    /// <summary>Checks a chat message.</summary>
    /// <param name="text">The text as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateMessage(string? text, string field = "message") =>
        IsText(text, WatchLimits.MessageLengthMax, lineBreaks: true) ? null : Of(WatchErrorCodes.ChatTextInvalid, field);

    /// <summary>Checks a reaction.</summary>
    /// <param name="emoji">The reaction as typed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateEmoji(string? emoji, string field = "emoji") =>
        IsText(emoji, EmojiMax) ? null : Of(WatchErrorCodes.EmojiInvalid, field);

    /// <summary>Checks a person.</summary>
    /// <param name="person">Who.</param>
    /// <returns>What is wrong, or null when all is fine.</returns>
    public static InputError? Validate(WatchPerson person) =>
        ValidateName(person.Name)
        ?? (person.AvatarUrl is { Length: > AvatarMax } ? Of(WatchErrorCodes.WatchNameInvalid, "avatar_url") : null);

    /// <summary>Checks settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>What is wrong, or null when they are fine.</returns>
    public static InputError? Validate(WatchSettings settings) => settings switch
    {
        _ when !Enum.IsDefined(settings.Visibility) => Of(WatchErrorCodes.VisibilityInvalid, "visibility"),
        { ParticipantsMax: < 2 or > 1_000 } => Of(WatchErrorCodes.ParticipantsMaxInvalid, "max_participants"),
        _ when !Enum.IsDefined(settings.Controls) => Of(WatchErrorCodes.ControlsInvalid, "controls"),
        { ReadySeconds: < 1 or > 60 } => Of(WatchErrorCodes.ReadySecondsInvalid, "ready_seconds"),
        { SlowModeSeconds: < 0 or > 300 } => Of(WatchErrorCodes.SlowModeInvalid, "slow_mode_seconds"),
        { SkipPercent: < 0 or > 100 } => Of(WatchErrorCodes.SkipPercentInvalid, "skip_percent"),
        _ => null,
    };

    /// <summary>Checks a media item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="path">What stands before the names of its fields, such as <c>items[2].</c>.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? Validate(MediaItem item, string path = "")
    {
        if (!Guid.TryParseExact(item.ItemId, "D", out _))
        {
            return Item(path + "item_id", "must be a UUID");
        }

        if (!IsText(item.Title, ItemTitleMax))
        {
            return Item(path + "title", $"must be 1 to {ItemTitleMax} visible characters");
        }

        if (item.Url is not null && !IsAddress(item.Url))
        {
            return Item(path + "url", $"must be an http or https address of at most {UrlMax} characters");
        }

        if (item.PosterUrl is not null && !IsAddress(item.PosterUrl))
        {
            return Item(path + "poster_url", $"must be an http or https address of at most {UrlMax} characters");
        }

        if (item.MediaId is not null && !IsText(item.MediaId, MediaIdMax))
        {
            return Item(path + "media_id", $"must be 1 to {MediaIdMax} visible characters");
        }

        if (item.TmdbId is <= 0)
        {
            return Item(path + "tmdb_id", "must be more than 0");
        }

        return item.DurationMs is null ? null : ValidateDuration(item.DurationMs.Value, path + "duration");
    }

    /// <summary>Checks a duration.</summary>
    /// <param name="durationMs">The duration, in milliseconds.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateDuration(long durationMs, string field = "duration") =>
        durationMs is > 0 and <= WatchLimits.PositionMaxMs ? null : Of(WatchErrorCodes.DurationInvalid, field);

    /// <summary>Checks a position.</summary>
    /// <param name="positionMs">The position, in milliseconds.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidatePosition(long positionMs, string field = "position") =>
        positionMs is >= 0 and <= WatchLimits.PositionMaxMs ? null : Of(WatchErrorCodes.PositionInvalid, field);

    /// <summary>Checks a speed.</summary>
    /// <param name="rate">Times normal speed.</param>
    /// <param name="field">The field it came in.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? ValidateRate(double rate, string field = "rate") =>
        rate is >= Playback.RateMin and <= Playback.RateMax ? null : Of(WatchErrorCodes.RateInvalid, field);

    /// <summary>An optional text as it is stored.</summary>
    /// <param name="text">The text as typed.</param>
    /// <returns>The text without white space around it; null for nothing.</returns>
    public static string? CleanNote(string? text) => string.IsNullOrWhiteSpace(text) ? null : TextRules.Clean(text);

    private static bool IsText(string? text, int max, bool lineBreaks = false) =>
        text is not null && !TextRules.IsBlank(text) && TextRules.IsReadable(text, lineBreaks) && TextRules.LengthOf(text) <= max;

    private static bool IsNote(string? text, int max) =>
        text is null || (TextRules.IsReadable(text, lineBreaks: true) && TextRules.LengthOf(text) <= max);

    private static bool IsAddress(string text) =>
        text.Length <= UrlMax && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static InputError Item(string field, string rule) => new(WatchErrorCodes.MediaItemInvalid, $"{field} {rule}", field);

    private static InputError Of(string code, string field) => new(code, WatchErrors.TextOf(code), field);
}

namespace AkkaParty.Accounts;

/// <summary>The rules of playlists.</summary>
internal static class PlaylistInput
{
    private const int DescriptionLengthMax = 2_000;

    /// <summary>Checks what a playlist shall be.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static AccountFault? Check(PlaylistChange change, bool isNew)
    {
        if ((isNew || change.Name is not null)
            && (change.Name?.Trim() is not { Length: >= 1 and <= AccountLimits.PlaylistNameLengthMax } name || !AccountInput.IsPlain(name)))
        {
            return AccountFaults.InvalidPlaylist("name", "name must have 1 to 200 characters and no control characters.");
        }

        if (change.Description is { } text && (text.Length > DescriptionLengthMax || !IsProse(text)))
        {
            return AccountFaults.InvalidPlaylist("description", "description must have at most 2,000 characters.");
        }

        if (change.Items is not { } items)
        {
            return null;
        }

        if (items.Count > AccountLimits.PlaylistItemsMax)
        {
            return AccountFaults.InvalidPlaylist("items", "items must be at most 500.");
        }

        var fault = items.Select(Check).FirstOrDefault(found => found is not null);
        var ids = items.Where(item => item.Id != Guid.Empty).Select(item => item.Id).ToList();
        return fault ?? (ids.Distinct().Count() < ids.Count
            ? AccountFaults.InvalidPlaylist("items", "items must not have the same id twice.")
            : null);
    }

    /// <summary>Gives those items an id that have none.</summary>
    public static IReadOnlyList<PlaylistItem> WithIds(IReadOnlyList<PlaylistItem> items, TimeProvider time) =>
        [.. items.Select(item => item.Id == Guid.Empty ? item with { Id = Guid.CreateVersion7(time.GetUtcNow()) } : item)];

    private static AccountFault? Check(PlaylistItem item, int index)
    {
        string? rule = item switch
        {
            _ when string.IsNullOrWhiteSpace(item.Title) || item.Title.Length > AccountLimits.TitleLengthMax
                || !AccountInput.IsPlain(item.Title) => "title must have 1 to 300 characters and no control characters",
            { Url: { } url } when !AccountInput.IsWebAddress(url) => "url must be an http or https address of at most 2,000 characters",
            { PosterUrl: { } url } when !AccountInput.IsWebAddress(url) =>
                "poster_url must be an http or https address of at most 2,000 characters",
            { TmdbId: <= 0 } => "tmdb_id must be a whole number from 1",
            { DurationMs: < 1 or > AccountLimits.DurationMsMax } => "duration_ms must be from 1 to 86,400,000",
            _ => null,
        };
        return rule is null
            ? null
            : AccountFaults.InvalidPlaylist(
                FormattableString.Invariant($"items[{index}]"), FormattableString.Invariant($"items[{index}].{rule}."));
    }

    private static bool IsProse(string text) =>
        AccountInput.IsPlain(text.ReplaceLineEndings(" ").Replace('\t', ' '));
}

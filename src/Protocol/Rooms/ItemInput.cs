namespace AkkaParty.Protocol.Rooms;

/// <summary>The rules for what is said about a film.</summary>
public static class ItemInput
{
    private const string Code = RoomErrorCodes.ItemFieldInvalid;
    private const int RegionsMax = 200;

    private static readonly string[] AccessTypes = ["flatrate", "ads", "free", "rent", "buy"];

    /// <summary>Checks what is said about a film.</summary>
    /// <param name="details">What is said; null members are not.</param>
    /// <returns>What is wrong, or null when it is fine.</returns>
    public static InputError? Validate(ItemDetails details) =>
        Number(details.TmdbId, 1, long.MaxValue, "tmdb_id")
        ?? Url(details.PosterUrl, "poster_url")
        ?? Number(details.Year, RoomLimits.YearMin, RoomLimits.YearMax, "year")
        ?? Number(details.RuntimeMinutes, 1, RoomLimits.RuntimeMinutesMax, "runtime_minutes")
        ?? Names(details.Genres, "genres")
        ?? Names(details.StreamingOn, "streaming_on")
        ?? Overview(details.Overview)
        ?? VoteAverage(details.VoteAverage)
        ?? Url(details.PlayNowUrl, "play_now_url")
        ?? Links(details.ProviderLinks)
        ?? Regions(details.ProvidersByRegion);

    /// <summary>
    /// What is said about a film as it is stored: regions in upper case and in order, texts without white space around them, an
    /// overview that says nothing left out.
    /// </summary>
    /// <param name="details">Valid details.</param>
    /// <returns>The details to store.</returns>
    public static ItemDetails Clean(ItemDetails details) => details with
    {
        Genres = Clean(details.Genres),
        StreamingOn = Clean(details.StreamingOn),
        Overview = details.Overview is { } overview && !TextRules.IsBlank(overview) ? TextRules.Clean(overview) : null,
        ProvidersByRegion = details.ProvidersByRegion is { } providers ? Sorted(providers) : null,
    };

    private static List<string>? Clean(IReadOnlyList<string>? names) =>
        names is null ? null : [.. names.Select(TextRules.Clean).Distinct(StringComparer.Ordinal)];

    private static OrderedDictionary<string, IReadOnlyList<string>> Sorted(IReadOnlyDictionary<string, IReadOnlyList<string>> providers)
    {
        var sorted = new OrderedDictionary<string, IReadOnlyList<string>>(providers.Count, StringComparer.Ordinal);
        foreach (var (region, names) in providers.OrderBy(row => row.Key, StringComparer.OrdinalIgnoreCase))
        {
            sorted.TryAdd(region.ToUpperInvariant(), Clean(names)!);
        }

        return sorted;
    }

    private static InputError? Number(long? value, long min, long max, string field) =>
        value is { } number ? RoomInput.Within(number, min, max, field, Code) : null;

    private static InputError? VoteAverage(double? value) => value is null or (>= 0 and <= 10)
        ? null
        : new(Code, "vote_average must be 0 to 10", "vote_average");

    private static InputError? Overview(string? text) =>
        text is null || (TextRules.IsReadable(text, lineBreaks: true) && TextRules.LengthOf(text) <= RoomLimits.OverviewMax)
            ? null
            : new(Code, $"overview must be at most {RoomLimits.OverviewMax} visible characters", "overview");

    private static InputError? Url(string? url, string field) =>
        url is null || (url.Length <= RoomLimits.UrlMax && IsWebAddress(url))
            ? null
            : new(Code, $"{field} must be an http or https address of at most {RoomLimits.UrlMax} characters", field);

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && TextRules.IsReadable(url);

    private static InputError? Names(IReadOnlyList<string>? names, string field)
    {
        if (names is null)
        {
            return null;
        }

        return names.Count > RoomLimits.EntriesMax
            ? new(Code, $"{field} must have at most {RoomLimits.EntriesMax} entries", field)
            : names.Select(name => RoomInput.Text(name, field, RoomLimits.EntryMax, Code)).FirstOrDefault(error => error is not null);
    }

    private static InputError? Links(IReadOnlyList<ProviderLink>? links)
    {
        if (links is null)
        {
            return null;
        }

        return links.Count > RoomLimits.EntriesMax
            ? new(Code, $"provider_links must have at most {RoomLimits.EntriesMax} entries", "provider_links")
            : links.Select(Link).FirstOrDefault(error => error is not null);
    }

    private static InputError? Link(ProviderLink link) =>
        RoomInput.Text(link.ProviderName, "provider_links.provider_name", RoomLimits.EntryMax, Code)
        ?? (RoomInput.ValidateRegion(link.Region, "provider_links.region") is { } region ? region with { Code = Code } : null)
        ?? (AccessTypes.Contains(link.AccessType, StringComparer.Ordinal)
            ? null
            : new InputError(
                Code, "provider_links.access_type must be 'flatrate', 'ads', 'free', 'rent' or 'buy'", "provider_links.access_type"))
        ?? Url(link.ProviderLogo, "provider_links.provider_logo")
        ?? Url(link.Link, "provider_links.link");

    private static InputError? Regions(IReadOnlyDictionary<string, IReadOnlyList<string>>? providers)
    {
        const string Field = "providers_by_region";
        if (providers is null)
        {
            return null;
        }

        if (providers.Count > RegionsMax)
        {
            return new(Code, $"{Field} must have at most {RegionsMax} regions", Field);
        }

        foreach (var (region, names) in providers)
        {
            var error = RoomInput.ValidateRegion(region, Field) is { } wrong ? wrong with { Code = Code } : Names(names, Field);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }
}

using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>What a body says about a film.</summary>
internal static class ItemInputs
{
    private const string Code = RoomErrorCodes.ItemFieldInvalid;
    private const int RegionsMax = 200;

    private static readonly (string, bool)[] AccessTypes =
        [("flatrate", true), ("ads", true), ("free", true), ("rent", true), ("buy", true)];

    /// <summary>What comes with a new item.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The details.</returns>
    public static ItemDetails OfNew(InputFields body) => Common(body) with
    {
        TmdbId = body.Integer("tmdb_id", 1, int.MaxValue, code: Code),
        Overview = body.Text("overview", RoomLimits.OverviewMax, min: 0, isProse: true, code: Code) is { Length: > 0 } overview
            ? overview
            : null,
        VoteAverage = body.Number("vote_average", 0, 10, Code),
    };

    /// <summary>What changes about an item.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The details.</returns>
    public static ItemDetails OfChange(InputFields body) => Common(body) with
    {
        StreamingOn = body.Texts("streaming_on", RoomLimits.EntriesMax, RoomLimits.EntryMax, Code),
        PlayNowUrl = body.Address("play_now_url", RoomLimits.UrlMax, Code),
        ProviderLinks = body.Objects("provider_links", RoomLimits.EntriesMax, Code)?.Select(Link).ToList(),
        ProvidersByRegion = Regions(body),
    };

    private static ItemDetails Common(InputFields body) => new()
    {
        PosterUrl = body.Address("poster_url", RoomLimits.UrlMax, Code),
        Year = (int?)body.Integer("year", RoomLimits.YearMin, RoomLimits.YearMax, code: Code),
        RuntimeMinutes = (int?)body.Integer("runtime_minutes", 1, RoomLimits.RuntimeMinutesMax, code: Code),
        Genres = body.Texts("genres", RoomLimits.EntriesMax, RoomLimits.EntryMax, Code),
    };

    private static ProviderLink Link(InputFields link)
    {
        var access = link.Text("access_type", RoomLimits.EntryMax, isRequired: true, code: Code);
        link.OneOf("access_type", AccessTypes, code: Code);
        return new ProviderLink(
            link.Text("provider_name", RoomLimits.EntryMax, isRequired: true, code: Code) ?? string.Empty,
            Region(link, link.Text("region", 2, min: 2, isRequired: true, code: Code), "region"),
            access ?? string.Empty,
            link.Address("provider_logo", RoomLimits.UrlMax, Code),
            link.Address("link", RoomLimits.UrlMax, Code));
    }

    private static Dictionary<string, IReadOnlyList<string>>? Regions(InputFields body)
    {
        if (body.Object("providers_by_region") is not { } regions)
        {
            return null;
        }

        var names = regions.Names();
        if (names.Count > RegionsMax)
        {
            return body.Fault<Dictionary<string, IReadOnlyList<string>>>(
                "too_long", "providers_by_region", $"Dictionary should have at most {RegionsMax} items", Code);
        }

        var providers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            providers[Region(regions, name, name)] = regions.Texts(name, RoomLimits.EntriesMax, RoomLimits.EntryMax, Code) ?? [];
        }

        return providers;
    }

    private static string Region(InputFields fields, string? region, string name)
    {
        if (region is not null && !(region.Length == 2 && region.All(char.IsAsciiLetter)))
        {
            fields.Fault<string>("value_error", name, "A region must be two letters", Code);
        }

        return region?.ToUpperInvariant() ?? string.Empty;
    }
}

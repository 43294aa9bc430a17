using AkkaParty.Catalog;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Node.Enrichment;

/// <summary>From what the catalogue knows of a title to what a room keeps of it. Pure.</summary>
internal static class FoundDetails
{
    // A room has a thousand items in memory and in its snapshots, and a link takes more room than everything else that is known.
    private const int LinksMax = 24;

    /// <summary>Takes over what a room may keep; what would break one of its rules is left out rather than all of it refused.</summary>
    /// <param name="found">What the catalogue knows.</param>
    /// <param name="regions">The regions that count, in their order.</param>
    /// <returns>The details; valid by the rules of <see cref="ItemInput"/>.</returns>
    public static ItemDetails From(TitleDetails found, IReadOnlyList<string> regions)
    {
        var here = regions
            .Select(region => found.Regions.FirstOrDefault(known => string.Equals(known.Region, region, StringComparison.Ordinal))
                ?? new RegionOffers(region, null, []))
            .ToList();
        ItemDetails[] parts =
        [
            new() { TmdbId = found.Hit.Id },
            new() { PosterUrl = found.Hit.PosterUrl },
            new() { Year = found.Hit.Year },
            new() { RuntimeMinutes = found.Hit.RuntimeMinutes },
            new() { Genres = [.. Names(found.Hit.Genres)] },
            new() { Overview = found.Hit.Overview },
            new() { VoteAverage = found.Hit.VoteAverage },
            new() { StreamingOn = [.. Names(here.SelectMany(Services))] },
            new() { PlayNowUrl = here.FirstOrDefault(region => region is { Link: not null, Offers.Count: > 0 })?.Link },
            new() { ProviderLinks = [.. here.SelectMany(Links).Where(IsValid).Take(LinksMax)] },
            new() { ProvidersByRegion = ByRegion(here) },
        ];
        return parts.Where(part => ItemInput.Validate(part) is null).Aggregate((one, other) => one.Over(other));
    }

    private static OrderedDictionary<string, IReadOnlyList<string>> ByRegion(IEnumerable<RegionOffers> regions)
    {
        var byRegion = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var region in regions)
        {
            // A region without offers is there too: it was looked up.
            byRegion.TryAdd(region.Region, [.. Names(Services(region))]);
        }

        return byRegion;
    }

    private static IEnumerable<string> Services(RegionOffers region) => region.Offers.Select(offer => offer.Provider);

    private static IEnumerable<ProviderLink> Links(RegionOffers region) => region.Offers.Select(
        offer => new ProviderLink(offer.Provider, region.Region, offer.Access, offer.LogoUrl, region.Link));

    private static bool IsValid(ProviderLink link) => ItemInput.Validate(new ItemDetails { ProviderLinks = [link] }) is null;

    private static IEnumerable<string> Names(IEnumerable<string> names) => names
        .Where(name => ItemInput.Validate(new ItemDetails { Genres = [name] }) is null)
        .Distinct(StringComparer.Ordinal)
        .Take(RoomLimits.EntriesMax);
}

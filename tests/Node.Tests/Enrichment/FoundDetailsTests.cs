using AkkaParty.Catalog;
using AkkaParty.Node.Enrichment;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Node.Tests.Enrichment;

public sealed class FoundDetailsTests
{
    [Fact]
    public void A_room_keeps_what_is_known_with_the_offers_of_its_regions()
    {
        var found = FoundDetails.From(FakeTitles.Metropolis, ["DE", "JP", "US"]);

        (found.TmdbId, found.PosterUrl, found.Year, found.RuntimeMinutes, found.Overview, found.VoteAverage)
            .ShouldBe((19, "https://images/19.jpg", 1927, 153, "A city.", 8.1));
        found.Genres.ShouldBe(["Drama"]);
        found.StreamingOn.ShouldBe(["Filmhaus", "Streamer"]);
        found.PlayNowUrl.ShouldBe("https://offers/de");
        found.ProviderLinks.ShouldBe(
        [
            new ProviderLink("Filmhaus", "DE", "rent", null, "https://offers/de"),
            new ProviderLink("Streamer", "US", "flatrate", "https://images/s.png", "https://offers/us"),
        ]);
        found.ProvidersByRegion.ShouldNotBeNull().Select(region => $"{region.Key}: {string.Join(',', region.Value)}")
            .ShouldBe(["DE: Filmhaus", "JP: ", "US: Streamer"]);
        ItemInput.Validate(found).ShouldBeNull();
    }

    [Fact]
    public void Where_nobody_shows_it_that_is_known_as_well()
    {
        var found = FoundDetails.From(FakeTitles.Metropolis, ["FR"]);

        found.StreamingOn.ShouldBe([]);
        found.PlayNowUrl.ShouldBeNull();
        found.ProvidersByRegion.ShouldNotBeNull()["FR"].ShouldBeEmpty();
    }

    [Fact]
    public void What_would_break_a_rule_is_left_out_and_the_rest_is_kept()
    {
        var hit = FakeTitles.Metropolis.Hit with
        {
            Year = 1700,
            RuntimeMinutes = 5_000,
            PosterUrl = "ftp://images/19.jpg",
            Genres = ["Drama", "", new string('x', 101), "Dra\u202ema", "Drama"],
            Overview = new string('x', 4_001),
        };
        var offers = Enumerable.Range(0, 80).Select(number => new Offer($"Service {number:00}", "buy", null))
            .Prepend(new Offer("\u200b", "buy", null))
            .Prepend(new Offer("Odd", "barter", null));

        var found = FoundDetails.From(new TitleDetails(hit, [new RegionOffers("US", null, [.. offers])]), ["US"]);

        (found.TmdbId, found.Year, found.RuntimeMinutes, found.PosterUrl, found.Overview).ShouldBe((19, null, null, null, null));
        found.Genres.ShouldBe(["Drama"]);
        found.ProviderLinks.ShouldNotBeNull().Count.ShouldBe(24);
        found.ProviderLinks[0].ProviderName.ShouldBe("Service 00");
        found.StreamingOn.ShouldNotBeNull().Count.ShouldBe(RoomLimits.EntriesMax);
        ItemInput.Validate(found).ShouldBeNull();
    }
}

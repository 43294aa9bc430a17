using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class EnrichmentSpec : RoomSpec
{
    private static readonly ItemDetails Found = new() { TmdbId = 19, Year = 1927, RuntimeMinutes = 153, Overview = "Found." };

    [Fact]
    public void What_was_found_fills_what_is_missing_and_replaces_nothing_that_was_typed()
    {
        GivenRoom("ann");
        Given(new AddItem(At(1), As("ann"), "ann", "Metropolis", new ItemDetails { Overview = "Typed.", Genres = [] }));
        When(new FinishEnrichment(At(2), Id(1), 1, Found with { Genres = ["Drama"] }, null));

        var enriched = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ItemEnriched>();
        enriched.Fields.ShouldBe(["tmdb_id", "year", "runtime_minutes", "enrichment"]);
        var item = Item(1);
        (item.TmdbId, item.Year, item.Overview, item.Genres.Count, item.Enrichment).ShouldBe(
            (19, 1927, "Typed.", 0, EnrichmentStatus.Done));
    }

    [Fact]
    public void Nothing_found_and_a_failure_leave_the_item_usable_and_say_so()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), Add("ann", "Nosferatu"), new FinishEnrichment(At(2), Id(1), 1, null, null));
        Given(new FinishEnrichment(At(2), Id(2), 1, null, "The catalogue does not answer."));
        Item(1).Enrichment.ShouldBe(EnrichmentStatus.NotFound);
        (Item(2).Enrichment, Item(2).EnrichmentError).ShouldBe((EnrichmentStatus.Failed, "The catalogue does not answer."));
        When(Vote("ann", 2));
        Decision.Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void It_can_be_asked_for_again_and_an_answer_to_an_older_request_is_ignored()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"));
        When(new RequestEnrichment(At(2), As("bob"), Id(1)));
        ThenNothing();
        Given(new FinishEnrichment(At(3), Id(1), 1, null, "Away."));
        When(new RequestEnrichment(At(4), As("bob"), Id(1)));
        var requested = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EnrichmentRequested>();
        (requested.Item.EnrichmentRequest, requested.Item.EnrichmentError, requested.By).ShouldBe((2, null, "bob"));
        requested.Regions.ShouldBe(["US"]);
        ThenReplied<ItemChanged>().Item.Enrichment.ShouldBe(EnrichmentStatus.Pending);

        When(new FinishEnrichment(At(5), Id(1), 1, Found, null));
        ThenNothing();
        Given(new FinishEnrichment(At(6), Id(1), 2, Found, null));
        When(new FinishEnrichment(At(7), Id(1), 2, Found, null));
        ThenNothing();
        Item(1).Year.ShouldBe(1927);
    }

    [Fact]
    public void A_later_look_up_replaces_what_an_earlier_one_found()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new FinishEnrichment(At(2), Id(1), 1, Found with { StreamingOn = ["Arte"] }, null));
        Given(
            new RequestEnrichment(At(3), As("ann"), Id(1)),
            new FinishEnrichment(At(4), Id(1), 2, Found with { StreamingOn = ["Kanopy"] }, null));
        Item(1).StreamingOn.ShouldBe(["Kanopy"]);
    }

    [Fact]
    public void A_film_that_the_queue_has_under_another_title_keeps_its_id()
    {
        GivenRoom("ann");
        Given(new AddItem(At(1), As("ann"), "ann", "Metropolis", new ItemDetails { TmdbId = 19 }), Add("ann", "Metropolis (1927)"));
        When(new FinishEnrichment(At(2), Id(2), 1, Found, null));
        (Item(2).TmdbId, Item(2).Year).ShouldBe((null, 1927));
    }

    [Fact]
    public void Nonsense_of_a_catalogue_is_a_failure()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new FinishEnrichment(At(2), Id(1), 1, new ItemDetails { Year = 3 }, null));
        (Item(1).Enrichment, Item(1).EnrichmentError).ShouldBe((EnrichmentStatus.Failed, "year must be 1800 to 2100"));
    }

    [Fact]
    public void What_is_gone_is_not_enriched()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new RemoveItem(At(2), As("ann"), Id(1)));
        When(new FinishEnrichment(At(3), Id(1), 1, Found, null));
        ThenNothing();
        When(new FinishEnrichment(At(3), Id(9), 1, Found, null));
        ThenNothing();
        When(new RequestEnrichment(At(3), As("ann"), Id(9)));
        ThenRejected(Codes.ItemNotFound);
    }
}

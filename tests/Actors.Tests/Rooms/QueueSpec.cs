using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class QueueSpec : RoomSpec
{
    private static readonly ItemDetails Complete = new()
    {
        TmdbId = 19,
        PosterUrl = "https://image.tmdb.org/t/p/w500/m.jpg",
        Year = 1927,
        RuntimeMinutes = 153,
        Genres = ["Drama"],
        StreamingOn = ["Arte"],
        Overview = "A city of the future.",
        VoteAverage = 8.1,
        ProvidersByRegion = new Dictionary<string, IReadOnlyList<string>> { ["us"] = ["Kanopy"], ["DE"] = ["Arte"] },
    };

    [Fact]
    public void A_film_is_added_and_its_data_is_to_be_looked_up()
    {
        GivenRoom("ann");
        Given(new AddMember(T0, As("ann"), new RoomSeat("bob", "Bob", "🍿", "DE")));
        When(new AddItem(At(1), As("ann"), "ann", " Metropolis ", new ItemDetails { Year = 1927 }));

        var facts = new ItemFacts(
            Id(1), "Metropolis", "ann", At(1), ItemStatus.Queued, new ItemDetails { Year = 1927 }, ItemDetails.None, 0, 0,
            EnrichmentStatus.Pending, null, 1);
        Then(new ItemAdded(At(1), facts, ["DE", "US"]));
        var reply = ThenReplied<ItemChanged>();
        (reply.IsNew, reply.Item.Id, reply.Item.RoomId, reply.Item.Year).ShouldBe((true, Id(1), RoomId, 1927));
    }

    [Fact]
    public void A_film_of_which_everything_is_said_is_not_looked_up()
    {
        GivenRoom("ann");
        When(new AddItem(At(1), As("ann"), "ann", "Metropolis", Complete));
        var added = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ItemAdded>();
        (added.Item.Enrichment, added.Item.EnrichmentRequest, added.Regions.Count).ShouldBe((EnrichmentStatus.Done, 0, 0));
        added.Item.Typed.ProvidersByRegion!.Keys.ShouldBe(["DE", "US"]);
    }

    [Theory]
    [InlineData("METROPOLIS", null)]
    [InlineData(" metropolis ", 7L)]
    [InlineData("Another title", 19L)]
    public void A_film_the_queue_has_is_answered_with_the_item_it_has(string title, long? tmdbId)
    {
        GivenRoom("ann", "bob");
        Given(new AddItem(At(1), As("ann"), "ann", "Metropolis", new ItemDetails { TmdbId = 19 }));
        When(new AddItem(At(2), As("bob"), "bob", title, new ItemDetails { TmdbId = tmdbId }));
        ThenNothing();
        var reply = ThenReplied<ItemChanged>();
        (reply.IsNew, reply.Item.Id, reply.Item.AddedBy).ShouldBe((false, Id(1), "ann"));
    }

    [Fact]
    public void A_film_is_never_added_earlier_than_one_before_it_whatever_the_clocks_say()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis", at: 3), Add("ann", "Nosferatu", at: 2), Add("ann", "Faust", at: 4));
        new[] { Item(1), Item(2), Item(3) }.Select(item => item.AddedAt).ShouldBe([At(3), At(3), At(4)]);
    }

    [Fact]
    public void A_watched_or_removed_film_may_be_added_again()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new MarkWatched(At(2), As("ann"), Id(1), null), Add("ann", "metropolis", 3));
        Item(3).Status.ShouldBe(ItemStatus.Queued);
        Given(new RemoveItem(At(4), As("ann"), Id(3)), Add("ann", "Metropolis", 5));
        Item(4).Status.ShouldBe(ItemStatus.Queued);
        Item(3).Status.ShouldBe(ItemStatus.Removed);
        Item(1).Status.ShouldBe(ItemStatus.Watched);
    }

    [Fact]
    public void Nobody_adds_in_anothers_name_and_what_is_added_keeps_its_rules()
    {
        GivenRoom("ann", "bob");
        When(new AddItem(At(1), As("ann"), "bob", "Metropolis", ItemDetails.None));
        ThenRejected(Codes.ActingUserMismatch, "added_by");
        When(Add("ann", " "));
        ThenRejected(Codes.TitleInvalid, "title");
        When(Add("ann", new string('x', 501)));
        ThenRejected(Codes.TitleInvalid, "title");
        When(new AddItem(At(1), As("ann"), "ann", "M", new ItemDetails { PosterUrl = "javascript:alert(1)" }));
        ThenRejected(Codes.ItemFieldInvalid, "poster_url", "poster_url must be an http or https address of at most 2000 characters");
    }

    [Fact]
    public void The_queue_holds_1000_items_and_says_when_it_is_full()
    {
        GivenRoom("ann");
        for (var n = 0; n < RoomLimits.ItemsMax; n++)
        {
            State.Active.Count.ShouldBe(n);
            Fill($"Film {n}");
        }

        When(Add("ann", "One more"));
        ThenRejected(Codes.QueueFull);
        When(Add("ann", "FILM 999"));
        ThenReplied<ItemChanged>().Item.Title.ShouldBe("Film 999");
        Given(new RemoveItem(At(2), As("ann"), Id(1)));
        When(Add("ann", "One more"));
        ThenReplied<ItemChanged>().IsNew.ShouldBeTrue();
    }

    [Fact]
    public void Whoever_added_an_item_or_an_admin_changes_and_removes_it()
    {
        GivenRoom("ann", "bob", "cy");
        Given(Add("bob", "Metropolis"));
        var details = new ItemDetails { Year = 1927, Genres = [" Drama ", "Drama"] };
        When(new UpdateItem(At(2), As("cy"), Id(1), null, details));
        ThenRejected(Codes.AdderOrAdminOnly);
        When(new RemoveItem(At(2), As("cy"), Id(1)));
        ThenRejected(Codes.AdderOrAdminOnly);

        When(new UpdateItem(At(2), As("bob"), Id(1), ItemStatus.Watching, details));
        var updated = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ItemUpdated>();
        updated.Fields.ShouldBe(["year", "genres", "status"]);
        (updated.Item.Status, updated.By, updated.Item.Details.Genres![0]).ShouldBe((ItemStatus.Watching, "bob", "Drama"));
        When(new UpdateItem(At(3), As("ann"), Id(1), ItemStatus.Watching, details));
        ThenNothing();
        When(new RemoveItem(At(4), As("ann"), Id(1)));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ItemRemoved>().By.ShouldBe("ann");
    }

    [Fact]
    public void A_removed_item_can_be_read_and_nothing_else()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new RemoveItem(At(2), As("ann"), Id(1)));
        Item(1).Status.ShouldBe(ItemStatus.Removed);
        foreach (var (command, code) in new (RoomCommand, string)[]
        {
            (new RemoveItem(At(3), As("ann"), Id(1)), Codes.ItemNotFound),
            (new UpdateItem(At(3), As("ann"), Id(1), ItemStatus.Queued, ItemDetails.None), Codes.ItemNotFound),
            (new MarkWatched(At(3), As("ann"), Id(1), null), Codes.ItemNotFound),
            (new RequestEnrichment(At(3), As("ann"), Id(1)), Codes.ItemNotFound),
            (new PickItem(At(3), As("ann"), Id(1)), Codes.ItemNotFound),
            (new ReactToItem(At(3), As("ann"), Id(1), "ann", "fire", null), Codes.ItemNotFound),
            (Vote("ann", 1), Codes.VoteItemNotFound),
            (new RemoveVote(At(3), As("ann"), Id(1), "ann"), Codes.VoteNotFound),
        })
        {
            When(command);
            ThenRejected(code);
        }
    }

    [Fact]
    public void A_thousand_removed_items_are_remembered()
    {
        GivenRoom("ann");
        for (uint n = 1; n <= RoomLimits.RemovedItemsMax + 1; n++)
        {
            Fill("Metropolis");
            State = Entity.Evolve(State, Entity.Decide(State, new RemoveItem(At(1), As("ann"), Id(n))).Events.ShouldHaveSingleItem());
        }

        Refusal(new GetItem(As("ann"), At(2), Id(1))).ShouldBe(Codes.ItemNotFound);
        Item(2).Status.ShouldBe(ItemStatus.Removed);
        State.Removed.Count.ShouldBe(RoomLimits.RemovedItemsMax);
    }

    [Fact]
    public void The_status_may_be_changed_to_watched_or_removed_and_never_back()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), Add("ann", "Nosferatu"));
        When(new UpdateItem(At(2), As("ann"), Id(1), ItemStatus.Watched, new ItemDetails { Year = 1927 }));
        Decision.Events.Select(e => e.GetType().Name).ShouldBe(["ItemUpdated", "ItemWatched", "EntryAdded"]);
        ThenReplied<ItemChanged>().Item.Status.ShouldBe(ItemStatus.Watched);
        When(new UpdateItem(At(3), As("ann"), Id(1), ItemStatus.Queued, ItemDetails.None));
        ThenRejected(Codes.ItemWatched, "status");
        When(new UpdateItem(At(3), As("ann"), Id(1), ItemStatus.Watched, ItemDetails.None));
        ThenNothing();
        When(new UpdateItem(At(3), As("ann"), Id(2), ItemStatus.Removed, ItemDetails.None));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ItemRemoved>();
        When(new UpdateItem(At(3), As("ann"), Id(1), (ItemStatus)7, ItemDetails.None));
        ThenRejected(Codes.StatusInvalid, "status");
    }

    [Fact]
    public void Two_items_of_the_queue_are_never_the_same_film()
    {
        GivenRoom("ann");
        Given(new AddItem(At(1), As("ann"), "ann", "Metropolis", new ItemDetails { TmdbId = 19 }), Add("ann", "Metropolis (1927)"));
        When(new UpdateItem(At(2), As("ann"), Id(2), null, new ItemDetails { TmdbId = 19 }));
        ThenRejected(Codes.ItemExists, "tmdb_id");
        When(new UpdateItem(At(2), As("ann"), Id(1), null, new ItemDetails { TmdbId = 19, Year = 1927 }));
        Decision.Events.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("00000000000000ab00000009")]
    [InlineData("00000000000000cd00000001")]
    [InlineData("00000000000000AB00000001")]
    [InlineData("nonsense")]
    public void An_item_of_another_room_or_of_none_is_not_found(string itemId)
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"));
        When(new RemoveItem(At(2), As("ann"), itemId));
        ThenRejected(Codes.ItemNotFound);
        Refusal(new GetItem(As("ann"), At(2), itemId)).ShouldBe(Codes.ItemNotFound);
    }

    /// <summary>Adds a film without the checks of the whole state, which cost too much a thousand times.</summary>
    private void Fill(string title) =>
        State = Entity.Evolve(State, Entity.Decide(State, Add("ann", title)).Events.ShouldHaveSingleItem());
}

using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class HistorySpec : RoomSpec
{
    private RoomEvent? _last;

    [Fact]
    public void A_watched_film_is_in_the_history_once()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"), Vote("bob", 1));
        When(new MarkWatched(At(5), As("bob"), Id(1), " What a film. "));

        var watched = Decision.Events[0].ShouldBeOfType<ItemWatched>();
        (watched.Item.Status, watched.Item.Upvotes, watched.By).ShouldBe((ItemStatus.Watched, 1, "bob"));
        var entry = new HistoryView(Id(2), RoomId, Id(1), "Metropolis", "ann", At(5), [], "What a film.");
        Text([Decision.Events[1]]).ShouldBe(Text([new EntryAdded(At(5), entry)]));

        When(new MarkWatched(At(6), As("ann"), Id(1), "Again"));
        ThenNothing();
        var again = ThenReplied<EntryChanged>().Entry;
        (again.Id, again.WatchedAt, again.Notes).ShouldBe((Id(2), At(5), "What a film."));
    }

    [Fact]
    public void Ratings_are_given_and_changed_by_their_own_users()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"), new MarkWatched(At(5), As("bob"), Id(1), null));
        Given(new RateEntry(At(6), As("bob"), Id(2), "bob", 9), new RateEntry(At(6), As("ann"), Id(2), "ann", 4));
        When(new RateEntry(At(7), As("bob"), Id(2), "bob", 10));
        var rated = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EntryRated>();
        rated.Entry.Ratings.ShouldBe([new RatingView("bob", 10), new RatingView("ann", 4)]);
        When(new RateEntry(At(8), As("bob"), Id(2), "bob", 10));
        ThenNothing();

        When(new RateEntry(At(8), As("bob"), Id(2), "ann", 10));
        ThenRejected(Codes.ActingUserMismatch, "user_id");
        When(new RateEntry(At(8), As("bob"), Id(2), "bob", 11));
        ThenRejected(Codes.RatingInvalid, "rating");
        When(new RateEntry(At(8), As("bob"), Id(1), "bob", 10));
        ThenRejected(Codes.HistoryNotFound);
    }

    [Fact]
    public void The_history_comes_newest_first()
    {
        GivenRoom("ann");
        for (uint n = 0; n < 5; n++)
        {
            Given(Add("ann", $"Film {n}", n), new MarkWatched(At(10 + n), As("ann"), Id((2 * n) + 1), null));
        }

        Titles(5, 0).ShouldBe(["Film 4", "Film 3", "Film 2", "Film 1", "Film 0"]);
        Titles(2, 1).ShouldBe(["Film 3", "Film 2"]);
        Refusal(new ListHistory(As("ann"), At(20), 0)).ShouldBe(Codes.LimitInvalid);
        Refusal(new ListHistory(As("ann"), At(20), 5_001)).ShouldBe(Codes.LimitInvalid);

        IEnumerable<string> Titles(int limit, int skip) =>
            Ask<HistoryList>(new ListHistory(As("ann"), At(20), limit, skip)).Entries.Select(entry => entry.Title);
    }

    [Fact]
    public void The_stats_count_what_everybody_added_had_watched_and_rated()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Film 1"), Add("ann", "Film 2"), Add("bob", "Film 3"));
        Given(new MarkWatched(At(5), As("bob"), Id(1), null), new RemoveItem(At(6), As("ann"), Id(2)));
        Given(
            new RateEntry(At(7), As("bob"), Id(4), "bob", 9),
            new RateEntry(At(8), As("bob"), Id(4), "bob", 7),
            new RateEntry(At(8), As("ann"), Id(4), "ann", 2));
        var stats = Ask<RoomStats>(new GetRoomStats(As("bob"), At(9)));
        (stats.TotalWatched, stats.RatingCount, stats.RatingHalfStars).ShouldBe((1, 2, 9));
        stats.Users.ShouldBe([new RoomUserStats("ann", 2, 1, 1, 2), new RoomUserStats("bob", 1, 0, 1, 7)]);
    }

    [Fact]
    public void The_oldest_of_5000_entries_is_forgotten_with_its_item_and_the_figures_stay()
    {
        GivenRoom("ann");
        for (uint n = 0; n <= RoomLimits.HistoryMax; n++)
        {
            Quickly(Add("ann", $"Film {n}"));
            Quickly(new MarkWatched(At(2), As("ann"), Id((2 * n) + 1), null));
        }

        AkkaParty.Actors.Rooms.RoomInvariants.CheckAll(State);
        _last.ShouldBeOfType<EntryAdded>().ForgottenItemId.ShouldBe(Id(1));
        Refusal(new GetItem(As("ann"), At(3), Id(1))).ShouldBe(Codes.ItemNotFound);
        Item(3).Title.ShouldBe("Film 1");
        Ask<HistoryList>(new ListHistory(As("ann"), At(3), 5_000)).Entries.Count.ShouldBe(5_000);
        Ask<RoomStats>(new GetRoomStats(As("ann"), At(3))).TotalWatched.ShouldBe(5_001);
    }

    [Fact]
    public void Notes_keep_their_rule_and_a_blank_one_is_none()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"));
        When(new MarkWatched(At(5), As("ann"), Id(1), new string('x', 1_001)));
        ThenRejected(Codes.NotesInvalid, "notes");
        When(new MarkWatched(At(5), As("ann"), Id(1), " \n "));
        ThenReplied<EntryChanged>().Entry.Notes.ShouldBeNull();
    }

    private void Quickly(RoomCommand command)
    {
        foreach (var @event in Entity.Decide(State, command).Events)
        {
            State = Entity.Evolve(State, @event);
            _last = @event;
        }
    }
}

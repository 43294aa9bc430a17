using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class RoomQueriesSpec : RoomSpec
{
    [Fact]
    public void The_queue_comes_by_score_and_of_equal_ones_the_oldest_first_without_removed_ones()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Film 1"), Add("ann", "Film 2"), Add("bob", "Film 3"), Add("bob", "Film 4"), Add("bob", "Film 5"));
        Given(Vote("bob", 3), Vote("bob", 4, isUp: false), new RemoveItem(At(3), As("ann"), Id(2)));
        Given(new MarkWatched(At(4), As("ann"), Id(5), null));

        Titles(List()).ShouldBe(["Film 3", "Film 1", "Film 5", "Film 4"]);
        Titles(List(ItemStatus.Queued)).ShouldBe(["Film 3", "Film 1", "Film 4"]);
        Titles(List(ItemStatus.Watched)).ShouldBe(["Film 5"]);
        Titles(List(ItemStatus.Removed)).ShouldBe(["Film 2"]);
        Titles(List(ItemStatus.Watching)).ShouldBeEmpty();
        Titles(List(limit: 2, skip: 1)).ShouldBe(["Film 1", "Film 5"]);
        Ask<ItemList>(List()).Seq.ShouldBe(State.Seq);
        Refusal(List(limit: 0)).ShouldBe(Codes.LimitInvalid);
        Refusal(List(limit: 1_001)).ShouldBe(Codes.LimitInvalid);
        Refusal(List(skip: -1)).ShouldBe(Codes.LimitInvalid);
    }

    [Fact]
    public void The_queue_can_be_asked_for_what_a_service_shows_and_for_what_can_be_seen_now()
    {
        GivenRoom("ann");
        var details = new ItemDetails[]
        {
            new() { StreamingOn = ["Arte"] },
            new() { ProvidersByRegion = new Dictionary<string, IReadOnlyList<string>> { ["DE"] = ["Mubi"], ["US"] = [] } },
            new() { ProvidersByRegion = new Dictionary<string, IReadOnlyList<string>> { ["US"] = ["ARTE"] } },
            new() { ProviderLinks = [new ProviderLink("Arte", "US", "free", null, "https://arte.tv/1")] },
            new() { PlayNowUrl = "https://archive.org/metropolis" },
        };
        foreach (var (place, film) in details.Index())
        {
            Given(new AddItem(At(1), As("ann"), "ann", $"Film {place}", film));
        }

        Titles(List(provider: "arte")).ShouldBe(["Film 0", "Film 2", "Film 3"]);
        Titles(List(availableNow: true)).ShouldBe(["Film 2", "Film 3", "Film 4"]);
        Titles(List(provider: "Mubi", availableNow: true)).ShouldBeEmpty();
        Given(new UpdateMember(At(2), As("ann"), new RoomSeat("ann", "ann", Region: "de")));
        Titles(List(provider: "Mubi", availableNow: true)).ShouldBe(["Film 1"]);
    }

    [Fact]
    public void Members_only_questions_need_a_token_and_the_room_itself_does_not()
    {
        GivenRoom("ann");
        var stranger = new RoomActor("ann", "wrong");
        var queries = new RoomQuery[]
        {
            new GetPresence(stranger, T0), new ListItems(stranger, T0, null, null, false, 100, 0), new GetItem(stranger, T0, Id(1)),
            new ListVotes(stranger, T0, Id(1)), new ListVotesOf(stranger, T0, "ann"), new ListReactions(stranger, T0),
            new ListHistory(stranger, T0, 50), new GetRoomStats(stranger, T0), new ListSelections(stranger, T0, 50),
            new GetVotingRounds(stranger, T0),
        };
        queries.Select(Refusal).ShouldAllBe(code => code == Codes.InvalidToken);
        queries.Length.ShouldBe(typeof(RoomMemberQuery).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(RoomMemberQuery))));
        Ask<RoomView>(new GetRoom()).Name.ShouldBe("Film club");
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Answer(State, "what?"));
    }

    private static ListItems List(
        ItemStatus? status = null, string? provider = null, bool availableNow = false, int limit = 100, int skip = 0) =>
        new(As("ann"), At(9), status, provider, availableNow, limit, skip);

    private IEnumerable<string> Titles(ListItems query) => Ask<ItemList>(query).Items.Select(item => item.Title);
}

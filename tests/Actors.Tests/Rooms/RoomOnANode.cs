using System.Text;
using System.Text.Json;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>The room under the real runtime: timers, presence, feeds, duplicates and recovery meet its rules.</summary>
public sealed class RoomOnANode() : OnANode(runtime => runtime.Register(new RoomEntity()))
{
    [Fact]
    public void A_member_has_left_two_seconds_after_their_last_connection_and_not_when_they_are_back_before()
    {
        Open();
        var ann = Follow("ann", RoomAddress.SocketAudience);
        var first = Follow("bob", RoomAddress.SocketAudience);
        var second = Follow("bob", RoomAddress.SocketAudience);
        Advance(1);
        Present().ShouldBe(["ann", "bob"]);

        first.Subscription.Dispose();
        Advance(5);
        Present().ShouldBe(["ann", "bob"]);
        second.Subscription.Dispose();
        Advance(1);
        var third = Follow("bob", RoomAddress.SocketAudience);
        Advance(5);
        Types(ann).Count(type => type == "user_left").ShouldBe(0);
        third.Subscription.Dispose();
        Advance(3);
        Present().ShouldBe(["ann"]);
        Types(ann).ShouldBe(["user_joined", "user_joined", "user_left"]);
    }

    [Fact]
    public void A_round_ends_at_its_deadline_even_when_nobody_follows_and_the_node_was_away()
    {
        Open();
        Ok(new StartVotingRound(Now, As("bob"), 30));
        Advance(31);
        var rounds = Rounds();
        rounds.Open.ShouldBeNull();
        rounds.Last!.Reason.ShouldBe(VotingRoundEnd.Deadline);
    }

    [Fact]
    public void A_removed_member_is_cut_off_and_a_deleted_room_ends_every_feed()
    {
        Open();
        var ann = Follow("ann", RoomAddress.SocketAudience);
        var bob = Follow("bob", RoomAddress.SocketAudience);
        var stream = Follow(null, RoomAddress.RoomStreamAudience, "hash-bob");
        Ok(new RemoveMember(Now, As("ann"), "bob"));
        bob.Subscriber.Ended.ShouldBe(FeedEnd.Expelled);
        Follow(null, RoomAddress.QueueStreamAudience, "hash-bob").Subscriber.Ended.ShouldBe(FeedEnd.Revoked);

        Ok(new DeleteRoom(Now, As("ann")));
        ann.Subscriber.Ended.ShouldBe(FeedEnd.Closed);
        stream.Subscriber.Ended.ShouldNotBeNull();
        Types(ann)[^1].ShouldBe("room_deleted");
        Ask(new StartVotingRound(Now, As("ann"), 30)).Rejection!.Code.ShouldBe(RoomErrorCodes.RoomNotFound);
    }

    [Theory]
    [InlineData(RoomAddress.SocketAudience)]
    [InlineData(RoomAddress.RoomStreamAudience)]
    [InlineData(RoomAddress.VotesStreamAudience)]
    [InlineData(RoomAddress.QueueStreamAudience)]
    public void Who_resumes_gets_what_they_missed_as_the_others_got_it(string audience)
    {
        Open();
        var live = Follow(null, audience, "hash-ann");
        var since = View().Seq;
        Live();
        var resumed = Follow(null, audience, "hash-ann", since);
        resumed.Subscriber.Texts.ShouldBe(live.Subscriber.Texts);
        live.Subscriber.Texts.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task After_a_crash_the_room_is_what_it_was()
    {
        Open();
        Live();
        Ok(new StartVotingRound(Now, As("bob"), 30));
        for (var n = 0; n < 600; n++)
        {
            Ok(new CastVote(Now, As("bob"), Item(2), "bob", n % 2 == 0));
        }

        var (room, queue) = (View(), Queue());
        await CrashAsync();

        View().Seq.ShouldBe(room.Seq);
        Json(Queue()).ShouldBe(Json(queue));
        Advance(31);
        Rounds().Last!.Reason.ShouldBe(VotingRoundEnd.Deadline);
    }

    [Fact]
    public void A_repeated_command_gets_the_first_answer_and_counts_once()
    {
        Open();
        var id = new CommandId(new Guid("0b7c4d6e-5f37-4b6c-9f0e-2f4c8a1d9e55"), 1);
        var first = Ask(new AddItem(Now, As("ann"), "ann", "Metropolis", ItemDetails.None) { Fingerprint = "f" }, id);
        Ok(new RemoveItem(Now, As("ann"), first.Reply.ShouldBeOfType<ItemChanged>().Item.Id));
        var second = Ask(new AddItem(Now, As("ann"), "ann", "Metropolis", ItemDetails.None) { Fingerprint = "f" }, id);
        var again = second.Reply.ShouldBeOfType<ItemChanged>();
        (again.IsNew, again.Item.Status, again.Fingerprint).ShouldBe((true, ItemStatus.Queued, "f"));
        Queue().Items.ShouldBeEmpty();
    }

    private static RoomActor As(string userId) => RoomSpec.As(userId);

    private static string Item(uint number) => RoomSpec.Id(number);

    private static string Json(ItemList items) => JsonSerializer.Serialize(items, RoomJsonContext.Wire.ItemList);

    private static List<string> Types((TestSubscriber Subscriber, IDisposable Subscription) follower) =>
        [.. follower.Subscriber.Texts.Select(TypeOf)];

    private static string TypeOf(string text)
    {
        using var frame = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return frame.RootElement.GetProperty("type").GetString()!;
    }

    private void Open()
    {
        Ok(new CreateRoom(Now, "ABC234", "Film club", [RoomSpec.Seat("ann")], new RoomSettings(), Token("ann")));
        Ok(new JoinRoom(Now, RoomSpec.Stranger, RoomSpec.Seat("bob"), Token("bob")));
    }

    private void Live()
    {
        Ok(new AddItem(Now, As("ann"), "ann", "Metropolis", ItemDetails.None));
        Ok(new AddItem(Now, As("bob"), "bob", "Nosferatu", ItemDetails.None));
        Ok(new CastVote(Now, As("ann"), Item(2), "ann", IsUp: true));
        Ok(new UpdateRoom(Now, As("ann"), "Cinema", null));
        Ok(new SelectItem(Now, As("ann"), SelectionMode.HighestVotes, 7));
        Ok(new MarkWatched(Now, As("bob"), Item(1), null));
        Ok(new RemoveVote(Now, As("ann"), Item(2), "ann"));
    }

    private RoomTokenGrant Token(string name) => new($"hash-{name}", Now.AddDays(1), RoomSpec.Person);

    private (TestSubscriber Subscriber, IDisposable Subscription) Follow(
        string? userId, string audience, string? credential = null, long? since = null)
    {
        var subscriber = new TestSubscriber(userId) { Credential = credential };
        var subscription = Region.Subscribe(RoomSpec.RoomId, new Audience(audience), since, subscriber);
        Dispatcher.RunAll();
        return (subscriber, subscription);
    }

    private void Ok(RoomCommand command)
    {
        var result = Ask(command);
        result.Outcome.ShouldBe(AskOutcome.Replied, $"{command}: {result.Rejection}");
    }

    private AskResult Ask(RoomCommand command, CommandId? id = null) => Run(Region.AskAsync(RoomSpec.RoomId, command, id));

    private RoomView View() => Query<RoomView>(new GetRoom());

    private VotingRounds Rounds() => Query<VotingRounds>(new GetVotingRounds(As("ann"), Now));

    private ItemList Queue() => Query<ItemList>(new ListItems(As("ann"), Now, null, null, false, 100, 0));

    private IEnumerable<string> Present() => Query<PresentMembers>(new GetPresence(As("ann"), Now)).Users;

    private T Query<T>(RoomQuery query) => Run(Region.QueryAsync(RoomSpec.RoomId, query)).Reply.ShouldBeOfType<T>();
}

using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class VoteSpec : RoomSpec
{
    [Fact]
    public void Votes_are_counted_changed_and_taken_back()
    {
        GivenQueue();
        When(Vote("bob", 1));
        Then(new VoteCast(At(2), Id(1), "Metropolis", "bob", "bob", IsUp: true, IsChange: false, 1, 0));
        ThenReplied<VoteChanged>().ShouldBe(new VoteChanged(new VoteView(Id(1), "bob", "up", At(2)), new VoteCounts(1, 0, 1)));
        When(Vote("ann", 1, isUp: false));
        Then(new VoteCast(At(2), Id(1), "Metropolis", "ann", "ann", IsUp: false, IsChange: false, 1, 1));
        When(Vote("bob", 1, isUp: false, at: 3));
        Then(new VoteCast(At(3), Id(1), "Metropolis", "bob", "bob", IsUp: false, IsChange: true, 0, 2));
        When(new RemoveVote(At(4), As("bob"), Id(1), "bob"));
        Then(new VoteRemoved(At(4), Id(1), "Metropolis", "bob", "bob", WasUp: false, At(3), 0, 1));
        (Item(1).Upvotes, Item(1).Downvotes, Item(1).VoteScore).ShouldBe((0, 1, -1));
    }

    [Fact]
    public void The_same_vote_again_changes_nothing()
    {
        GivenQueue();
        Given(Vote("bob", 1));
        When(Vote("bob", 1, at: 9));
        ThenNothing();
        ThenReplied<VoteChanged>().Vote.VotedAt.ShouldBe(At(2));
    }

    [Fact]
    public void Nobody_votes_in_anothers_name_or_on_what_is_not_queued()
    {
        GivenQueue();
        When(new CastVote(At(2), As("bob"), Id(1), "ann", IsUp: true));
        ThenRejected(Codes.ActingUserMismatch, "user_id");
        When(new RemoveVote(At(2), As("bob"), Id(1), "ann"));
        ThenRejected(Codes.ActingUserMismatch, "user_id");
        When(new RemoveVote(At(2), As("bob"), Id(1), "bob"));
        ThenRejected(Codes.VoteNotFound);
        When(Vote("bob", 9));
        ThenRejected(Codes.VoteItemNotFound);
        Given(Vote("bob", 1), new UpdateItem(At(3), As("ann"), Id(1), ItemStatus.Watching, ItemDetails.None));
        When(Vote("bob", 1, isUp: false));
        ThenRejected(Codes.ItemNotQueued);
        When(new RemoveVote(At(4), As("bob"), Id(1), "bob"));
        ThenRejected(Codes.ItemNotQueued);
    }

    [Fact]
    public void Votes_are_listed_in_the_order_they_were_first_cast_and_by_user()
    {
        GivenQueue();
        Given(Vote("bob", 1), Vote("ann", 1), Vote("bob", 1, isUp: false, at: 5), Vote("bob", 2, at: 6));
        Ask<VoteList>(new ListVotes(As("ann"), At(7), Id(1))).Votes.ShouldBe(
            [new VoteView(Id(1), "bob", "down", At(5)), new VoteView(Id(1), "ann", "up", At(2))]);
        Ask<VoteList>(new ListVotesOf(As("ann"), At(7), "bob")).Votes.ShouldBe(
            [new VoteView(Id(1), "bob", "down", At(5)), new VoteView(Id(2), "bob", "up", At(6))]);
        Given(new RemoveItem(At(8), As("ann"), Id(1)));
        Ask<VoteList>(new ListVotesOf(As("ann"), At(9), "bob")).Votes.Select(vote => vote.ItemId).ShouldBe([Id(2)]);
        Ask<VoteList>(new ListVotes(As("ann"), At(9), Id(1))).Votes.Count.ShouldBe(2);
    }

    [Fact]
    public void Without_revotes_a_vote_stands_until_the_round_ends()
    {
        GivenQueue(allowRevotes: false);
        Given(Vote("bob", 1), Vote("bob", 1, isUp: false), new StartVotingRound(At(10), As("ann"), 60));

        Given(Vote("bob", 1, isUp: true, at: 11), Vote("bob", 2, at: 12));
        When(Vote("bob", 1, isUp: false, at: 13));
        ThenRejected(Codes.RevoteNotAllowed);
        When(new RemoveVote(At(13), As("bob"), Id(2), "bob"));
        ThenRejected(Codes.RevoteNotAllowed);
        When(Vote("bob", 2, at: 14));
        ThenNothing();

        When(Vote("bob", 1, isUp: false, at: 70));
        Decision.Events.Select(e => e.GetType().Name).ShouldBe(["VotingRoundEnded", "VoteCast"]);
    }

    [Fact]
    public void With_revotes_a_vote_may_change_in_a_round()
    {
        GivenQueue();
        Given(new StartVotingRound(At(10), As("ann"), 60), Vote("bob", 1, at: 11));
        When(Vote("bob", 1, isUp: false, at: 12));
        Decision.Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_reaction_is_turned_over_or_set()
    {
        GivenQueue();
        When(new ReactToItem(At(2), As("bob"), Id(1), "bob", "fire", null));
        Then(new ItemReacted(At(2), Id(1), "bob", "fire", Active: true));
        Given(
            new ReactToItem(At(2), As("bob"), Id(1), "bob", "hundred", true),
            new ReactToItem(At(2), As("ann"), Id(1), "ann", "fire", null));
        When(new ReactToItem(At(3), As("bob"), Id(1), "bob", "fire", true));
        ThenNothing();
        Ask<ReactionList>(new ListReactions(As("ann"), At(4))).Reactions.ShouldBe(
        [
            new ReactionView(Id(1), "ann", "fire", true),
            new ReactionView(Id(1), "bob", "fire", true),
            new ReactionView(Id(1), "bob", "hundred", true),
        ]);
        When(new ReactToItem(At(5), As("bob"), Id(1), "bob", "fire", null));
        Then(new ItemReacted(At(5), Id(1), "bob", "fire", Active: false));
        ThenReplied<ReactionChanged>().Reaction.Active.ShouldBeFalse();
        When(new ReactToItem(At(5), As("bob"), Id(1), "bob", "yawn", null));
        ThenRejected(Codes.ItemReactionInvalid, "reaction");
        When(new ReactToItem(At(5), As("bob"), Id(1), "ann", "fire", null));
        ThenRejected(Codes.ActingUserMismatch, "user_id");
    }

    [Fact]
    public void An_item_counts_1000_voters()
    {
        GivenQueue();
        for (var n = 0; n < RoomLimits.VotersMax; n++)
        {
            var cast = Entity.Decide(State, new CastVote(At(2), Open(), Id(1), $"v{n}", IsUp: true));
            State = Entity.Evolve(State, cast.Events.ShouldHaveSingleItem());
        }

        When(new CastVote(At(3), Open(), Id(1), "one more", IsUp: true));
        ThenRejected(Codes.VotersTooMany);
        When(new CastVote(At(3), Open(), Id(1), "v7", IsUp: false));
        Decision.Events.ShouldHaveSingleItem();
    }

    private void GivenQueue(bool allowRevotes = true)
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"), Add("bob", "Nosferatu"));
        if (!allowRevotes)
        {
            Given(new UpdateRoom(At(1), As("ann"), null, new RoomSettings(AllowRevotes: false)));
        }
    }
}

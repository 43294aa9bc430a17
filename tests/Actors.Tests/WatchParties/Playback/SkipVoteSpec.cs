using AkkaParty.Protocol.WatchParties;
using Codes = AkkaParty.Protocol.WatchParties.WatchErrorCodes;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class SkipVoteSpec : PlaybackSpec
{
    [Fact]
    public void Half_of_those_connected_skip_what_plays()
    {
        GivenParty();
        Given(new Play(At(5), As(Ann)));
        When(Vote(Cy, 10));
        Then(new SkipVoteChanged(At(10), Cy, Skip: true, Votes(1, 2)));
        When(Vote(Dee, 11));
        Then(
            new SkipVoteChanged(At(11), Dee, Skip: true, Votes(2, 2)),
            Moved(11, PlaybackAction.Skip, Playing(0, 11.2, item: Short), Short, null));
        Play.SkipVotes.ShouldBeEmpty();
    }

    [Fact]
    public void A_vote_counts_once_and_can_be_taken_back()
    {
        GivenParty();
        Given(Vote(Cy, 10));
        When(Vote(Cy, 11));
        ThenNothing();
        When(Vote(Cy, 12, skip: false));
        Then(new SkipVoteChanged(At(12), Cy, Skip: false, Votes(0, 2)));
        When(Vote(Cy, 13, skip: false));
        ThenNothing();
    }

    [Fact]
    public void Whoever_goes_takes_their_vote_along_and_whoever_stays_may_be_enough_then()
    {
        GivenParty();
        Given(Vote(Cy, 10));
        When(Presence(Cy, 11, false));
        ThenPlayback(new SkipVoteChanged(At(11), Cy, Skip: false, Votes(0, 2)));
        Given(Presence(Cy, 12, true), Vote(Cy, 13), Presence(Ann, 14, false));
        Play.SkipVotes.ShouldBe([Cy]);
        When(Presence(Bob, 15, false));
        ThenPlayback(Moved(15, PlaybackAction.Skip, Paused(0, 15.2, item: Short), Short, null));
    }

    [Fact]
    public void Of_the_last_item_enough_votes_go_to_its_end()
    {
        GivenParty(null, Short);
        Given(new Play(At(5), As(Ann)), Vote(Cy, 10, itemId: Short.ItemId));
        When(Vote(Dee, 11, itemId: Short.ItemId));
        ThenPlayback(
            new SkipVoteChanged(At(11), Dee, Skip: true, new SkipVotes(Short.ItemId, 2, 2)),
            Moved(11, PlaybackAction.Ended, Paused(50_000, 11.2, item: Short), Short, null));
    }

    [Fact]
    public void Another_item_means_other_votes()
    {
        GivenParty();
        Given(Vote(Cy, 10), new SkipItem(At(11), As(Ann)));
        Play.SkipVotes.ShouldBeEmpty();
        When(Vote(Cy, 12));
        ThenRejected(Codes.SkipVoteStale);
        When(Vote(Cy, 12, itemId: ItemId(99)));
        ThenRejected(Codes.MediaItemNotFound);
    }

    [Fact]
    public void Only_the_connected_vote_and_only_where_there_are_votes()
    {
        GivenParty();
        Given(Presence(Dee, 5, false));
        When(Vote(Dee, 10));
        ThenRejected(Codes.SkipVoteNotConnected);
        Given(new UpdateWatchParty(At(11), As(Ann), null, null, State.Settings with { SkipPercent = 0 }, null));
        When(Vote(Cy, 12));
        ThenRejected(Codes.SkipVotesOff);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(25, 1)]
    [InlineData(26, 2)]
    [InlineData(75, 3)]
    [InlineData(100, 4)]
    public void The_share_is_rounded_up(int percent, int needed)
    {
        GivenParty(new WatchSettings { SkipPercent = percent });
        When(Vote(Cy, 10));
        Decision.Events.OfType<SkipVoteChanged>().Single().Votes.Needed.ShouldBe(needed);
    }

    private static SkipVotes Votes(int votes, int needed) => new(Film.ItemId, votes, needed);

    private static VoteToSkip Vote(string memberId, double at, bool skip = true, string? itemId = null) =>
        new(At(at), As(memberId), itemId ?? Film.ItemId, skip);
}

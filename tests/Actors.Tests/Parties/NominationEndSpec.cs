using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>How a nomination ends when the votes alone do not decide it.</summary>
public sealed class NominationEndSpec : PartySpec
{
    [Theory]
    [InlineData("yay", true)]
    [InlineData("nay", false)]
    public void At_its_deadline_more_yays_than_nays_among_the_votes_cast_pass(string vote, bool passes)
    {
        Nominating("h", "m", "n", "o");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(2), As("h"), vote));

        WhenTimeIs(At(121));

        Then(passes
            ? new NominationPassed(At(121), "1", NominationEnd.Deadline)
            : new NominationFailed(At(121), "1", NominationEnd.Deadline));
    }

    [Fact]
    public void At_its_deadline_without_votes_it_fails()
    {
        Nominating("h", "m");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));

        WhenTimeIs(At(121));

        Then(new NominationFailed(At(121), "1", NominationEnd.Deadline));
    }

    [Fact]
    public void A_vote_that_comes_after_the_deadline_is_too_late_even_when_the_timer_is_later_still()
    {
        Nominating("h", "m", "n");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(2), As("h"), "nay"));

        When(new VoteNomination(At(121), As("m"), "yay"));

        ThenRejected(PartyErrorCodes.NoNomination);
    }

    [Fact]
    public void What_was_due_is_stored_with_the_next_command_at_the_time_it_was_due()
    {
        Nominating("h", "m");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));

        When(new SuggestMovie(At(200), As("m"), Film("2")));

        Then(new NominationFailed(At(121), "1", NominationEnd.Deadline), new MovieNominated(At(200), Film("2"), "m", At(320)));
    }

    [Theory]
    [InlineData("yay", true)]
    [InlineData("nay", false)]
    [InlineData(null, false)]
    public void The_host_closes_it_by_the_votes_cast(string? vote, bool passes)
    {
        Nominating("h", "m", "n", "o");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));
        if (vote is not null)
        {
            Given(new VoteNomination(At(2), As("m"), vote));
        }

        When(new CloseNomination(At(3), As("h")));

        Then(passes ? new NominationPassed(At(3), "1", NominationEnd.Host) : new NominationFailed(At(3), "1", NominationEnd.Host));
    }

    [Fact]
    public void Somebody_leaving_or_joining_moves_what_is_certain()
    {
        Nominating("h", "m", "n", "o");
        Given(
            new SuggestMovie(At(1), As("m"), Film("1")),
            new VoteNomination(At(2), As("h"), "yay"),
            new VoteNomination(At(2), As("m"), "yay"));

        When(new LeaveParty(At(3), As("o")));

        Then(new ParticipantLeft(At(3), "o", null), new NominationPassed(At(3), "1", NominationEnd.Certain));
    }

    [Fact]
    public void Whoever_goes_away_no_longer_counts_unless_the_vote_is_cast()
    {
        Nominating("h", "m", "n", "o");
        Given(new SetPresence(At(1), "o", false));
        Given(
            new SuggestMovie(At(100), As("m"), Film("1")),
            new VoteNomination(At(101), As("h"), "yay"),
            new VoteNomination(At(102), As("m"), "yay"));

        WhenTimeIs(At(121));

        Then(new ParticipantWentAway(At(121), "o"), new NominationPassed(At(121), "1", NominationEnd.Certain));
    }

    [Fact]
    public void The_vote_of_somebody_who_went_away_stands_and_counts_among_all()
    {
        Nominating("h", "m", "n");
        Given(new SetPresence(At(1), "m", false));
        Given(new SuggestMovie(At(100), As("h"), Film("1")), new VoteNomination(At(2), As("m"), "nay"));
        WhenTimeIs(At(121));
        State.Find("m")!.Away.ShouldBeTrue();

        When(new VoteNomination(At(122), As("h"), "yay"));
        Then(new NominationVoted(At(122), "h", "1", NominationVote.Yay));
        When(new VoteNomination(At(123), As("n"), "yay"));
        Then(new NominationVoted(At(123), "n", "1", NominationVote.Yay), new NominationPassed(At(123), "1", NominationEnd.Certain));
    }
}

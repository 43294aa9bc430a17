using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class NominationSpec : PartySpec
{
    [Fact]
    public void A_nomination_is_open_for_the_configured_time_and_its_proposer_has_not_voted()
    {
        Nominating("h", "m");

        When(new SuggestMovie(At(1), As("m"), Film("1")));

        Then(new MovieNominated(At(1), Film("1"), "m", At(121)));
        Entity.Deadline(State).ShouldBe(At(121));
        var open = View().CurrentNomination.ShouldNotBeNull();
        open.Voters.ShouldBeEmpty();
        (open.ProposerId, open.Eligible, open.Needed).ShouldBe(("m", 2, 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12a")]
    [InlineData("123456789012345678901")]
    public void A_film_needs_a_number_of_at_most_20_digits(string filmId)
    {
        Nominating("h");

        When(new SuggestMovie(At(1), As("h"), Film(filmId)));

        ThenRejected(PartyErrorCodes.MovieIdInvalid, "tmdb_id");
    }

    [Fact]
    public void A_film_of_the_pool_is_not_nominated_again()
    {
        Nominating("h", "m").Pool("1");

        When(new SuggestMovie(At(1), As("m"), Film("1")));

        ThenRejected(PartyErrorCodes.AlreadyNominated, "tmdb_id");
    }

    [Fact]
    public void A_film_that_failed_may_be_nominated_again()
    {
        Nominating("h", "m");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(1), As("h"), "nay"));

        When(new SuggestMovie(At(2), As("m"), Film("1")));

        Then(new MovieNominated(At(2), Film("1"), "m", At(122)));
    }

    [Fact]
    public void The_pool_holds_50_films()
    {
        Nominating("h", "m").Pool([.. Enumerable.Range(1, 50).Select(number => $"{number}")]);

        When(new SuggestMovie(At(1), As("m"), Film("51")));

        ThenRejected(PartyErrorCodes.PoolFull);
    }

    [Theory]
    [InlineData(1, 1, 0, true)]
    [InlineData(2, 2, 0, true)]
    [InlineData(2, 1, 0, null)]
    [InlineData(2, 0, 1, false)]
    [InlineData(3, 2, 0, true)]
    [InlineData(3, 1, 1, null)]
    [InlineData(3, 0, 2, false)]
    [InlineData(4, 2, 1, null)]
    [InlineData(4, 0, 2, false)]
    [InlineData(4, 2, 2, false)]
    [InlineData(4, 3, 0, true)]
    [InlineData(5, 3, 0, true)]
    public void It_ends_as_soon_as_its_result_is_certain(int people, int yays, int nays, bool? passes)
    {
        Nominating([.. Enumerable.Range(0, people).Select(number => $"u{number}")]);
        Given(new SuggestMovie(At(1), As("u0"), Film("1")));
        for (var voter = 0; voter < yays + nays; voter++)
        {
            State.Nomination.ShouldNotBeNull("nothing is certain before the last of these votes");
            When(new VoteNomination(At(2), As($"u{voter}"), voter < yays ? "yay" : "nay"));
        }

        (State.Nomination is null).ShouldBe(passes is not null);
        State.Pool.Length.ShouldBe(passes == true ? 1 : 0);
    }

    [Fact]
    public void A_vote_may_be_changed_until_it_is_decided()
    {
        Nominating("h", "m", "n");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(2), As("h"), "nay"));

        When(new VoteNomination(At(3), As("h"), "yay"));

        Then(new NominationVoted(At(3), "h", "1", NominationVote.Yay));
        View().CurrentNomination!.Voters.ShouldBe([new("h", NominationVote.Yay)]);
    }

    [Fact]
    public void The_same_vote_again_changes_nothing()
    {
        Nominating("h", "m", "n");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(2), As("h"), "nay"));

        When(new VoteNomination(At(3), As("h"), "nay", "1"));

        ThenNothing();
    }

    [Fact]
    public void A_vote_for_a_film_that_is_no_longer_open_never_counts_for_the_next_one()
    {
        Nominating("h", "m").Pool("1");
        Given(new SuggestMovie(At(1), As("m"), Film("2")));

        When(new VoteNomination(At(2), As("h"), "yay", "1"));

        ThenRejected(PartyErrorCodes.NominationClosed, "tmdb_id");
    }

    [Theory]
    [InlineData("YAY")]
    [InlineData("maybe")]
    [InlineData("")]
    public void A_vote_is_yay_or_nay(string vote)
    {
        Nominating("h", "m");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));

        When(new VoteNomination(At(2), As("h"), vote));

        ThenRejected(PartyErrorCodes.InvalidVote, "vote");
    }

    [Theory]
    [InlineData("h", true)]
    [InlineData("m", true)]
    [InlineData("n", false)]
    public void The_proposer_and_the_host_may_withdraw_an_open_nomination(string caller, bool may)
    {
        Nominating("h", "m", "n");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));

        When(new WithdrawNomination(At(2), As(caller), "1"));

        if (may)
        {
            Then(new NominationWithdrawn(At(2), "1", caller));
        }
        else
        {
            ThenRejected(PartyErrorCodes.NotProposer);
        }
    }

    [Fact]
    public void Only_the_host_takes_a_film_out_of_the_pool()
    {
        Nominating("h", "m").Pool("1", "2");

        When(new WithdrawNomination(At(1), As("m"), "1"));
        ThenRejected(PartyErrorCodes.HostOnly, message: "only the host can take a movie out of the pool");
        When(new WithdrawNomination(At(1), As("h"), "1"));
        Then(new PoolMovieWithdrawn(At(1), "1", "h"));
        When(new WithdrawNomination(At(1), As("h"), "1"));
        ThenRejected(PartyErrorCodes.MovieNotNominated, "tmdb_id");
    }

    [Fact]
    public void Finalizing_needs_a_film_and_drops_an_open_nomination()
    {
        Nominating("h", "m");
        Given(new SuggestMovie(At(1), As("m"), Film("1")));

        When(new FinalizeNominations(At(2), As("h")));
        ThenRejected(PartyErrorCodes.PoolEmpty);

        Given(new CloseNomination(At(3), As("h")));
        Pool("2");
        Given(new SuggestMovie(At(4), As("m"), Film("3")));
        When(new FinalizeNominations(At(5), As("h")));
        Then(new NominationsFinalized(At(5), null));
        State.Nomination.ShouldBeNull();
        View().Submissions.ShouldNotBeNull().ShouldBeEmpty();
    }

    private PartyView View() => Entity.Answer(State, new GetParty()).Reply.ShouldBeOfType<PartyView>();
}

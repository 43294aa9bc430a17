using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class OpeningSpec : PartySpec
{
    [Fact]
    public void The_host_opens_the_watch_party_of_the_chosen_film_with_a_seat_for_everybody()
    {
        Finish();

        When(new OpenWatchParty(At(9), As("h")));

        var id = OpeningIds.WatchParty("party", State.Id, "1");
        Then(new WatchPartyRequested(
            At(9), id, "Film night", "h", Film("1"), [new OpeningSeat("h", "h"), new OpeningSeat("m", "m", "account-m")]));
        View().WatchParty.ShouldBe(new WatchOpening(id, OpeningStatus.Opening));
    }

    [Fact]
    public void It_is_there_when_the_node_that_made_it_says_so()
    {
        Finish();
        Given(new OpenWatchParty(At(9), As("h")));
        var id = State.WatchParty!.Id;

        When(new FinishOpening(At(10), id, "ABC234"));
        Then(new WatchPartyOpened(At(10), id, "ABC234"));
        View().WatchParty.ShouldBe(new WatchOpening(id, OpeningStatus.Open, "ABC234"));

        When(new FinishOpening(At(11), id, "ABC235"));
        ThenNothing();
        When(new OpenWatchParty(At(12), As("h")));
        ThenNothing();
    }

    [Fact]
    public void Everybody_sees_that_it_cannot_be_made_and_the_host_may_try_again()
    {
        Finish();
        Given(new OpenWatchParty(At(9), As("h")));
        var id = State.WatchParty!.Id;

        When(new FinishOpening(At(10), id, null, "no code is free"));
        Then(new WatchPartyFailed(At(10), id, "no code is free"));
        View().WatchParty.ShouldBe(new WatchOpening(id, OpeningStatus.Failed, Reason: "no code is free"));

        When(new FinishOpening(At(11), id, null, "no code is free"));
        ThenNothing();
        When(new OpenWatchParty(At(12), As("h")));
        Then(new WatchPartyRequested(
            At(12), id, "Film night", "h", Film("1"), [new OpeningSeat("h", "h"), new OpeningSeat("m", "m", "account-m")]));
        View().WatchParty.ShouldBe(new WatchOpening(id, OpeningStatus.Opening));
    }

    [Fact]
    public void Only_the_host_opens_it_and_only_when_the_party_has_decided()
    {
        Finish();
        When(new OpenWatchParty(At(9), As("m")));
        ThenRejected(PartyErrorCodes.HostOnly, null, "only the host can open the watch party");
    }

    [Fact]
    public void Nothing_is_opened_before_the_party_has_decided()
    {
        Ranking(["h", "m"], "1", "2");
        When(new OpenWatchParty(At(9), As("h")));
        ThenRejected(PartyErrorCodes.NotDecided);
    }

    [Fact]
    public void A_party_that_is_set_so_opens_it_as_soon_as_it_has_decided()
    {
        var options = new PartyOptions(OpenWatchParty: OpensWatchParty.Auto);
        Given(new PartyCreated(T0, "Film night", "h", "h", "hash-h", At(999), options), new NominationsStarted(T0));
        Pool("1", "2");
        Given(new FinalizeNominations(T0, As("h")));

        When(new SubmitRanking(At(2), As("h"), ["2"]));

        State.Phase.ShouldBe(PartyPhase.Finished);
        View().WatchParty!.Status.ShouldBe(OpeningStatus.Opening);
    }

    [Fact]
    public void After_a_restart_the_next_decision_opens_another_and_the_last_one_is_no_longer_awaited()
    {
        Finish();
        Given(new OpenWatchParty(At(9), As("h")));
        var first = State.WatchParty!.Id;
        Given(new RestartParty(At(10), As("h")));

        When(new FinishOpening(At(11), first, "ABC234"));
        ThenNothing();
        View().WatchParty.ShouldBeNull();
        OpeningIds.WatchParty("party", State.Id, "2").ShouldNotBe(first);
    }

    private void Finish()
    {
        Ranking(["h"], "1", "2");
        Given(new JoinParty(At(1), "m", "m", "hash-m", At(999)) { AccountId = "account-m" });
        Given(new SubmitRanking(At(2), As("h"), ["1"]), new SubmitRanking(At(3), As("m"), ["1"]));
    }

    private PartyView View() => Entity.Answer(State, new GetParty()).Reply.ShouldBeOfType<PartyView>();
}

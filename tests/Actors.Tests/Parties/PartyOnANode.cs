using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>The party under the real runtime: timers, presence, feeds, duplicates and recovery meet its rules.</summary>
public sealed class PartyOnANode() : OnANode(runtime => runtime.Register(new PartyEntity()))
{
    [Fact]
    public void A_member_whose_subscription_ended_goes_away_and_the_nomination_ends_at_its_deadline()
    {
        var ann = Open();
        var bob = Join("bob");
        Advance(1);
        View().Participants.Values.ShouldAllBe(participant => participant.Connected);

        Ok(new StartNomination(Now, As("ann")));
        Ok(new SuggestMovie(Now, As("bob"), PartySpec.Film("1")));
        Ok(new VoteNomination(Now, As("ann"), "yay"));
        bob.Subscription.Dispose();
        Advance(60);
        (View().Participants["bob"].Connected, View().Participants["bob"].Away).ShouldBe((false, false));
        View().CurrentNomination.ShouldNotBeNull();
        Advance(61);
        View().NominationPool.ShouldBe([PartySpec.Film("1")]);
        Advance(10);
        View().Participants["bob"].Away.ShouldBeTrue();
        ann.Subscriber.Texts[^1].ShouldContain($"\"seq\":{View().Seq}");
    }

    [Fact]
    public void A_removed_member_is_cut_off_and_cannot_come_back_with_the_old_token()
    {
        Open();
        var bob = Join("bob");

        Ok(new RemoveParticipant(Now, As("ann"), "bob"));

        bob.Subscriber.Ended.ShouldBe(FeedEnd.Expelled);
        Ask(new SuggestMovie(Now, As("bob"), PartySpec.Film("1"))).Rejection!.Code.ShouldBe(PartyErrorCodes.InvalidToken);
        Follow("bob").Subscriber.Ended.ShouldBe(FeedEnd.Expelled);
    }

    [Fact]
    public void A_repeated_join_gets_the_first_answer_and_joins_once()
    {
        Open();
        var id = new CommandId(new Guid("0b7c4d6e-5f37-4b6c-9f0e-2f4c8a1d9e55"), 1);

        var first = Ask(new JoinParty(Now, "bob", "Bob", "hash-bob", Now.AddDays(1)) { Fingerprint = "f" }, id);
        Ok(new StartNomination(Now, As("ann")));
        var second = Ask(new JoinParty(Now, "other", "Bob", "hash-other", Now.AddDays(1)) { Fingerprint = "f" }, id);

        var entered = second.Reply.ShouldBeOfType<PartyEntered>();
        (entered.UserId, entered.Fingerprint).ShouldBe(("bob", "f"));
        entered.Party.Seq.ShouldBe(first.Reply.ShouldBeOfType<PartyEntered>().Party.Seq);
        View().Participants.Keys.ShouldBe(["ann", "bob"]);
    }

    [Fact]
    public async Task After_a_crash_the_party_is_what_it_was_and_its_timers_go_on()
    {
        Open();
        Join("bob");
        Ok(new StartNomination(Now, As("ann")));
        Ok(new SuggestMovie(Now, As("bob"), PartySpec.Film("1")));
        Ok(new VoteNomination(Now, As("bob"), "yay"));
        var before = View();

        await CrashAsync();

        View().Seq.ShouldBe(before.Seq);
        Advance(60);
        View().Participants.Values.ShouldAllBe(participant => !participant.Connected);
        Advance(61);
        View().NominationPool.ShouldBe([PartySpec.Film("1")]);
    }

    [Fact]
    public void A_reaction_is_seen_at_once_and_stored_nowhere()
    {
        var ann = Open();
        var seq = View().Seq;

        Region.Signal("p1", new PartyReaction(As("ann"), Now, "🎉")).ShouldBeTrue();
        Dispatcher.RunAll();

        ann.Subscriber.Texts[^1].ShouldStartWith("{\"type\":\"reaction\"");
        View().Seq.ShouldBe(seq);
    }

    private static Caller As(string userId) => new(userId, $"hash-{userId}");

    private (TestSubscriber Subscriber, IDisposable Subscription) Open()
    {
        Ok(new CreateParty(Now, "Film night", "ann", "Ann", "hash-ann", Now.AddDays(1), new PartyOptions()));
        return Follow("ann");
    }

    private (TestSubscriber Subscriber, IDisposable Subscription) Join(string userId)
    {
        Ok(new JoinParty(Now, userId, userId, $"hash-{userId}", Now.AddDays(1)));
        return Follow(userId);
    }

    private (TestSubscriber Subscriber, IDisposable Subscription) Follow(string userId)
    {
        var subscriber = new TestSubscriber(userId);
        var subscription = Region.Subscribe("p1", new Audience(PartyAddress.MemberAudience), null, subscriber);
        Dispatcher.RunAll();
        return (subscriber, subscription);
    }

    private void Ok(PartyCommand command)
    {
        var result = Ask(command);
        result.Outcome.ShouldBe(AskOutcome.Replied, $"{command}: {result.Rejection}");
    }

    private AskResult Ask(PartyCommand command, CommandId? id = null) => Run(Region.AskAsync("p1", command, id));

    private PartyView View() => Run(Region.QueryAsync("p1", new GetParty())).Reply.ShouldBeOfType<PartyView>();
}

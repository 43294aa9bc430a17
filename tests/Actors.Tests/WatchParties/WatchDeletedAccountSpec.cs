using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class WatchDeletedAccountSpec : WatchSpec
{
    [Fact]
    public void The_seat_is_given_up_and_the_name_forgotten()
    {
        GivenParty("bob");
        Given(Connect("bob", 2), new SendWatchMessage(At(3), As("bob"), "Hello"), new SendWatchMessage(At(4), As("ann"), "Hi"));

        When(new ForgetAccount(At(5), "bob"));

        ThenRaised(nameof(ParticipantLeft), nameof(AccountForgotten));
        State.FindSeated("bob").ShouldBeNull();
        State.Connected.ShouldBeEmpty();
        State.Find("bob").ShouldNotBeNull().Person.ShouldBe(new WatchPerson("bob", WatchPerson.DeletedName));
        State.Messages.Select(message => (message.Name, message.Text)).ShouldBe([(WatchPerson.DeletedName, "Hello"), ("ann", "Hi")]);
    }

    [Fact]
    public void A_hosts_role_passes_on_at_once()
    {
        GivenParty("bob", "cy");
        Given(new SetCoHost(At(2), As("ann"), "cy", CoHost: true));

        When(new ForgetAccount(At(3), "ann"));

        ThenRaised(nameof(ParticipantLeft), nameof(HostChanged), nameof(AccountForgotten));
        State.HostId.ShouldBe("cy");
    }

    [Fact]
    public void Once_more_changes_nothing()
    {
        GivenParty("bob");
        Given(new ForgetAccount(At(2), "bob"));

        When(new ForgetAccount(At(3), "bob"));
        ThenRaised();
        When(new ForgetAccount(At(4), "stranger"));
        ThenRaised();
    }

    [Fact]
    public void Whoever_only_asked_or_was_let_in_is_forgotten_as_well()
    {
        GivenParty();
        Given(
            new InviteToWatchParty(At(2), As("ann"), Person("bob")),
            new RequestWatchAccess(At(3), As("cy"), Person("cy"), "Please"));

        When(new ForgetAccount(At(4), "bob"));
        ThenRaised(nameof(AccountForgotten));
        When(new ForgetAccount(At(5), "cy"));
        ThenRaised(nameof(AccountForgotten));

        State.Admitted.ShouldBeEmpty();
        State.AccessRequests.OpenCount.ShouldBe(0);
    }

    [Fact]
    public void A_ban_stays_without_the_name()
    {
        GivenParty();
        Given(Join("bob", mark: "browser"), new KickParticipant(At(2), As("ann"), "bob", Ban: true));

        When(new ForgetAccount(At(3), "bob"));

        State.Bans["bob"].Name.ShouldBe(WatchPerson.DeletedName);
        When(Join("eve", 4, mark: "browser"));
        ThenRejected(WatchErrorCodes.WatchBanned);
    }

    [Fact]
    public void An_ended_party_forgets_too()
    {
        GivenParty("bob");
        Given(new EndWatchParty(At(2), As("ann")));

        When(new ForgetAccount(At(3), "ann"));

        State.Find("ann").ShouldNotBeNull().Person.Name.ShouldBe(WatchPerson.DeletedName);
        State.HostId.ShouldBe("bob");
    }
}

using System.Text;
using System.Text.Json;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>The watch party under the real runtime: timers, presence, feeds, duplicates and recovery meet its rules.</summary>
public sealed class WatchOnANode() : OnANode(runtime => runtime.Register(new WatchEntity()))
{
    [Fact]
    public void A_member_has_gone_two_seconds_after_their_last_connection_and_not_when_they_are_back_before()
    {
        Open();
        var first = Follow("bob");
        var second = Follow("bob");
        first.Subscription.Dispose();
        Advance(5);
        Connected().ShouldBe(["bob"]);
        second.Subscription.Dispose();
        Advance(1);
        var third = Follow("bob");
        Advance(5);
        Connected().ShouldBe(["bob"]);
        third.Subscription.Dispose();
        Advance(3);
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void The_hosts_role_passes_on_when_they_are_away_for_five_minutes()
    {
        Open();
        var ann = Follow("ann");
        Follow("bob");
        ann.Subscription.Dispose();
        Advance(303);
        View().HostId.ShouldBe("bob");
    }

    [Fact]
    public void Whoever_is_put_out_is_cut_off_and_an_ended_party_tells_and_ends_every_feed()
    {
        Open();
        Ok(new JoinWatchParty(Now, As("cy"), WatchSpec.Person("cy"), WatchSpec.Code, false, null, null));
        var (ann, bob, cy) = (Follow("ann"), Follow("bob"), Follow("cy"));
        Ok(new KickParticipant(Now, As("ann"), "bob", Ban: true));
        bob.Subscriber.Ended.ShouldBe(FeedEnd.Expelled);
        Follow("bob").Subscriber.Ended.ShouldBe(FeedEnd.Expelled);
        Follow("stranger").Subscriber.Ended.ShouldBe(FeedEnd.Expelled);

        Ok(new EndWatchParty(Now, As("ann")));
        (ann.Subscriber.Ended, cy.Subscriber.Ended).ShouldBe((FeedEnd.Closed, FeedEnd.Closed));
        Types(cy)[^1].ShouldBe("party_ended");
        Advance(5);
        Connected().ShouldBeEmpty();

        Ok(new RestartWatchParty(Now, As("ann")));
        Follow("cy").Subscriber.Ended.ShouldBeNull();
        Advance(1);
        Connected().ShouldBe(["cy"]);
    }

    [Fact]
    public void A_guest_follows_as_long_as_the_token_holds()
    {
        Open();
        Ok(new RequestGuestAccess(Now, "request", "secret", "gus", "Gus", null, null));
        Ok(new ReviewGuestRequest(Now, As("ann"), "request", Approved: true, null));
        Ok(new ClaimGuestAccess(Now, "request", "secret", new WatchTokenGrant("hash-1", Now.AddDays(1))));
        var first = Follow("gus", "hash-1");
        Follow("gus", "hash-2").Subscriber.Ended.ShouldBe(FeedEnd.Revoked);
        for (var number = 2; number <= WatchLimits.TokensPerGuestMax + 1; number++)
        {
            first.Subscriber.Ended.ShouldBeNull();
            Ok(new ClaimGuestAccess(Now, "request", "secret", new WatchTokenGrant($"hash-{number}", Now.AddDays(1))));
        }

        first.Subscriber.Ended.ShouldBe(FeedEnd.Revoked);
        Follow("gus", "hash-2").Subscriber.Ended.ShouldBeNull();
    }

    [Theory]
    [InlineData(WatchAddress.PartySocketAudience)]
    [InlineData(WatchAddress.RoomSocketAudience)]
    public void Who_resumes_gets_what_they_missed_as_the_others_got_it(string audience)
    {
        Open();
        var live = Follow("bob", audience: audience);
        Advance(1);
        var since = View().Seq;
        var before = live.Subscriber.Texts.Count;
        Live();
        var resumed = Follow("ann", audience: audience, since: since);
        Advance(1);
        resumed.Subscriber.Texts.ShouldBe(live.Subscriber.Texts.Skip(before));
        resumed.Subscriber.Texts.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task After_a_crash_the_party_is_what_it_was_and_finds_out_who_is_not_there()
    {
        Open();
        Follow("bob");
        Live();
        for (var number = 0; number < 600; number++)
        {
            Ok(new ReportClient(Now, As("bob"), number % 2 == 0 ? WatchStatus.Buffering : WatchStatus.Ready, null, null, null));
        }

        var before = View();
        await CrashAsync();
        var after = View();
        (after.Seq, after.Playback, after.HostId).ShouldBe((before.Seq, before.Playback, before.HostId));
        after.Participants.ShouldBe(before.Participants);
        Advance(3);
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void A_repeated_command_gets_the_first_answer_and_counts_once()
    {
        Open();
        var id = new CommandId(new Guid("0b7c4d6e-5f37-4b6c-9f0e-2f4c8a1d9e55"), 1);
        var say = new SendWatchMessage(Now, As("bob"), "Hello") { Fingerprint = "f" };
        var first = Ask(say, id).Reply.ShouldBeOfType<MessageSaid>();
        var again = Ask(say, id).Reply.ShouldBeOfType<MessageSaid>();
        (again.Message, again.Fingerprint).ShouldBe((first.Message, "f"));
        Query<MessageList>(new ListMessages(As("bob"), Now)).Messages.Count.ShouldBe(1);
    }

    private static WatchActor As(string memberId) => WatchSpec.As(memberId);

    private static List<string> Types((TestSubscriber Subscriber, IDisposable Subscription) follower) =>
        [.. follower.Subscriber.Texts.Select(TypeOf)];

    private static string TypeOf(string text)
    {
        using var frame = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return frame.RootElement.GetProperty("type").GetString()!;
    }

    private void Open()
    {
        Ok(new CreateWatchParty(
            Now, WatchSpec.Person("ann"), WatchSpec.Code, "Film night", null, new WatchSettings(), [WatchSpec.Item(1), WatchSpec.Item(2)]));
        Ok(new JoinWatchParty(Now, As("bob"), WatchSpec.Person("bob"), WatchSpec.Code, false, null, null));
    }

    private void Live()
    {
        Ok(new Play(Now, As("ann")));
        Advance(2);
        Ok(new SendWatchMessage(Now, As("bob"), "Hello"));
        Ok(new Seek(Now, As("ann"), 60_000));
        Ok(new SkipItem(Now, As("ann")));
        Ok(new AddMediaItem(Now, As("ann"), WatchSpec.Item(3)));
        Ok(new SetCoHost(Now, As("ann"), "bob", CoHost: true));
        Ok(new UpdateWatchParty(Now, As("ann"), "Cinema", null, null, null));
        Ok(new Pause(Now, As("bob")));
    }

    private (TestSubscriber Subscriber, IDisposable Subscription) Follow(
        string memberId, string? credential = null, long? since = null, string audience = WatchAddress.PartySocketAudience)
    {
        var subscriber = new TestSubscriber(memberId) { Credential = credential };
        var subscription = Region.Subscribe(WatchSpec.PartyId, new Audience(audience), since, subscriber);
        Dispatcher.RunAll();
        return (subscriber, subscription);
    }

    private void Ok(WatchCommand command)
    {
        var result = Ask(command);
        result.Outcome.ShouldBe(AskOutcome.Replied, $"{command}: {result.Rejection}");
    }

    private AskResult Ask(WatchCommand command, CommandId? id = null) => Run(Region.AskAsync(WatchSpec.PartyId, command, id));

    private WatchPartyView View() => Query<WatchPartyChanged>(new GetWatchParty(WatchSpec.Admin, Now)).Party;

    private IEnumerable<string> Connected() => View().Participants.Where(one => one.Connected).Select(one => one.MemberId);

    private T Query<T>(WatchQuery query) => Run(Region.QueryAsync(WatchSpec.PartyId, query)).Reply.ShouldBeOfType<T>();
}

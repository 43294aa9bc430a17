using System.Text;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class PresenceTests : CellTest
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private List<string> Changes => [.. Node.Stored("a")
        .Where(entry => entry.Manifest == "counter.connection-changed.v1")
        .Select(entry => Encoding.UTF8.GetString(entry.Payload.Span))];

    [Fact]
    public void A_members_first_subscription_is_an_arrival_and_its_second_is_not()
    {
        using var one = Follow("mia");
        using var two = Follow("mia");
        Changes.ShouldBe([Came("mia")]);
    }

    [Fact]
    public void A_member_departs_when_its_last_subscription_is_gone_for_the_grace_time()
    {
        var one = Follow("mia");
        var two = Follow("mia");
        one.Dispose();
        Node.Advance(TimeSpan.FromSeconds(20), Step);
        Changes.ShouldBe([Came("mia")]);
        two.Dispose();
        Node.Advance(TimeSpan.FromSeconds(4), Step);
        Changes.ShouldBe([Came("mia")]);
        Node.Advance(TimeSpan.FromSeconds(2), Step);
        Changes.ShouldBe([Came("mia"), Left("mia")]);
    }

    [Fact]
    public void A_reload_within_the_grace_time_leaves_no_trace()
    {
        Follow("mia").Dispose();
        Node.Advance(TimeSpan.FromSeconds(3), Step);
        using var again = Follow("mia");
        Node.Advance(TimeSpan.FromSeconds(30), Step);
        Changes.ShouldBe([Came("mia")]);
    }

    [Fact]
    public void A_member_that_comes_back_in_the_turn_of_its_departure_is_connected_in_the_end()
    {
        Follow("mia").Dispose();
        Node.Dispatcher.RunAll();
        Node.Time.Advance(TimeSpan.FromSeconds(5));

        // One turn posts the departure; the subscription comes before that is decided.
        Node.Dispatcher.RunOne();
        using var again = Node.Counters.Subscribe("a", new Audience("member"), null, new TestSubscriber("mia"));
        Node.Dispatcher.RunAll();

        Changes.ShouldBe([Came("mia"), Left("mia"), Came("mia")]);
    }

    [Fact]
    public async Task Members_believed_to_be_connected_after_a_crash_depart_after_the_grace_time_unless_they_come()
    {
        Follow("mia");
        Follow("ben");
        await CrashAndRestartAsync();
        Node.Query("a");
        using var again = Follow("mia");
        Node.Advance(TimeSpan.FromSeconds(10), Step);
        Changes.ShouldBe([Came("mia"), Came("ben"), Left("ben")]);
    }

    [Fact]
    public void A_member_that_leaves_the_state_while_its_grace_time_runs_is_forgotten_and_nothing_spins()
    {
        Follow("mia").Dispose();
        Node.Advance(TimeSpan.FromSeconds(1));
        Node.Ask("a", new Ban("mia"));
        for (var second = 0; second < 130; second++)
        {
            Node.Time.Advance(Step).ShouldBeLessThan(10, "timers fire without an end");
            Node.Dispatcher.RunAll();
        }

        Changes.ShouldBe([Came("mia")]);
        Node.Runtime.ActiveEntities.ShouldBe(0, "a forgotten departure must not keep it in memory");
    }

    [Theory]
    [InlineData(JournalFault.Refused)]
    [InlineData(JournalFault.LostBefore)]
    [InlineData(JournalFault.LostAfter)]
    public void A_departure_survives_a_store_that_fails(JournalFault fault)
    {
        Follow("mia").Dispose();
        Node.Advance(TimeSpan.FromSeconds(4), Step);
        Node.Journal.FailNext(fault);
        Node.Advance(TimeSpan.FromSeconds(20), Step);
        Changes.ShouldBe([Came("mia"), Left("mia")]);
    }

    [Theory]
    [InlineData(JournalFault.Refused)]
    [InlineData(JournalFault.LostBefore)]
    [InlineData(JournalFault.LostAfter)]
    public void An_arrival_survives_a_store_that_fails(JournalFault fault)
    {
        Node.Query("a");
        Node.Journal.FailNext(fault);
        using var subscription = Follow("mia");
        Node.Advance(TimeSpan.FromSeconds(20), Step);
        Changes.ShouldBe([Came("mia")]);
    }

    [Fact]
    public async Task A_departure_that_came_due_while_the_store_was_silent_is_made_up_for()
    {
        var mia = Follow("mia");
        var stall = Node.Journal.StallNextCommit();
        var asked = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        mia.Dispose();
        Node.Advance(TimeSpan.FromSeconds(30), Step);
        stall.Release();
        Node.Dispatcher.RunAll();
        (await asked).Outcome.ShouldBe(AskOutcome.Unknown);
        Node.Advance(TimeSpan.FromSeconds(30), Step);
        Changes.ShouldBe([Came("mia"), Left("mia")]);
    }

    [Fact]
    public void A_subscriber_without_a_member_leaves_no_trace()
    {
        using var subscription = Node.Counters.Subscribe("a", new Audience("public"), null, new TestSubscriber());
        Node.Dispatcher.RunAll();
        Node.Stored("a").ShouldBeEmpty();
    }

    private IDisposable Follow(string member)
    {
        var subscription = Node.Counters.Subscribe("a", new Audience("member"), null, new TestSubscriber(member));
        Node.Dispatcher.RunAll();
        return subscription;
    }

    private static string Came(string member) => $$"""{"member":"{{member}}","connected":true}""";

    private static string Left(string member) => $$"""{"member":"{{member}}","connected":false}""";
}

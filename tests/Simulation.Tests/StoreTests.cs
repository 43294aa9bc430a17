using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Stores;

namespace AkkaParty.Simulation.Tests;

/// <summary>The simulated database: what was committed stays, and everything else about it can fail.</summary>
public sealed class StoreTests
{
    private static readonly EntityAddress Address = new("counter", "c1");

    private readonly SimWorld _world = new(7, keepLines: false);
    private readonly Coverage _coverage = new();
    private readonly SimStore _store;
    private readonly SimProcess _process;
    private readonly StoreLine _line;

    public StoreTests()
    {
        _store = new SimStore(_world, _coverage);
        _process = new SimProcess(_world, "n1.1");
        _line = new StoreLine(_process);
    }

    [Fact]
    public void A_commit_takes_time_and_is_there_then()
    {
        Commit(0).ShouldBe(AppendOutcome.Appended);
        _world.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
        Head().ShouldBe(1);
        Commit(0).ShouldBe(AppendOutcome.Conflict);
    }

    [Fact]
    public void A_lost_answer_is_unknown_and_the_event_is_there()
    {
        _store.Rates = new FaultRates { AnswerLost = 1 };
        Commit(0).ShouldBe(AppendOutcome.Unknown);
        Head().ShouldBe(1);
        _coverage[Seen.CommitAnswerLost].ShouldBe(1);
    }

    [Fact]
    public void A_lost_request_is_unknown_and_nothing_is_there()
    {
        _store.Rates = new FaultRates { LostBefore = 1 };
        Commit(0).ShouldBe(AppendOutcome.Unknown);
        _world.RunUntil(_world.Elapsed + TimeSpan.FromSeconds(10));
        Head().ShouldBe(0);
    }

    [Fact]
    public void A_late_commit_is_unknown_first_and_there_afterwards()
    {
        _store.Rates = new FaultRates { Late = 1 };
        Commit(0).ShouldBe(AppendOutcome.Unknown);
        _world.RunUntil(_world.Elapsed + TimeSpan.FromSeconds(10));
        Head().ShouldBe(1);
    }

    [Fact]
    public void A_store_that_is_away_certainly_refuses()
    {
        _store.Crash();
        Commit(0).ShouldBe(AppendOutcome.Refused);
        _store.Restart();
        Head().ShouldBe(0);
        Commit(0).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public void A_crash_keeps_what_was_committed_and_loses_what_was_under_way()
    {
        Commit(0);
        _store.Stall(TimeSpan.FromSeconds(1));
        var operation = Begin(1);
        _world.After(TimeSpan.FromMilliseconds(500), _store.Crash);
        _world.After(TimeSpan.FromMilliseconds(600), _store.Restart);
        _world.RunUntil(_world.Elapsed + TimeSpan.FromSeconds(10));
        operation.Outcome.ShouldBe(AppendOutcome.Unknown);
        Head().ShouldBe(1);
    }

    [Fact]
    public void A_node_that_is_cut_off_waits_in_vain()
    {
        _line.IsCut = true;
        Commit(0).ShouldBe(AppendOutcome.Unknown);
        _world.Elapsed.ShouldBe(TimeSpan.FromSeconds(4));
        Head().ShouldBe(0);
    }

    [Fact]
    public void A_member_whose_session_ended_has_gone_until_its_next_heartbeat()
    {
        var node = _store.Cluster.Join(new JoinRequest("n1", "a", 1)).Node!;
        var other = _store.Cluster.Join(new JoinRequest("n2", "b", 1)).Node!;
        _store.Cluster.EndSession(node.Incarnation);
        Gone(other).ShouldBe(["n1"]);
        _store.Cluster.Beat(node, SimTime.Start);
        Gone(other).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public void A_change_that_is_late_is_made_only_if_nothing_has_changed_since_its_caller_gave_up(bool isChanged, int members)
    {
        var node = _store.Cluster.Join(new JoinRequest("n1", "a", 1)).Node!;
        var leases = new SimLeaseStore(_store, _line, "n1.1");
        JournalUnavailableException? error = null;
        _store.Stall(TimeSpan.FromSeconds(3));
        _process.Post(async () =>
        {
            try
            {
                await leases.UpdateAsync(cluster => cluster.Leave(node), CancellationToken.None);
            }
            catch (JournalUnavailableException away)
            {
                error = away;
            }
        });
        _world.RunUntil(TimeSpan.FromSeconds(2));
        error.ShouldNotBeNull();
        _store.Cluster.Record.Members.Count.ShouldBe(1);
        if (isChanged)
        {
            _store.Cluster.Join(new JoinRequest("n2", "b", 1));
        }

        _world.RunUntil(TimeSpan.FromSeconds(4));
        _store.Cluster.Record.Members.Count.ShouldBe(members);
    }

    [Fact]
    public void A_restart_of_the_store_says_nothing_about_its_members()
    {
        var node = _store.Cluster.Join(new JoinRequest("n1", "a", 1)).Node!;
        var other = _store.Cluster.Join(new JoinRequest("n2", "b", 1)).Node!;
        _store.Crash();
        _store.Restart();
        Gone(other).ShouldBeEmpty();
        _store.Cluster.Beat(node, SimTime.Start);
        _store.Cluster.EndSession(node.Incarnation);
        Gone(other).ShouldBe(["n1"]);
    }

    [Fact]
    public void Who_is_removed_by_others_is_told_of_and_who_leaves_is_not()
    {
        List<string> removed = [];
        _store.Cluster.Removed = node => removed.Add(node.Name);
        var one = _store.Cluster.Join(new JoinRequest("n1", "sim:n1", 1)).Node!;
        var two = _store.Cluster.Join(new JoinRequest("n2", "sim:n2", 1)).Node!;
        var three = _store.Cluster.Join(new JoinRequest("n3", "sim:n3", 1)).Node!;
        _store.Cluster.Leave(one);
        removed.ShouldBeEmpty();
        _store.Cluster.Update(cluster => cluster.Leave(two), "n3");
        removed.ShouldBe(["n2"]);
        _store.Cluster.Join(new JoinRequest("n3", "sim:n3", 1, Replaces: three.Incarnation)).Node.ShouldNotBeNull();
        removed.ShouldBe(["n2", "n3"]);
        _store.Cluster.LookAgain(two);
        removed.ShouldBe(["n2", "n3", "n2"]);
    }

    [Fact]
    public void What_is_to_happen_when_a_call_is_carried_out_happens_once_and_before_its_answer()
    {
        List<long> heads = [];
        _line.Executed = () => heads.Add(Head());
        Commit(0).ShouldBe(AppendOutcome.Appended);
        Commit(1).ShouldBe(AppendOutcome.Appended);
        heads.ShouldBe([1]);
    }

    private List<string> Gone(NodeIdentity asks) =>
        [.. _store.Cluster.Beat(asks, SimTime.Start)!.Members.Where(member => member.HasGone).Select(member => member.Name)];

    private AppendOutcome Commit(long head)
    {
        var operation = Begin(head);
        while (operation.Outcome == AppendOutcome.Pending)
        {
            _world.RunUntil(_world.Elapsed + TimeSpan.FromMilliseconds(100));
        }

        return operation.Outcome;
    }

    private AppendOperation Begin(long head)
    {
        var operation = new AppendOperation
        {
            Address = Address,
            ExpectedHead = head,
            Entries = [new JournalEntry(head + 1, "test.happened.v1", new byte[] { 1 }, SimTime.Start)],
        };
        var journal = new SimJournal(_store, _line, "n1.1");
        _process.Post(() => _ = journal.CommitAsync([operation], CancellationToken.None).AsTask());
        return operation;
    }

    private long Head() => SimRead.Done(_store.Journal.ReadEntityAsync(Address, 0, _ => { }, CancellationToken.None));
}

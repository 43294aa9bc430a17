using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Network;

namespace AkkaParty.Simulation.Tests;

/// <summary>The simulated network.</summary>
public sealed class NetworkTests
{
    private readonly SimWorld _world = new(11, keepLines: false);
    private readonly SimNetwork _network;
    private readonly End _a;
    private readonly End _b;

    public NetworkTests()
    {
        _network = new SimNetwork(_world, new Coverage());
        _a = new End(_world, _network, "a", 1);
        _b = new End(_world, _network, "b", 2);
        _a.Transport.SetPeers(_a.Node, [_b.Node]);
        _b.Transport.SetPeers(_b.Node, [_a.Node]);
        Run(1);
    }

    [Fact]
    public void Two_that_name_each_other_are_linked() =>
        (_a.Happened, _b.Happened).ShouldBe(("up", "up"), "each hears of it once");

    [Fact]
    public void Frames_keep_their_order()
    {
        Send(_a, "b", 1, 2, 3, 4, 5);
        Run(1);
        _b.Happened.ShouldBe("up 1 2 3 4 5");
    }

    [Fact]
    public void A_short_partition_only_delays()
    {
        _network.Cut("a", "b");
        Send(_a, "b", 1, 2);
        Send(_b, "a", 9);
        Run(1);
        (_a.Happened, _b.Happened).ShouldBe(("up 9", "up"));
        _network.Heal("a", "b");
        Run(1);
        _b.Happened.ShouldBe("up 1 2");
    }

    [Fact]
    public void A_long_partition_ends_the_link_and_loses_what_was_on_it()
    {
        _network.Cut("a", "b");
        _network.Cut("b", "a");
        Send(_a, "b", 1);
        Run(5);
        (_a.Happened, _b.Happened).ShouldBe(("up down", "up down"));
        _a.Transport.TrySend("b", [1]).ShouldBeFalse();
        _network.HealAll();
        Run(2);
        Send(_a, "b", 2);
        Run(1);
        (_a.Happened, _b.Happened).ShouldBe(("up down up", "up down up 2"));
    }

    [Fact]
    public void A_process_that_dies_takes_its_links_with_it()
    {
        _b.Process.Kill();
        _b.Transport.Abandon();
        Send(_a, "b", 1);
        Run(3);
        (_a.Happened, _b.Happened).ShouldBe(("up down", "up"));
    }

    [Fact]
    public void A_paused_process_loses_its_links_and_hears_of_it_when_it_wakes()
    {
        _b.Process.Pause();
        _network.LosePatienceWith(_b.Transport);
        Send(_a, "b", 1);
        Run(4);
        (_a.Happened, _b.Happened).ShouldBe(("up down", "up"));
        _b.Process.Resume();
        Run(2);
        (_a.Happened, _b.Happened).ShouldBe(("up down up", "up 1 down up"));
    }

    [Fact]
    public void Frames_are_lost_doubled_and_overtaken_as_the_rates_say()
    {
        _network.Rates = new FaultRates { FrameDropped = 1 };
        Send(_a, "b", 1);
        _network.Rates = new FaultRates { FrameDoubled = 1 };
        Send(_a, "b", 2);
        _network.Rates = FaultRates.None;
        Run(1);
        _b.Happened.ShouldBe("up 2 2");
        _network.Rates = new FaultRates { FrameReordered = 1 };
        Send(_a, "b", 3);
        _network.Rates = FaultRates.None;
        Send(_a, "b", 4);
        Run(1);
        _b.Happened.ShouldBe("up 2 2 4 3");
    }

    [Fact]
    public void Chosen_frames_are_lost_and_no_others()
    {
        _network.Loses = (from, to, frame) => from == "a" && to == "b" && frame[0] == 2;
        Send(_a, "b", 1, 2, 3);
        Send(_b, "a", 2);
        Run(1);
        (_a.Happened, _b.Happened).ShouldBe(("up 2", "up 1 3"));
    }

    private static void Send(End from, string to, params byte[] frames) =>
        Array.ForEach(frames, frame => from.Transport.TrySend(to, [frame]).ShouldBeTrue());

    private void Run(int seconds)
    {
        _world.RunUntil(_world.Elapsed + TimeSpan.FromSeconds(seconds));
        _world.Violations.ShouldBeEmpty();
    }

    private sealed class End : INodeReceiver
    {
        private readonly List<string> _happened = [];

        public End(SimWorld world, SimNetwork network, string name, long incarnation)
        {
            Node = new NodeIdentity(name, incarnation, $"sim:{name}");
            Process = new SimProcess(world, name);
            Transport = network.Open(Process, name);
            Stores.SimRead.Done(Transport.StartAsync(this, CancellationToken.None)).ShouldBe($"sim:{name}");
        }

        public NodeIdentity Node { get; }

        public SimProcess Process { get; }

        public SimTransport Transport { get; }

        public string Happened => string.Join(' ', _happened);

        public void LinkUp(NodeIdentity peer) => _happened.Add("up");

        public void Received(NodeIdentity peer, ReadOnlySpan<byte> frame) => _happened.Add($"{frame[0]}");

        public void LinkDown(NodeIdentity peer) => _happened.Add("down");
    }
}

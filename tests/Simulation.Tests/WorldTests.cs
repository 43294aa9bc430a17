using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Tests;

/// <summary>The simulation's own ground: one thread, one clock, one order.</summary>
public sealed class WorldTests
{
    [Fact]
    public void The_clock_moves_only_when_nothing_is_ready()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        List<string> happened = [];
        world.After(TimeSpan.FromSeconds(2), () => happened.Add($"late at {world.Elapsed.TotalSeconds}"));
        process.Post(() =>
        {
            happened.Add($"first at {world.Elapsed.TotalSeconds}");
            process.Post(() => happened.Add($"then at {world.Elapsed.TotalSeconds}"));
        });
        world.RunUntil(TimeSpan.FromSeconds(3));
        happened.ShouldBe(["first at 0", "then at 0", "late at 2"]);
        world.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void What_is_ready_at_once_runs_in_an_order_that_the_seed_decides()
    {
        var orders = Enumerable.Range(1, 20).Select(seed => Order((ulong)seed)).ToList();
        orders.Distinct().Count().ShouldBeGreaterThan(5);
        Order(3).ShouldBe(Order(3));

        static string Order(ulong seed)
        {
            var world = new SimWorld(seed, keepLines: false);
            var process = new SimProcess(world, "p");
            var order = "";
            foreach (var name in new[] { "a", "b", "c", "d" })
            {
                process.Post(() => order += name);
            }

            world.RunUntil(TimeSpan.Zero);
            return order;
        }
    }

    [Fact]
    public void Awaits_go_on_in_their_own_process()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        var answer = new TaskCompletionSource();
        var contexts = new List<SynchronizationContext?>();
        process.Post(async () =>
        {
            await answer.Task;
            contexts.Add(SynchronizationContext.Current);
        });
        world.After(TimeSpan.FromSeconds(1), () => answer.SetResult());
        world.RunUntil(TimeSpan.FromSeconds(2));
        contexts.ShouldBe([process]);
    }

    [Fact]
    public void Nothing_of_a_dead_process_ever_runs_again()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        var time = new SimTime(world, process, 0, TimeSpan.Zero);
        var answer = new TaskCompletionSource();
        var ran = 0;
        process.Post(async () =>
        {
            await answer.Task;
            ran++;
        });
        using var timer = time.CreateTimer(_ => ran++, null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        world.After(TimeSpan.FromSeconds(1), process.Kill);
        world.After(TimeSpan.FromSeconds(1.5), () => answer.SetResult());
        world.RunUntil(TimeSpan.FromSeconds(10));
        ran.ShouldBe(0);
    }

    [Fact]
    public void A_paused_process_goes_on_as_if_no_time_had_passed()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        var time = new SimTime(world, process, 0, TimeSpan.Zero);
        List<double> fired = [];
        using var timer = time.CreateTimer(
            _ => fired.Add(world.Elapsed.TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        world.After(TimeSpan.FromSeconds(1.5), process.Pause);
        world.After(TimeSpan.FromSeconds(7.5), process.Resume);
        world.RunUntil(TimeSpan.FromSeconds(9));
        fired.ShouldBe([1, 7.5, 8.5]);
    }

    [Theory]
    [InlineData(10_000, 99)]
    [InlineData(-10_000, 101)]
    public void A_fast_clock_fires_early_and_a_slow_one_late(int drift, int expected)
    {
        var world = new SimWorld(1, keepLines: false);
        var time = new SimTime(world, new SimProcess(world, "p"), drift, TimeSpan.FromHours(1));
        var fired = TimeSpan.Zero;
        var began = time.GetTimestamp();
        using var timer = time.CreateTimer(_ => fired = world.Elapsed, null, TimeSpan.FromSeconds(100), Timeout.InfiniteTimeSpan);
        world.RunUntil(TimeSpan.FromSeconds(200));
        fired.TotalSeconds.ShouldBe(expected, 0.02);
        time.GetElapsedTime(began).TotalSeconds.ShouldBe(200 * (1 + (drift / 1_000_000.0)), 0.001);
        (time.GetUtcNow() - SimTime.Start).TotalSeconds.ShouldBe(3_600 + (200 * (1 + (drift / 1_000_000.0))), 0.001);
    }

    [Fact]
    public void A_timer_that_was_changed_or_disposed_fires_only_as_it_was_last_set()
    {
        var world = new SimWorld(1, keepLines: false);
        var time = new SimTime(world, new SimProcess(world, "p"), 0, TimeSpan.Zero);
        List<double> fired = [];
        using var changed = time.CreateTimer(
            _ => fired.Add(world.Elapsed.TotalSeconds), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var disposed = time.CreateTimer(_ => fired.Add(-1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        changed.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        world.RunUntil(TimeSpan.FromSeconds(10));
        fired.ShouldBe([3]);
    }

    [Fact]
    public void Work_that_leaves_the_thread_is_noticed()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        Exception? noticed = null;
        var other = new Thread(() => noticed = Record.Exception(() => process.Post(() => { })));
        other.Start();
        other.Join();
        noticed.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("left the simulation's thread");
    }

    [Fact]
    public void An_exception_that_nobody_catches_ends_the_run()
    {
        var world = new SimWorld(1, keepLines: false);
        new SimProcess(world, "p").Post(() => throw new InvalidOperationException("on purpose"));
        world.RunUntil(TimeSpan.FromSeconds(1));
        world.Violations.ShouldHaveSingleItem().ShouldContain("on purpose");
    }

    [Fact]
    public void Something_that_schedules_itself_for_ever_ends_the_run()
    {
        var world = new SimWorld(1, keepLines: false);
        var process = new SimProcess(world, "p");
        Again();
        world.RunUntil(TimeSpan.FromSeconds(1));
        world.Violations.ShouldHaveSingleItem().ShouldContain("schedules itself for ever");

        void Again() => process.Post(Again);
    }
}

using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>Somebody who does one thing after the other, at random, until the workload is over.</summary>
internal abstract class Person(SimCluster cluster, ClientSession session, SimRandom random, Func<bool> isOver)
{
    private readonly List<CommandRecord> _acknowledged = [];

    protected SimCluster Cluster => cluster;

    protected ClientSession Session => session;

    protected SimRandom Random => random;

    /// <summary>The highest number they were told.</summary>
    protected long LastHeard { get; private set; }

    public void Step()
    {
        if (isOver())
        {
            return;
        }

        if (session.MayIssue)
        {
            Act();
        }

        cluster.World.After(random.Milliseconds(30, 1_500), Step);
    }

    protected abstract void Act();

    /// <summary>Takes what they were told.</summary>
    /// <param name="command">What they asked.</param>
    /// <param name="isStored">Whether it stored something for certain: what changed nothing is decided anew when it is repeated.</param>
    protected void Hear(CommandRecord command, bool isStored)
    {
        if (command.Result is { } result)
        {
            LastHeard = Math.Max(LastHeard, result.Seq);
        }

        if (command.IsAcknowledged && isStored)
        {
            _acknowledged.Add(command);
        }
    }

    /// <summary>Sends something once more that was acknowledged.</summary>
    protected void RepeatSomething()
    {
        if (_acknowledged.Count > 0)
        {
            session.Repeat(random.Pick(_acknowledged));
        }
    }
}

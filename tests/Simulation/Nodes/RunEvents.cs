using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Nodes;

/// <summary>What a runtime tells about itself, as coverage and as a part of the trace.</summary>
internal static class RunEvents
{
    public static void Note(SimCluster cluster, NodeRun run, RuntimeEvent happened)
    {
        cluster.World.Note(happened.GetType().Name, run.Process.Name, text: (happened as EntityEvent)?.Address.Id ?? "");
        cluster.World.Say(run.Process.Name, $"{happened}");
        switch (happened)
        {
            case AppendLost { Outcome: AppendOutcome.Conflict }:
                cluster.Coverage.Add(Seen.Conflict);
                break;
            case AppendLost:
                cluster.Coverage.Add(Seen.OutcomeUnknown);
                break;
            case EntityRecovered:
                cluster.Coverage.Add(Seen.EntityRecovered);
                break;
            case EntityRecoveryFailed failed:
                cluster.Coverage.Add(Seen.RecoveryFailed);
                if (failed.Error is not JournalUnavailableException)
                {
                    cluster.World.Violate($"{run.Process.Name}: {failed.Address} could not be recovered: {failed.Error}");
                }

                break;
            case EntityPassivated:
                cluster.Coverage.Add(Seen.EntityPassivated);
                break;
            case DeadlineFired:
                cluster.Coverage.Add(Seen.DeadlineFired);
                break;
            case ShardReleased:
                cluster.Coverage.Add(Seen.ShardMoved);
                break;
            case HandOffEnded { Forced: true }:
                cluster.Coverage.Add(Seen.HandOffForced);
                break;
            case Fenced:
                cluster.Coverage.Add(Seen.LeaseLapsed);
                break;
            case Evicted:
                cluster.Coverage.Add(Seen.Evicted);
                break;
            case MemberDeclaredDead dead:
                cluster.Coverage.Add(dead.HasGone ? Seen.DeclaredGone : Seen.DeclaredDead);
                break;
            case EntityStopped stopped:
                cluster.World.Violate($"{run.Process.Name}: a bug stopped {stopped.Address}: {stopped.Error}");
                break;
            case SnapshotDiscarded discarded:
                cluster.World.Violate($"{run.Process.Name}: a snapshot of {discarded.Address} is above the journal's head");
                break;
        }
    }
}

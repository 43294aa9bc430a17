using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>One node's way to a lease store that all nodes share: it breaks and stalls as the test says.</summary>
public sealed class FaultyLeases(ILeaseStore inner) : ILeaseStore
{
    private readonly List<TaskCompletionSource> _held = [];

    /// <summary>Whether every call fails as that of a store that is away does.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether heartbeats wait until <see cref="Release"/>.</summary>
    public bool HoldsHeartbeats { get; set; }

    /// <summary>Whether the answers to heartbeats, which the store has counted, wait until <see cref="Release"/>.</summary>
    public bool HoldsAnswers { get; set; }

    /// <summary>The runs whose connection the store has seen end.</summary>
    public SortedSet<long> Gone { get; init; } = [];

    /// <summary>How many heartbeats were sent.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>How many changes were made.</summary>
    public int Updates { get; private set; }

    /// <summary>How many reads there were.</summary>
    public int Reads { get; private set; }

    /// <summary>Lets the heartbeats go that were held up.</summary>
    public void Release()
    {
        HoldsHeartbeats = HoldsAnswers = false;
        var held = _held.ToList();
        _held.Clear();
        held.ForEach(one => one.SetResult());
    }

    public async ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        Check();
        var outcome = await inner.JoinAsync(request, cancellationToken);
        return outcome.Holder is { } holder
            ? outcome with { Holder = holder with { HasGone = Gone.Contains(holder.Incarnation) } }
            : outcome;
    }

    public async ValueTask<Pulse?> HeartbeatAsync(NodeIdentity node, DateTimeOffset clusterTime, CancellationToken cancellationToken)
    {
        Heartbeats++;
        Check();
        if (HoldsHeartbeats)
        {
            await HoldAsync(cancellationToken);
        }

        var pulse = await inner.HeartbeatAsync(node, clusterTime, cancellationToken);
        if (HoldsAnswers)
        {
            await HoldAsync(cancellationToken);
        }

        return pulse is null
            ? null
            : pulse with { Members = [.. pulse.Members.Select(m => m with { HasGone = Gone.Contains(m.Incarnation) })] };
    }

    public ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        Check();
        return inner.ReadAsync(cancellationToken);
    }

    public ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken)
    {
        Updates++;
        Check();
        return inner.UpdateAsync(change, cancellationToken);
    }

    public ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken)
    {
        Check();
        return inner.LeaveAsync(node, cancellationToken);
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        var held = new TaskCompletionSource();
        _held.Add(held);
        await held.Task.WaitAsync(cancellationToken);
    }

    private void Check()
    {
        if (IsAway)
        {
            throw new JournalUnavailableException("The lease store is away on purpose.");
        }
    }
}

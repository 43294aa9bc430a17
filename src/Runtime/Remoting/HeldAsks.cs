using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Remoting;

/// <summary>Asks whose entity's home cannot be reached at the moment. They wait, bounded in number and time. Thread-safe.</summary>
internal sealed class HeldAsks(PeerLinks peers)
{
    private readonly Lock _gate = new();
    private readonly int[] _perShard = new int[ShardId.Count];
    private EnvelopeQueue _asks;
    private int _count;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Keeps an ask until homes or links change.</summary>
    public void Hold(Ask ask)
    {
        if (peers.IsCutOff())
        {
            peers.Complete(ask, ShardRegion.Unreachable);
            return;
        }

        if (ask.HeldUntil == 0)
        {
            ask.HeldUntil = peers.Time.GetTimestamp() + peers.Time.TicksOf(peers.Options.ShardBufferTimeout);
        }

        // It is tried again when homes or links change, and after a while in any case.
        ask.RetryAt = peers.Time.GetTimestamp() + peers.Time.TicksOf(PeerLinks.RetryAfter(ask.Tries++));
        Add(ask);
    }

    private void Add(Ask ask)
    {
        lock (_gate)
        {
            if (_perShard[ask.Shard] < peers.Options.ShardBufferMax)
            {
                _perShard[ask.Shard]++;
                _count++;
                _asks.Enqueue(ask);
                ask = null!;
            }
        }

        if (ask is not null)
        {
            peers.Metrics.Busy();
            peers.Complete(ask, ShardRegion.Busy);
            return;
        }

        peers.Arm();
    }

    /// <summary>Sends on what can be sent, and answers what has waited for too long.</summary>
    /// <param name="now">The monotonic clock.</param>
    /// <param name="atOnce">Whether homes have changed, so that it is worth a try.</param>
    public void Move(long now, bool atOnce)
    {
        if (Count == 0)
        {
            return;
        }

        atOnce |= peers.IsCutOff();
        EnvelopeQueue asks;
        lock (_gate)
        {
            asks = _asks.TakeAll();
            Array.Clear(_perShard);
            _count = 0;
        }

        while (asks.Dequeue() is Ask ask)
        {
            if (now >= ask.HeldUntil || (ask.Deadline != 0 && now >= ask.Deadline))
            {
                peers.Complete(ask, ShardRegion.Unreachable);
            }
            else if (atOnce || now >= ask.RetryAt)
            {
                ask.Region.Route(ask);
            }
            else
            {
                Add(ask);
            }
        }
    }
}

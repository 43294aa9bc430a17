using AkkaParty.Http.Connections;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>A watch party's batch for the sockets of one dialect, and what the node must know of its frames.</summary>
internal sealed class WatchFramesPack
{
    private readonly PackedFrames _frames;
    private readonly FrameFacts[] _facts;
    private readonly long[] _numbers;
    private readonly bool _hasPersons;

    private WatchFramesPack(PackedFrames frames, FrameFacts[] facts, long[] numbers)
    {
        _frames = frames;
        _facts = facts;
        _numbers = numbers;
        foreach (var fact in facts)
        {
            _hasPersons |= fact.Own != OwnFrame.None;
            ChangesPeople |= fact.ChangesPeople;
            Barrier = Math.Max(Barrier, fact.Barrier);
        }
    }

    /// <summary>Whether the list of participants is another one after it.</summary>
    public bool ChangesPeople { get; }

    /// <summary>The last barrier that came up, so that clients must say anew that they are ready; 0 for none.</summary>
    public int Barrier { get; }

    /// <summary>Makes a batch's pack.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="judge">Finds a frame's facts.</param>
    /// <returns>The pack.</returns>
    public static WatchFramesPack Make(FeedBatch batch, Func<ReadOnlyMemory<byte>, FrameFacts> judge)
    {
        var facts = new FrameFacts[batch.Frames.Count];
        var numbers = new long[facts.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = judge(batch.Frames[i].Bytes);
            numbers[i] = batch.Frames[i].Seq;
        }

        return new WatchFramesPack(TextFrames.Pack(batch), facts, numbers);
    }

    /// <summary>Sends what a member's connection may see.</summary>
    /// <param name="outbox">Where to.</param>
    /// <param name="member">The member.</param>
    /// <param name="own">What their connection caused itself; null where the dialect shows that too.</param>
    public void SendTo(FrameOutbox outbox, string member, OwnFrames? own)
    {
        if (!_hasPersons || !TellsOf(member))
        {
            outbox.Send(_frames);
            return;
        }

        for (var i = 0; i < _facts.Length; i++)
        {
            var frame = _frames.Frames[i];
            var kind = _facts[i].Person == member ? _facts[i].Own : OwnFrame.None;
            if (kind != OwnFrame.Movement && own?.Withholds(kind, _numbers[i], frame) != true)
            {
                outbox.Send(frame);
            }
        }
    }

    private bool TellsOf(string member)
    {
        foreach (var fact in _facts)
        {
            if (fact.Own != OwnFrame.None && fact.Person == member)
            {
                return true;
            }
        }

        return false;
    }
}

using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public abstract class LinkedNodesTest : IAsyncDisposable
{
    private protected LinkedNodes Cluster { get; } = new(nodes: 3);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Cluster.DisposeAsync();
    }

    private protected static TestSubscriber Follow(
        LinkedNodes cluster, LinkedNode node, long? since, string audience, string? member, string? credential)
    {
        var subscriber = new TestSubscriber(member) { Credential = credential };
        node.Counters.Subscribe("x", new Audience(audience), since, subscriber).ShouldNotBeNull();
        cluster.Run();
        return subscriber;
    }

    private protected TestSubscriber Follow(
        LinkedNode node, long? since, string audience = "member", string? member = null, string? credential = null,
        LinkedNodes? cluster = null) => Follow(cluster ?? Cluster, node, since, audience, member, credential);

    private protected void DropNext(NodeFrame type)
    {
        var dropped = false;
        Cluster.Network.Fault = frame =>
        {
            if (dropped || frame.Type != (int)type)
            {
                return LoopbackFault.None;
            }

            dropped = true;
            return LoopbackFault.Drop;
        };
    }

    private protected SortedSet<string> Connected()
    {
        SortedSet<string> connected = [];
        var codec = Cluster.Counter.EventCodec;
        foreach (var record in Cluster.Stored.ReadAllAsync(0, 1_000, CancellationToken.None).AsTask().Now())
        {
            if (codec.Decode(record.Entry.Manifest, record.Entry.Payload.Span) is ConnectionChanged changed)
            {
                _ = changed.Connected ? connected.Add(changed.Member) : connected.Remove(changed.Member);
            }
        }

        return connected;
    }
}

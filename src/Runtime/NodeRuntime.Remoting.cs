using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime;

/// <summary>What the node has to do with the others.</summary>
public sealed partial class NodeRuntime
{
    /// <summary>The links to the others and everything that is under way over them.</summary>
    internal PeerLinks Peers { get; }

    /// <summary>Where this node believes the shards to live.</summary>
    internal ShardHomes Homes => _homes;

    /// <summary>Answers questions of other nodes (and of this one) about a subject. Before <see cref="StartAsync"/>.</summary>
    /// <param name="subject">The subject, 1 to 64 characters.</param>
    /// <param name="handler">Gets the question and gives the answer, at most 4 MiB; null for none.</param>
    public void OnRequest(string subject, Func<ReadOnlyMemory<byte>, ValueTask<byte[]?>> handler) => Peers.Handlers.Add(subject, handler);

    /// <summary>Asks a node.</summary>
    /// <param name="node">Its name; this node's own is answered here.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The question, at most 4 MiB.</param>
    /// <param name="timeout">The longest to wait.</param>
    /// <returns>The answer; null when the node cannot be reached, did not answer in time or does not know the subject.</returns>
    public async ValueTask<byte[]?> RequestAsync(string node, string subject, ReadOnlyMemory<byte> body, TimeSpan timeout)
    {
        if (node == _options.NodeName)
        {
            return await Peers.Handlers.AnswerAsync(subject, body);
        }

        return Peers.FindUp(node) is { } peer ? await peer.Requests.AskAsync(subject, body, timeout) : null;
    }

    /// <summary>A shard's home has changed: what waits for it goes on.</summary>
    internal void HomeChanged(int shard)
    {
        foreach (var region in _regions.Values)
        {
            region.HomeChanged(shard);
        }
    }
}

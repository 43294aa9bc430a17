using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Remoting;

/// <summary>An ask that goes to another node.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Shard">Its shard; a node that is not its home answers <c>moved</c>.</param>
/// <param name="Message">The command or query, decoded; the transport encodes it with the kind's codec.</param>
/// <param name="IsQuery">Whether it only reads.</param>
/// <param name="Command">The command's id, if it has one.</param>
/// <param name="SeqMin">The lowest sequence number a query may be answered at.</param>
public readonly record struct RemoteAsk(EntityAddress Address, int Shard, object Message, bool IsQuery, CommandId? Command, long SeqMin);

/// <summary>The links to the other nodes.</summary>
public interface INodeTransport
{
    /// <summary>Asks an entity whose shard lives on another node.</summary>
    /// <param name="node">The home's name.</param>
    /// <param name="ask">The ask.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer; unavailable when the node cannot be reached.</returns>
    ValueTask<AskResult> AskAsync(string node, RemoteAsk ask, CancellationToken cancellationToken);
}

/// <summary>The transport of a node that is alone: there is nobody to reach.</summary>
public sealed class NoPeersTransport : INodeTransport
{
    /// <inheritdoc />
    public ValueTask<AskResult> AskAsync(string node, RemoteAsk ask, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AskResult.Unavailable("no_home", $"Node '{node}' cannot be reached: this node runs alone."));
}

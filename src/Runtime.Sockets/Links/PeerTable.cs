using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>This run and its peers, as they were named last. Never changed, only replaced.</summary>
/// <param name="Self">This run; null until the first members are named.</param>
/// <param name="Peers">The others, by name.</param>
internal sealed record PeerTable(NodeIdentity? Self, IReadOnlyDictionary<string, Peer> Peers)
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Nobody was named yet.</summary>
    public static PeerTable Empty => new(null, new Dictionary<string, Peer>(StringComparer.Ordinal));

    /// <summary>Completes when there is a newer one.</summary>
    public Task Replaced => _replaced.Task;

    public void NoteReplaced() => _replaced.TrySetResult();
}

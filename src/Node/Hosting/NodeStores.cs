using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Node.Hosting;

/// <summary>An open store, whichever it is.</summary>
/// <param name="Journal">The events.</param>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="Leases">Members and shard homes.</param>
/// <param name="Projections">The read models.</param>
/// <param name="Owner">Closes all of them.</param>
internal sealed record NodeStores(
    IJournal Journal, ISnapshotStore Snapshots, ILeaseStore Leases, IProjectionStore Projections, IAsyncDisposable Owner);

/// <summary>How the configured store is opened.</summary>
/// <param name="Shown">Where it is, for people.</param>
/// <param name="MayBeAway">
/// Whether the store may be away at the start and is waited for; one that is a file on this machine either opens or never will.
/// </param>
/// <param name="OpenAsync">Tries once.</param>
internal sealed record StoreOpener(string Shown, bool MayBeAway, Func<CancellationToken, Task<NodeStores>> OpenAsync);

using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Runtime.TestKit;

/// <summary>
/// One store implementation under test. A provider enrols in a conformance kit by an empty subclass of each spec:
/// <c>public sealed class InMemoryJournalSpec : JournalSpec&lt;InMemoryProvider&gt;;</c>. What providers may differ in is
/// answered here, by name.
/// </summary>
public abstract class StoreProvider
{
    /// <summary>Whether a closed store opened again shows what was stored before.</summary>
    public abstract bool KeepsDataWhenReopened { get; }

    /// <summary>Opens the store: at first an empty one, after <see cref="CloseAsync"/> the same again.</summary>
    public abstract ValueTask<Stores> OpenAsync();

    /// <summary>Closes what is open in good order.</summary>
    public abstract ValueTask CloseAsync();

    /// <summary>Removes everything that was created.</summary>
    public abstract ValueTask DeleteAsync();
}

/// <summary>The seams of one open store.</summary>
public sealed record Stores(IJournal Journal, ISnapshotStore Snapshots, ILeaseStore Leases, IProjectionStore Projections);

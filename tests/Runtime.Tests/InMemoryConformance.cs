using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.TestKit;
using AkkaParty.Runtime.TestKit.Journal;
using AkkaParty.Runtime.TestKit.Membership;
using AkkaParty.Runtime.TestKit.Projections;

namespace AkkaParty.Runtime.Tests;

public sealed class InMemoryProvider : StoreProvider
{
    public override bool KeepsDataWhenReopened => false;

    public override ValueTask<Stores> OpenAsync() =>
        new(new Stores(
            new InMemoryJournal(),
            new InMemorySnapshotStore(),
            new InMemoryLeaseStore(TimeProvider.System) { IsExclusive = true },
            new InMemoryProjectionStore()));

    public override ValueTask CloseAsync() => ValueTask.CompletedTask;

    public override ValueTask DeleteAsync() => ValueTask.CompletedTask;
}

public sealed class InMemoryJournalSpec : JournalSpec<InMemoryProvider>;

public sealed class InMemoryJournalOrderSpec : JournalOrderSpec<InMemoryProvider>;

public sealed class InMemoryJournalModelSpec : JournalModelSpec<InMemoryProvider>;

public sealed class InMemorySnapshotStoreSpec : SnapshotStoreSpec<InMemoryProvider>;

public sealed class InMemoryLeaseSpec : LeaseSpec<InMemoryProvider>;

public sealed class InMemoryProjectionStoreSpec : ProjectionStoreSpec<InMemoryProvider>;

public sealed class InMemoryProjectionRunnerSpec : ProjectionRunnerSpec<InMemoryProvider>;

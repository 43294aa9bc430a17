using AkkaParty.Actors.Parties;
using AkkaParty.Actors.Rooms;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Http.Tests.Support;

/// <summary>The real party and the real room on the real runtime, in memory.</summary>
internal sealed class RealParty : IEntityRegions, IAsyncDisposable
{
    private readonly NodeRuntime _runtime;

    public RealParty(ManualTime time)
    {
        var surroundings = new RuntimeSurroundings(
            new InMemoryJournal(), new InMemorySnapshotStore(), new InMemoryLeaseStore(time) { IsExclusive = true },
            new NoPeersTransport(), time,
                ThreadPoolDispatcher.Instance);
        _runtime = new NodeRuntime(new RuntimeOptions(), surroundings, NullLoggerFactory.Instance);
        _runtime.Register(new PartyEntity());
        _runtime.Register(new RoomEntity());
        _runtime.Register(new RoomCodeEntity());
        _runtime.Register(new WatchEntity());
        _runtime.Register(RoomCodeEntity.OfWatchParties());
    }

    public IShardRegion this[string kind] => _runtime.Region(kind);

    public Task StartAsync() => _runtime.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _runtime.StopAsync(TimeSpan.FromSeconds(1));
        await _runtime.DisposeAsync();
    }
}

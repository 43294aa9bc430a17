using AkkaParty.Bench.Runtime;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Postgres;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Bench.Cluster;

/// <summary>A node with counters as a member of a cluster: the store on PostgreSQL and the real links, as the server has them.</summary>
internal sealed class CounterMember : IAsyncDisposable
{
    private const string Secret = "the bench knows the secret";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly PostgresStore _store;
    private readonly SocketTransport _transport;
    private readonly CounterNode _node;

    private CounterMember(PostgresStore store, SocketTransport transport, CounterNode node)
    {
        _store = store;
        _transport = transport;
        _node = node;
    }

    public IShardRegion Region => _node.Region;

    public NodeRuntime Runtime => _node.Runtime;

    public static async Task<CounterMember> StartAsync(string name, string database)
    {
        var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = database });
        var transport = new SocketTransport(
            new SocketTransportOptions { Listen = "127.0.0.1:0", Secret = Secret }, NullLogger.Instance);
        var node = await CounterNode.StartMemberAsync(
            new RuntimeSurroundings(
                store.Journal, store.Snapshots, store.Leases, transport, TimeProvider.System, ThreadPoolDispatcher.Instance),
            new RuntimeOptions { NodeName = name });
        return new CounterMember(store, transport, node);
    }

    /// <summary>Serves until its input ends.</summary>
    public static async Task ServeAsync(string name, string database)
    {
        await using var member = await StartAsync(name, database);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Waits until every shard is at home with one of so many members, evenly.</summary>
    public async Task BalancedAsync(int members)
    {
        await Patiently.UntilAsync($"{members} members to share the shards", Patience, () => Task.FromResult(IsBalanced(members)));
    }

    /// <summary>Entity ids whose shards a member has.</summary>
    public string[] IdsAt(string member, int count)
    {
        var homes = Runtime.Cluster!.Homes.ToDictionary(home => home.Shard, home => home.Owner);
        return [.. CounterNode.Ids(count * 8).Where(id => homes[ShardId.Of(id)] == member).Take(count)];
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _transport.DisposeAsync();
        await _store.DisposeAsync();
    }

    private bool IsBalanced(int members)
    {
        if (Runtime.Cluster is not { } cluster || cluster.Members.Count(member => member.Standing != MemberStanding.Leaving) != members)
        {
            return false;
        }

        var counts = cluster.Homes.Where(home => home.Owner == home.Target).CountBy(home => home.Owner ?? "").ToList();
        return counts.Sum(count => count.Value) == ShardId.Count && counts.Count == members
            && counts.Max(count => count.Value) - counts.Min(count => count.Value) <= 1;
    }
}

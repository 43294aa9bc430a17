using System.Security.Cryptography;
using AkkaParty.Bench.Measuring;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Sharding;
using Npgsql;

namespace AkkaParty.Bench.Cluster;

/// <summary>Real nodes over one database.</summary>
internal sealed class PartyCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly PostgresDatabase _database;
    private readonly ScratchFolder _folder = new(new DirectoryInfo(Path.GetTempPath()));

    private PartyCluster(string program, int nodes, PostgresDatabase database, IReadOnlyDictionary<string, string>? settings)
    {
        _database = database;
        var secret = RandomNumberGenerator.GetHexString(32);
        Nodes = [.. Enumerable.Range(1, nodes).Select(
            number => new NodeProcess(program, number, _folder.Path, database.ConnectionString, secret, settings))];
    }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>Starts all nodes at once, without waiting.</summary>
    public static async Task<PartyCluster> StartAsync(
        string program, int nodes, PostgresServer postgres, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cluster = new PartyCluster(program, nodes, await postgres.CreateDatabaseAsync(), settings);
        foreach (var node in cluster.Nodes)
        {
            node.Start();
        }

        return cluster;
    }

    /// <summary>Waits until all nodes are ready and share the shards evenly.</summary>
    public async Task WholeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.ReadyAsync()));
        await BalancedAsync();
    }

    /// <summary>Waits until every shard is where it belongs, and no node has two more than another.</summary>
    public Task BalancedAsync() => Patiently.UntilAsync("the shards to be shared evenly", Patience, async () =>
    {
        var counts = (await HomesAsync()).Where(home => home.Length > 0).CountBy(home => home).Select(count => count.Value).ToList();
        return counts.Count == Nodes.Count && counts.Sum() == ShardId.Count && counts.Max() - counts.Min() <= 1;
    });

    /// <summary>Each shard's home as the database has it; empty for one that has none or is on its way.</summary>
    public async Task<string[]> HomesAsync()
    {
        await using var connection = await _database.ConnectAsync();
        await using var command = new NpgsqlCommand("SELECT shard, owner FROM shard_homes WHERE owner = target", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var homes = Enumerable.Repeat("", ShardId.Count).ToArray();
        while (await reader.ReadAsync())
        {
            homes[reader.GetInt16(0)] = reader.GetString(1);
        }

        return homes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            node.Dispose();
        }

        await _database.DisposeAsync();
        _folder.Dispose();
    }
}

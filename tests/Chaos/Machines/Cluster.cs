using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AkkaParty.Chaos.Checking;
using AkkaParty.Postgres.TestKit;
using Npgsql;

namespace AkkaParty.Chaos.Machines;

/// <summary>PostgreSQL and nodes over it, all real processes.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly string[] Limits = ["Create", "Join", "Search", "Read", "Token", "Connect"];
    private readonly ClusterPlan _plan;
    private readonly Scratch _scratch;
    private readonly List<ClusterNode> _nodes = [];
    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
    private Database? _database;
    private NetworkLab? _lab;
    private Certificates? _certificates;

    private Cluster(ClusterPlan plan)
    {
        _plan = plan;
        _scratch = new Scratch(plan.Folder);
    }

    /// <summary>The nodes that were started, by number.</summary>
    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>The nodes that run.</summary>
    public IEnumerable<ClusterNode> Running => _nodes.Where(node => node.Running);

    /// <summary>The database.</summary>
    public Database Database => _database ?? throw new InvalidOperationException("The database was not started.");

    /// <summary>What was asked for.</summary>
    public ClusterPlan Plan => _plan;

    /// <summary>Where everything is kept.</summary>
    public string Folder => _scratch.Path;

    /// <summary>The addresses of all nodes there may ever be.</summary>
    public IReadOnlyList<Uri> Urls => [.. _nodes.Select(node => node.Url)];

    /// <summary>Starts PostgreSQL and the nodes, and waits until all are ready.</summary>
    public static async Task<Cluster> StartAsync(ClusterPlan plan)
    {
        var cluster = new Cluster(plan);
        try
        {
            await cluster.PrepareAsync();
            foreach (var node in cluster._nodes.Take(plan.Nodes))
            {
                node.Start();
            }

            await cluster.WholeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Prepares everything and starts no node.</summary>
    public static async Task<Cluster> PrepareAsync(ClusterPlan plan)
    {
        var cluster = new Cluster(plan);
        try
        {
            await cluster.PrepareAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every running node is ready, and every shard is where it belongs.</summary>
    public async Task WholeAsync(TimeSpan? patience = null)
    {
        foreach (var node in Running.ToList())
        {
            await node.ReadyAsync(patience);
        }

        var counts = new Dictionary<string, int>();
        await Pace.UntilAsync(
            "every shard to be where it belongs",
            patience ?? TimeSpan.FromSeconds(60),
            async () => IsBalanced(counts = await ShardsAsync()),
            () => string.Join(", ", counts.Select(c => $"{c.Key}: {c.Value}")));
    }

    /// <summary>How many shards each node has; those that are on their way or homeless count for nobody's name.</summary>
    public async Task<Dictionary<string, int>> ShardsAsync()
    {
        await using var connection = await Database.ConnectAsync();
        await using var command = new NpgsqlCommand(
            "SELECT CASE WHEN owner = target THEN owner ELSE '' END, count(*)::int FROM akkaparty.shard_homes GROUP BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync())
        {
            counts.Add(await reader.IsDBNullAsync(0) ? string.Empty : reader.GetString(0), reader.GetInt32(1));
        }

        return counts;
    }

    /// <summary>The journal's bytes of all parties and rooms, past every layer of the server.</summary>
    public async Task<List<JournalEvent>> JournalAsync()
    {
        await using var connection = await Database.ConnectAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT n.id, e.seq, m.name, convert_from(e.payload, 'UTF8')
            FROM akkaparty.events e
            JOIN akkaparty.entities n ON n.key = e.entity
            JOIN akkaparty.manifests m ON m.id = e.manifest
            WHERE n.kind IN ('party', 'room') ORDER BY n.id, e.seq
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<JournalEvent>();
        while (await reader.ReadAsync())
        {
            events.Add(new JournalEvent(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3)));
        }

        return events;
    }

    /// <summary>Cuts a node off.</summary>
    public Task CutAsync(ClusterNode node, Cut cut) => Lab.CutAsync(node.Number, cut, Database.Port);

    /// <summary>Plugs a node in again.</summary>
    public Task HealAsync(ClusterNode node) => Lab.HealAsync(node.Number);

    private NetworkLab Lab => _lab ?? throw new InvalidOperationException("The nodes of this cluster have no networks of their own.");

    public async ValueTask DisposeAsync()
    {
        _nodes.ForEach(node => node.Dispose());
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        _certificates?.Dispose();
        _scratch.Dispose();
    }

    private bool IsBalanced(Dictionary<string, int> counts) =>
        counts.Keys.Order().SequenceEqual(Running.Select(node => node.Name).Order()) && counts.Values.Max() - counts.Values.Min() <= 1;

    private async Task PrepareAsync()
    {
        if (_plan.Isolated)
        {
            _lab = await NetworkLab.CreateAsync(_plan.NodesMax);
            _certificates = new Certificates(_scratch.At("certificates"));
        }

        _database = await Database.StartNewAsync(
            _scratch.At("postgres"), _plan.Database with { Address = _lab?.Hub ?? IPAddress.Loopback });
        for (var number = 1; number <= _plan.NodesMax; number++)
        {
            _nodes.Add(new ClusterNode(Setup(number)));
        }
    }

    private NodeSetup Setup(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"node{number}");
        var address = _lab?.AddressOf(number) ?? IPAddress.Loopback;
        var settings = new Dictionary<string, string>
        {
            ["AkkaParty__Store__ConnectionString"] = Database.ConnectionString(),
            ["AkkaParty__Cluster__NodeName"] = name,
            ["AkkaParty__Cluster__Listen"] = string.Create(
                CultureInfo.InvariantCulture, $"{address}:{(_lab is null ? FreePort.Next() : 9100)}"),
            ["AkkaParty__Cluster__Secret"] = _secret,
            ["AkkaParty__Cluster__LeaseSeconds"] = _plan.LeaseSeconds.ToString(CultureInfo.InvariantCulture),
            ["AkkaParty__Admin__Listen"] = string.Create(
                CultureInfo.InvariantCulture, $"127.0.0.1:{(_lab is null ? FreePort.Next() : 9110)}"),
            // Nobody is ever away, so that parties stay in the phase in which commands are given.
            ["AkkaParty__Parties__AwaySeconds"] = "86400",
            ["AkkaParty__Parties__HostAwaySeconds"] = "86400",
            ["AkkaParty__Parties__SilentSeconds"] = "86400",
            ["AkkaParty__Parties__NominationSeconds"] = "86400",
            ["AkkaParty__WebSockets__MessagesPerSecond"] = "10000",
            ["AkkaParty__WebSockets__MessageBurst"] = "10000",
        };
        foreach (var limit in Limits)
        {
            settings[$"AkkaParty__RateLimits__{limit}PerMinute"] = "0";
        }

        if (_certificates is not null)
        {
            settings["AkkaParty__Cluster__CaPath"] = _certificates.AuthorityFile;
            (settings["AkkaParty__Cluster__CertificatePath"], settings["AkkaParty__Cluster__KeyPath"]) = _certificates.Sign(name, address);
        }

        var further = _plan.Settings.Select(setting => KeyValuePair.Create("AkkaParty__" + setting.Key, setting.Value));
        foreach (var (key, value) in further.Concat(_plan.EnvironmentOf(number)))
        {
            settings[key] = value;
        }

        return new NodeSetup
        {
            Number = number,
            Name = name,
            Folder = _scratch.At(name),
            Address = address,
            Settings = settings,
            Under = _lab?.Under(number) ?? [],
            Port = _lab is null ? FreePort.Next() : 8080,
        };
    }
}

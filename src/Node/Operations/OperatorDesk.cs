using AkkaParty.Node.Configuration;
using AkkaParty.Node.Hosting;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Operations;

/// <summary>
/// Answers operators for the whole cluster, from whichever node they ask: members and homes come from the store, what is in memory
/// from each member over the node links. A member that does not answer is named, and the rest is told all the same.
/// </summary>
internal sealed class OperatorDesk(RuntimeHost host, Peers peers, ClusterHistory history, NodeOptions options)
{
    /// <summary>The most events or records of one answer.</summary>
    public const int CountMax = 1_000;

    private const int FeedsMax = 1_000;

    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(2);

    private string Self => options.NameInCluster();

    /// <summary>The members and what they do.</summary>
    public async Task<ClusterView> ShowAsync(CancellationToken cancellationToken)
    {
        var own = peers.OwnReport();
        if (host.Node is null)
        {
            return new ClusterView(Self, own.Phase, 0, IsOld: true, [], 0, 0);
        }

        var (record, isOld) = await ReadForViewAsync(cancellationToken);
        var reports = await peers.ReportsAsync(record);
        var members = record.Members.Select(member => View(member, record, reports.GetValueOrDefault(member.Node.Name))).ToList();
        return new ClusterView(
            Self,
            own.Phase,
            record.Version,
            isOld,
            members,
            record.Homes.Count(home => home.Owner is null),
            record.Homes.Count(home => home.Owner is not null && home.Owner != home.Target));
    }

    /// <summary>What happened after a number, as this node saw it.</summary>
    public ClusterEvents History(long after) => history.After(Self, after);

    /// <summary>Has a node hand everything over and stop.</summary>
    public async Task<DoneView> LeaveAsync(string name, CancellationToken cancellationToken)
    {
        _ = Member(await ReadAsync(cancellationToken), name);
        if (await peers.LeaveAsync(name))
        {
            return new DoneView($"{name} hands its shards over and stops.");
        }

        // It may still hear of it from the store.
        return await Node().Runtime.LeaveAsync(name)
            ? new DoneView(
                $"{name} does not answer. The database tells it to hand its shards over; 'cluster down {name}' removes it by force.")
            : throw RefusedException.NoSuchNode(name);
    }

    /// <summary>Removes a member by force.</summary>
    public async Task<DoneView> DownAsync(string name, CancellationToken cancellationToken)
    {
        _ = Member(await ReadAsync(cancellationToken), name);
        return await Node().Runtime.DownAsync(name)
            ? new DoneView($"{name} is no member any more; if it still runs it stops serving and joins anew.")
            : throw RefusedException.NoSuchNode(name);
    }

    /// <summary>What a new node needs.</summary>
    public async Task<JoinInfo> JoinInfoAsync(CancellationToken cancellationToken)
    {
        if (!options.Store.IsPostgres())
        {
            throw new RefusedException(
                RefusalKind.Unavailable, "not_a_cluster", "This node stores in a file of its own; a cluster needs PostgreSQL.");
        }

        var record = await ReadAsync(cancellationToken);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AkkaParty__Store__ConnectionString"] = "(the same database, with a user and a password of its own or the same)",
            ["AkkaParty__Cluster__NodeName"] = "(a name that is not taken)",
            ["AkkaParty__Cluster__Listen"] = "(an address of the new node, and a free port)",
            ["AkkaParty__Cluster__Secret"] = "(the same secret)",
            ["AkkaParty__Cluster__LeaseSeconds"] = options.Cluster.LeaseSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return new JoinInfo(
            options.StoreShown(),
            [.. record.Members.Select(member => member.Node.Name)],
            [.. record.Members.Select(member => member.Node.Address).Where(address => address.Length > 0)],
            record.Members.Count == 0 ? Runtime.NodeRuntime.FeatureLevel : record.Members.Min(member => member.FeatureLevel),
            settings);
    }

    /// <summary>What every node has in memory, by kind.</summary>
    public async Task<RegionsView> RegionsAsync(CancellationToken cancellationToken)
    {
        var (record, _) = await ReadForViewAsync(cancellationToken);
        var reports = await peers.ReportsAsync(record);
        var lines = reports.Values
            .SelectMany(report => report.Regions.Select(region => new RegionLine(
                report.Name, region.Kind, region.Shards, region.Entities, region.Waiting, region.Subscriptions)))
            .OrderBy(line => line.Kind, StringComparer.Ordinal)
            .ThenBy(line => line.Node, StringComparer.Ordinal);
        return new RegionsView([.. lines], Missing(record, reports.Keys));
    }

    /// <summary>Every shard, its home and what is in it.</summary>
    public async Task<ShardsView> ShardsAsync(CancellationToken cancellationToken)
    {
        var (record, _) = await ReadForViewAsync(cancellationToken);
        var reports = await peers.ReportsAsync(record);
        var lines = record.Homes.Select(home =>
        {
            var owner = home.Owner is null ? null : reports.GetValueOrDefault(home.Owner);
            var entities = owner?.Shards.Where(shard => shard.Shard == home.Shard).Sum(shard => shard.Entities);
            var waiting = reports.Values.Sum(report => report.Shards.Where(shard => shard.Shard == home.Shard).Sum(shard => shard.Waiting));
            return new ShardLine(home.Shard, home.Owner, home.Target, home.Epoch, entities, waiting);
        });
        return new ShardsView(record.Version, [.. lines], Missing(record, reports.Keys));
    }

    /// <summary>Where an entity is.</summary>
    public async Task<WhereView> WhereAsync(string kind, string id, CancellationToken cancellationToken)
    {
        Check(kind, id);
        var (record, _) = await ReadForViewAsync(cancellationToken);
        var home = record.Homes[ShardId.Of(id)];
        var (answered, inMemory) = home.Owner is null ? (false, null) : await peers.EntityAsync(home.Owner, kind, id);
        return new WhereView(kind, id, home.Shard, home.Owner, home.Target, home.Epoch, inMemory, answered);
    }

    /// <summary>Computes the homes anew.</summary>
    public async Task<DoneView> RebalanceAsync(CancellationToken cancellationToken)
    {
        await Node().Runtime.RebalanceAsync();
        var record = await ReadAsync(cancellationToken);
        var moving = record.Homes.Count(home => home.Owner != home.Target);
        return new DoneView(moving == 0 ? "Every shard is where it should be." : $"{moving} shards move to where they should be.");
    }

    /// <summary>An entity as its events make it.</summary>
    public async Task<EntityStory> EntityAsync(string kind, string id, CancellationToken cancellationToken)
    {
        Check(kind, id);
        return await Node().Kinds.FoldAsync(kind, id, cancellationToken) ?? throw NoSuchEntity(kind, id);
    }

    /// <summary>Events of an entity.</summary>
    public async Task<EntityEvents> EventsAsync(string kind, string id, long from, int countMax, CancellationToken cancellationToken)
    {
        Check(kind, id);
        var events = await Node().Kinds.EventsAsync(kind, id, Math.Max(1, from), Math.Clamp(countMax, 1, CountMax), cancellationToken);
        return events.Seq == 0 ? throw NoSuchEntity(kind, id) : events;
    }

    /// <summary>The entities that are followed.</summary>
    public async Task<FeedsView> FeedsAsync(CancellationToken cancellationToken)
    {
        var (record, _) = await ReadForViewAsync(cancellationToken);
        var answers = await peers.FeedsAsync(record, FeedsMax);
        var feeds = answers.SelectMany(answer => answer.Value).OrderByDescending(feed => feed.Subscriptions).Take(FeedsMax);
        return new FeedsView([.. feeds], Missing(record, answers.Keys));
    }

    /// <summary>Records of the whole journal.</summary>
    /// <param name="after">Only records above this offset; null for the newest.</param>
    /// <param name="countMax">At most this many.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<JournalView> JournalAsync(long? after, int countMax, CancellationToken cancellationToken)
    {
        var reader = new JournalTail(Node().Stores);
        countMax = Math.Clamp(countMax, 1, CountMax);
        return after is { } offset
            ? reader.AfterAsync(offset, countMax, cancellationToken)
            : reader.NewestAsync(countMax, cancellationToken);
    }

    private static MemberView View(MemberRecord member, ClusterRecord record, NodeReport? report) => new(
        member.Node.Name,
        member.Node.Incarnation,
        member.Node.Address,
        member.Standing switch
        {
            MemberStanding.Leaving => "leaving",
            MemberStanding.CutOff => "cut off",
            _ => report?.Phase ?? "unreachable",
        },
        member.FeatureLevel,
        record.Homes.Count(home => home.Owner == member.Node.Name),
        record.Homes.Count(home => home.Target == member.Node.Name),
        report?.Version,
        report?.Since,
        report?.LeaseSeconds,
        report?.Regions.Sum(region => region.Entities),
        report?.Regions.Sum(region => region.Subscriptions));

    private static List<string> Missing(ClusterRecord record, IEnumerable<string> answered) =>
        [.. record.Members.Select(member => member.Node.Name).Except(answered, StringComparer.Ordinal)];

    private static MemberRecord Member(ClusterRecord record, string name) =>
        record.Members.FirstOrDefault(member => member.Node.Name == name) ?? throw RefusedException.NoSuchNode(name);

    private static RefusedException NoSuchEntity(string kind, string id) =>
        new(RefusalKind.NotFound, "no_such_entity", $"There is no {kind} '{id}': nothing was ever stored for it.");

    private async Task<ClusterRecord> ReadAsync(CancellationToken cancellationToken) =>
        await Node().Stores.Leases.ReadAsync(cancellationToken);

    /// <summary>What the store says, or what this node last heard of it when it does not answer: an outage is when one looks.</summary>
    private async Task<(ClusterRecord Record, bool IsOld)> ReadForViewAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StorePatience);
        try
        {
            return (await ReadAsync(patience.Token), false);
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested
            && Node().Runtime.Cluster is not null)
        {
            return (Node().Runtime.Cluster!, true);
        }
    }

    private RunningNode Node() => host.Node ?? throw new RefusedException(
        RefusalKind.Unavailable, "store_unavailable", $"The node waits for the database at {options.StoreShown()}.");

    private void Check(string kind, string id)
    {
        var kinds = Node().Kinds;
        if (!kinds.Has(kind))
        {
            throw new RefusedException(
                RefusalKind.NotFound, "no_such_kind", $"There is no kind '{kind}'; there is {string.Join(", ", kinds.Kinds)}.");
        }

        if (id.Length is 0 or > 128)
        {
            throw new RefusedException(RefusalKind.Invalid, "invalid_id", "An id has 1 to 128 characters.");
        }
    }
}

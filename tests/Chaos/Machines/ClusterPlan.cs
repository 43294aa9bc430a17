namespace AkkaParty.Chaos.Machines;

/// <summary>What a cluster for a test or a run consists of.</summary>
internal sealed record ClusterPlan
{
    /// <summary>How many nodes run at first.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>How many nodes there may be at most.</summary>
    public int NodesMax { get; init; } = 4;

    /// <summary>Whether each node has a network of its own, so that it can be cut off. Takes root.</summary>
    public bool Isolated { get; init; }

    /// <summary>How long a node may serve without having reached the database.</summary>
    public int LeaseSeconds { get; init; } = 5;

    /// <summary>Where everything is kept; null for temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>The database's setup; its address is chosen here.</summary>
    public DatabaseSetup Database { get; init; } = new();

    /// <summary>Further settings of the nodes, without the prefix <c>AkkaParty__</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables of one node, by its number.</summary>
    public Func<int, IReadOnlyDictionary<string, string>> EnvironmentOf { get; init; } = _ => new Dictionary<string, string>();
}

namespace AkkaParty.Simulation.Nodes;

/// <summary>A machine with one node on it, through all its runs.</summary>
internal sealed class SimNode(string name, long driftPartsPerMillion)
{
    public string Name { get; } = name;

    public long DriftPartsPerMillion { get; } = driftPartsPerMillion;

    /// <summary>How wrong the machine's wall clock is.</summary>
    public TimeSpan WrongBy { get; set; }

    public bool IsCutOffStore
    {
        get;
        set
        {
            field = value;
            if (Run is { } run)
            {
                run.Line.IsCut = value;
            }
        }
    }

    /// <summary>The run that is there now; null between a crash and the restart.</summary>
    public NodeRun? Run { get; set; }

    public int Runs { get; set; }
}

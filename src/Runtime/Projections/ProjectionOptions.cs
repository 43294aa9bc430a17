namespace AkkaParty.Runtime.Projections;

/// <summary>How projections follow the journal.</summary>
public sealed class ProjectionOptions
{
    /// <summary>The most events of one step, 1 to 10,000.</summary>
    public int RecordsMax { get; set; } = 500;

    /// <summary>How often the journal is looked at when nobody says that it has grown.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait after the store was away; doubled each time up to 32 times this.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(200);
}

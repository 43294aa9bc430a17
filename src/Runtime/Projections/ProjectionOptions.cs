namespace AkkaParty.Runtime.Projections;

/// <summary>How projections follow the journal.</summary>
public sealed class ProjectionOptions
{
    /// <summary>The most events of one step, 1 to 10,000.</summary>
    public int RecordsMax { get; set; } = 500;

    /// <summary>
    /// After how many events that changed no row the offset is stored all the same, 1 to 1,000,000: a new start reads at
    /// most so many again. Steps that changed rows are stored at once.
    /// </summary>
    public int PassedOverMax { get; set; } = 10_000;

    /// <summary>
    /// How long after an append the rows follow, so that many appends are read together and a busy journal is not read back
    /// event by event; 0 to 1 minute.
    /// </summary>
    public TimeSpan AppendDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the journal is looked at when nobody says that it has grown.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether this node is the one that follows; null for always. Asked before each look at the journal. Several nodes that follow
    /// one projection at once do no harm but work.
    /// </summary>
    public Func<bool>? IsMine { get; set; }

    /// <summary>How long to wait after the store was away; doubled each time up to 32 times this.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(200);
}

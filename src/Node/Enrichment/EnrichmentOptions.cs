namespace AkkaParty.Node.Enrichment;

/// <summary>How what is known of queued films is looked up.</summary>
internal sealed record EnrichmentOptions
{
    /// <summary>At most this many titles are looked up at once.</summary>
    public int LookupsMax { get; init; } = 4;

    /// <summary>After this many tries a look-up has failed, and the room is told why.</summary>
    public int TriesMax { get; init; } = 6;

    /// <summary>The wait before the second try; doubled before each further one, up to <see cref="RetryDelayMax"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the list is read when nothing says that it has grown: another node may keep it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At most this many look-ups are begun before the first of them ends.</summary>
    public int PendingMax { get; init; } = 256;
}

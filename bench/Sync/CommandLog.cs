namespace AkkaParty.Bench.Sync;

/// <summary>What was commanded, and when it took effect at whom. Used on the agenda's thread.</summary>
internal sealed class CommandLog(PartyTruth truth)
{
    private readonly Dictionary<(SyncedClient, long), Given> _given = [];
    private readonly Dictionary<double, List<Effect>> _effects = [];

    /// <summary>How many were given.</summary>
    public int Count => _given.Count;

    /// <summary>How many were never acknowledged: lost with a connection.</summary>
    public int Unanswered => _given.Values.Count(given => given.Seq is null);

    public void Gave(SyncedClient client, long number, double at) => _given[(client, number)] = new Given(client, at);

    public void Acknowledged(SyncedClient client, long number, long seq)
    {
        if (_given.TryGetValue((client, number), out var given))
        {
            given.Seq ??= seq;
        }
    }

    public void TookEffect(SyncedClient client, double atMs, double now)
    {
        if (!_effects.TryGetValue(atMs, out var effects))
        {
            _effects[atMs] = effects = [];
        }

        effects.Add(new Effect(client.ConnectingSince, client.HeldUpAt, now));
    }

    /// <summary>From giving a command to its effect at each client that was connected all the while, and at the last of them.</summary>
    /// <param name="freely">Only where nothing was held up.</param>
    public (Distribution Each, Distribution Slowest) Times(bool freely)
    {
        var (each, slowest) = (new Distribution(), new Distribution());
        foreach (var given in _given.Values)
        {
            if (given.Seq is not { } seq || truth.Of(seq) is not { } playback || (freely && given.Client.HeldUpAt >= given.At)
                || !_effects.TryGetValue(playback.AtMs, out var effects))
            {
                continue;
            }

            var times = effects
                .Where(effect => effect.ConnectedSince < given.At && !(freely && effect.HeldUpAt >= given.At))
                .Select(effect => effect.At - given.At)
                .ToList();
            times.ForEach(each.Add);
            if (times.Count > 0)
            {
                slowest.Add(times.Max());
            }
        }

        return (each, slowest);
    }

    private sealed record Effect(double ConnectedSince, double HeldUpAt, double At);

    private sealed class Given(SyncedClient client, double at)
    {
        public SyncedClient Client => client;

        public double At => at;

        public long? Seq { get; set; }
    }
}

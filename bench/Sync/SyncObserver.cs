using AkkaParty.SyncClient;

namespace AkkaParty.Bench.Sync;

/// <summary>What unsettles a client.</summary>
internal enum Disturbance
{
    Join,
    Reconnect,
    Command,
}

/// <summary>
/// Looks at where all players truly are, ten times a second. A client has settled when it follows the command that is in effect and has
/// stayed within 80 ms for a second; it then counts, however far it strays, until the next command or until it loses its connection.
/// </summary>
internal sealed class SyncObserver(Agenda agenda, PartyTruth truth)
{
    private const double EveryMs = 100;
    private const double StayMs = 1_000;
    private readonly Dictionary<SyncedClient, Watched> _watched = [];
    private readonly List<double> _positions = [];
    private bool _over;

    /// <summary>Between each two settled clients while the party plays.</summary>
    public Distribution Pairs { get; } = new();

    /// <summary>Between the first and the last of all settled clients.</summary>
    public Distribution Widest { get; } = new();

    /// <summary>How long it took clients to settle.</summary>
    public IReadOnlyDictionary<Disturbance, Distribution> Settling { get; } =
        Enum.GetValues<Disturbance>().ToDictionary(cause => cause, _ => new Distribution());

    /// <summary>The same, without those of whose connection something was held up for two seconds meanwhile.</summary>
    public IReadOnlyDictionary<Disturbance, Distribution> SettlingFreely { get; } =
        Enum.GetValues<Disturbance>().ToDictionary(cause => cause, _ => new Distribution());

    public void Watch(SyncedClient client) => _watched[client] = new Watched();

    public void Forget(SyncedClient client) => _watched.Remove(client);

    public void Begin() => Look(agenda.Now);

    public void End() => _over = true;

    private void Look(double due)
    {
        if (_over)
        {
            return;
        }

        var now = agenda.Now;
        if (truth.At(now) is { } target)
        {
            Look(now, target);
        }

        agenda.At(due + EveryMs, () => Look(due + EveryMs));
    }

    private void Look(double now, Target target)
    {
        _positions.Clear();
        foreach (var (client, watched) in _watched)
        {
            if (Judge(client, watched, target, now) is { } position && target.Playing)
            {
                _positions.Add(position);
            }
        }

        _positions.Sort();
        for (var later = 1; later < _positions.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                Pairs.Add(_positions[later] - _positions[earlier]);
            }
        }

        if (_positions.Count > 1)
        {
            Widest.Add(_positions[^1] - _positions[0]);
        }
    }

    private double? Judge(SyncedClient client, Watched watched, Target target, double now)
    {
        if (double.IsNaN(client.ConnectingSince))
        {
            watched.Settled = false;
            return null;
        }

        if (client.Connections != watched.Connections)
        {
            watched.Unsettle(watched.Connections == 0 ? Disturbance.Join : Disturbance.Reconnect, client.ConnectingSince);
            watched.Connections = client.Connections;
        }
        else if (watched.Truth is { } before && before != target.Playback && watched.Settled)
        {
            watched.Unsettle(Disturbance.Command, now);
        }

        watched.Truth = target.Playback;
        var isFollowing = client.IsTold && client.Followed?.AtMs == target.Playback.AtMs;
        var position = client.TruePosition;
        if (!watched.Settled)
        {
            var near = client.Follower.Constants.SettledMs * target.Playback.Rate;
            var isNear = isFollowing && Math.Abs(position - target.PositionMs) <= near;
            watched.NearSince = !isNear ? double.NaN : double.IsNaN(watched.NearSince) ? now : watched.NearSince;
            if (now - watched.NearSince >= StayMs)
            {
                Settle(client, watched);
            }
        }

        return watched.Settled && isFollowing ? position : null;
    }

    private void Settle(SyncedClient client, Watched watched)
    {
        watched.Settled = true;
        var took = Math.Max(0, watched.NearSince - watched.Since);
        Settling[watched.Cause].Add(took);
        if (client.HeldUpAt < watched.Since)
        {
            SettlingFreely[watched.Cause].Add(took);
        }
    }

    private sealed class Watched
    {
        public int Connections { get; set; }

        public TimedPlayback? Truth { get; set; }

        public Disturbance Cause { get; private set; }

        public double Since { get; private set; }

        public double NearSince { get; set; } = double.NaN;

        public bool Settled { get; set; }

        public void Unsettle(Disturbance cause, double since)
        {
            (Cause, Since, NearSince, Settled) = (cause, since, double.NaN, false);
        }
    }
}

using System.Globalization;
using AkkaParty.SyncClient;

namespace AkkaParty.Bench.Sync;

/// <summary>Where clients connect, and what is common to them.</summary>
/// <param name="Agenda">The time.</param>
/// <param name="Random">Chance, for use on the agenda's thread.</param>
/// <param name="Party">The party.</param>
/// <param name="Nodes">The nodes' addresses.</param>
/// <param name="Truth">What is true of the party.</param>
internal sealed record SyncFloor(Agenda Agenda, Random Random, string Party, IReadOnlyList<Uri> Nodes, PartyTruth Truth);

/// <summary>A client of the party, with a clock, a network and a player of its own. Lives on the agenda's thread.</summary>
internal sealed class SyncedClient(SyncFloor floor, string token, Device device)
{
    private const double ReportEveryMs = 5_000;
    private readonly SyntheticPlayer _player = new(floor.Random);
    private readonly List<Attempt> _attempts = [];
    private ConnectionRace<Attempt> _race = new(SyncConstants.Default);
    private long _wakes;
    private long _numbers;
    private bool _isGone;
    private double _reportedAt = double.NegativeInfinity;
    private int _reportedFor;
    private long _seq;
    private TimedPlayback? _inEffect;
    private Step? _step;

    public Device Device => device;

    public Follower Follower { get; } = new();

    /// <summary>When the present connection was begun; NaN while there is none.</summary>
    public double ConnectingSince { get; private set; } = double.NaN;

    /// <summary>How many connections there have been.</summary>
    public int Connections { get; private set; }

    /// <summary>Whether the server has told where the party is, since it was last connected to.</summary>
    public bool IsTold => _attempts.Exists(attempt => attempt.IsTold);

    /// <summary>When something of it was held up the last time, in true time.</summary>
    public double HeldUpAt { get; private set; } = double.NegativeInfinity;

    public int Jumps { get; private set; }

    /// <summary>Errors that the server sent.</summary>
    public List<string> Errors { get; } = [];

    public double TruePosition => _player.PositionAt(Local);

    /// <summary>What it takes to be in effect now.</summary>
    public TimedPlayback? Followed => Follower.TargetAt(Local)?.Playback;

    /// <summary>Told when another playback took effect here.</summary>
    public Action<SyncedClient, TimedPlayback>? TookEffect { get; init; }

    /// <summary>Told when a command was carried out.</summary>
    public Action<long, long>? Acknowledged { get; init; }

    private double Local => device.Local(floor.Agenda.Now);

    public void Connect()
    {
        if (_isGone)
        {
            return;
        }

        Connections++;
        ConnectingSince = floor.Agenda.Now;
        _race = new ConnectionRace<Attempt>(Follower.Constants);
        BeginAttempt();
    }

    public void Leave()
    {
        _isGone = true;
        ConnectingSince = double.NaN;
        _attempts.ForEach(attempt => attempt.Socket.Cut());
        _attempts.Clear();
    }

    /// <summary>Gives a command.</summary>
    /// <returns>Its number.</returns>
    public long Give(string command)
    {
        var number = ++_numbers;
        var meant = Math.Round(Follower.Clock.ToCluster(Local));
        _race.Winner?.Socket.Send(string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{number}},"timestamp":{{meant}},{{command}}}"""));
        return number;
    }

    private void BeginAttempt()
    {
        var node = floor.Nodes[floor.Random.Next(floor.Nodes.Count)];
        var since = Follower.Playback.Newest is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&since={_seq}");
        Attempt attempt = null!;
        var socket = new DelayedSocket(
            floor.Agenda, floor.Random, device.Path, frame => Hear(attempt, frame), () => Lose(attempt))
        {
            Overhear = floor.Truth.Overhear,
            HeldUp = () => HeldUpAt = floor.Agenda.Now,
        };
        attempt = new Attempt(socket, Local);
        _attempts.Add(attempt);
        var race = _race;
        race.Began(attempt, attempt.BeganAt);
        socket.Open(new Uri($"ws://{node.Authority}/api/v1/watch-parties/{floor.Party}/ws?token={token}&messages=none{since}"));
        if (double.IsFinite(race.NextAt))
        {
            floor.Agenda.At(device.True(race.NextAt), () =>
            {
                if (race == _race && !_isGone && !race.IsLost && double.IsFinite(race.NextAt))
                {
                    BeginAttempt();
                }
            });
        }
    }

    private void Hear(Attempt attempt, PartyFrame frame)
    {
        if (!_attempts.Contains(attempt))
        {
            return;
        }

        var local = Local;
        if (frame.Clock is { } clock)
        {
            Follower.Sample(new ClockSample(clock.T0, clock.T1, clock.T2, local));
            Report(attempt.Socket, local);
        }

        if (frame is { Playback: { } playback, Seq: { } seq })
        {
            foreach (var announced in frame.Before.Append(playback))
            {
                Follower.Take(announced, seq);
            }
        }

        _seq = Math.Max(_seq, frame.Seq ?? 0);
        if (frame.Type == "sync")
        {
            Follower.Note(frame.ServerTimeMs!.Value, local, attempt.BeganAt);
            if (!attempt.IsTold)
            {
                attempt.IsTold = true;
                Ping(attempt, new PingPacer(Follower.Constants, local));
            }
        }

        if (attempt.IsTold && Follower.Clock.IsKnown)
        {
            Drop(_race.HeardEnough(attempt));
        }

        if (frame is { Type: "ack", Id: { } id, Seq: { } at })
        {
            Acknowledged?.Invoke(id, at);
        }

        if (frame.Code is { } code)
        {
            Errors.Add(code);
        }

        Step();
    }

    private void Drop(IReadOnlyList<Attempt> losers)
    {
        foreach (var loser in losers)
        {
            _attempts.Remove(loser);
            loser.Socket.Cut();
        }
    }

    private void Ping(Attempt attempt, PingPacer pacer) => floor.Agenda.At(device.True(pacer.NextAt), () =>
    {
        if (!_attempts.Contains(attempt))
        {
            return;
        }

        var local = Local;
        pacer.Sent(local);
        attempt.Socket.Send(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"clock","t0":{{local:R}}}"""));
        Ping(attempt, pacer);
    });

    private void Report(DelayedSocket socket, double local)
    {
        if (local - _reportedAt < ReportEveryMs && Follower.Clock.RoundTripMs > 0 && Connections == _reportedFor)
        {
            return;
        }

        (_reportedAt, _reportedFor) = (local, Connections);
        var offset = _step?.ErrorMs is { } error ? string.Create(CultureInfo.InvariantCulture, $",\"offset_ms\":{error:F0}") : "";
        socket.Send(string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":"report","rtt_ms":{{Follower.Clock.RoundTripMs:F1}}{{offset}}}"""));
    }

    private void Step()
    {
        if (_isGone)
        {
            return;
        }

        var local = Local;
        var step = _step = Follower.Step(local, _player.Read(local));
        foreach (var action in step.Actions)
        {
            _player.Tell(action, local);
            Jumps += action.Verb == PlayerVerb.Seek ? 1 : 0;
        }

        if (Followed is { } followed && !ReferenceEquals(followed, _inEffect) && followed.AtMs <= Follower.Clock.ToCluster(local))
        {
            _inEffect = followed;
            TookEffect?.Invoke(this, followed);
        }

        // As a page does when its player says that it is ready.
        var wakeAt = _player.ReadyAt > local ? Math.Min(step.WakeAtMs, _player.ReadyAt) : step.WakeAtMs;
        var wake = ++_wakes;
        floor.Agenda.At(device.True(wakeAt), () =>
        {
            if (wake == _wakes)
            {
                Step();
            }
        });
    }

    private void Lose(Attempt attempt)
    {
        if (!_attempts.Remove(attempt))
        {
            return;
        }

        _race.Lost(attempt);
        if (_race.IsLost)
        {
            ConnectingSince = double.NaN;
            floor.Agenda.At(floor.Agenda.Now + SyntheticPlayer.Between(floor.Random, 100, 1_000), Connect);
        }
    }
}

/// <summary>An attempt to connect, and the connection that becomes of it.</summary>
/// <param name="socket">Where it goes through.</param>
/// <param name="beganAt">When it was begun, by the client's clock.</param>
internal sealed class Attempt(DelayedSocket socket, double beganAt)
{
    public DelayedSocket Socket => socket;

    public double BeganAt => beganAt;

    /// <summary>Whether it has told where the party is.</summary>
    public bool IsTold { get; set; }
}

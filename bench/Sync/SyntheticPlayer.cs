using AkkaParty.SyncClient;

namespace AkkaParty.Bench.Sync;

/// <summary>A player that takes time to load, to begin and to jump, and that is not read quite exactly; on its device's clock.</summary>
internal sealed class SyntheticPlayer(Random random)
{
    private const double NoiseMs = 4;
    private readonly double _startMs = Between(random, 5, 80);
    private readonly double _seekMs = Between(random, 20, 250);
    private string? _itemId;
    private double _position;
    private double _since;
    private bool _playing;
    private double _rate = 1;

    /// <summary>When it will have the data for where it is, by the own clock.</summary>
    public double ReadyAt { get; private set; }

    public static double Between(Random random, double from, double to) => from + (random.NextDouble() * (to - from));

    /// <summary>Where it really is.</summary>
    public double PositionAt(double local) => _position + (_playing ? Math.Max(local - _since, 0) * _rate : 0);

    public PlayerState Read(double local) => new(
        _itemId,
        PositionAt(local) + (_playing ? Between(random, -NoiseMs, NoiseMs) : 0),
        _playing,
        local >= ReadyAt,
        _rate,
        DurationMs: null);

    public void Tell(PlayerAction action, double local)
    {
        _position = PositionAt(local);
        _since = Math.Max(_since, local);
        switch (action.Verb)
        {
            case PlayerVerb.Load:
                (_itemId, _playing, _rate) = (action.ItemId, false, 1);
                MoveTo(action.PositionMs, local + Between(random, 100, 400));
                break;
            case PlayerVerb.Seek:
                MoveTo(action.PositionMs, local + (_seekMs * Between(random, 0.8, 1.3)));
                break;
            case PlayerVerb.Play when !_playing:
                _playing = true;
                _since = Math.Max(ReadyAt, local) + (_startMs * Between(random, 0.8, 1.3));
                break;
            case PlayerVerb.Pause:
                _playing = false;
                break;
            case PlayerVerb.Rate:
                _rate = action.Rate;
                break;
            default:
                break;
        }
    }

    private void MoveTo(double position, double readyAt)
    {
        _position = position;
        ReadyAt = readyAt;
        _since = Math.Max(_since, readyAt);
    }
}

namespace AkkaParty.SyncClient;

/// <summary>Keeps a player where the party is: what <c>web/src/sync/corrector.ts</c> does, number for number.</summary>
public sealed class Corrector
{
    private readonly ClockOffset _clock;
    private readonly PlaybackClock _playback;
    private readonly SyncConstants _constants;
    private readonly Latency _start;
    private readonly Latency _seek;
    private Latency? _measures;
    private double _actedAt = double.NegativeInfinity;
    private double _movedAt = double.NegativeInfinity;
    private double _movedTo = double.NaN;
    private Target? _followed;
    private double _readAt = double.NegativeInfinity;
    private double _readPosition;
    private int _suspicions;
    private List<PlayerAction> _actions = [];

    internal Corrector(ClockOffset clock, PlaybackClock playback, SyncConstants constants)
    {
        _clock = clock;
        _playback = playback;
        _constants = constants;
        _start = new Latency(constants.StartLatencyMs, constants);
        _seek = new Latency(constants.SeekLatencyMs, constants);
    }

    public double Nudge { get; private set; }

    public double StartLatencyMs => _start.Ms;

    public double SeekLatencyMs => _seek.Ms;

    public Step Step(double nowMs, PlayerState player)
    {
        _actions = [];
        double? cluster = _clock.IsGuessed ? _clock.ToCluster(nowMs) : null;
        var target = _playback.At(cluster ?? double.NegativeInfinity);
        if (target is null || (cluster is null && target.Playback.Playing))
        {
            return End(nowMs, null, busy: false, ready: false);
        }

        var changed = !ReferenceEquals(_followed?.Playback, target.Playback) || _followed.Playing != target.Playing;
        _followed = target;
        var next = cluster is { } time ? _playback.Next(time) : null;
        if (player.ItemId != target.Playback.ItemId)
        {
            Load(nowMs, target, changed);
            return End(nowMs, next, busy: false, ready: false);
        }

        if (target.Playback.Playing && !_clock.IsKnown)
        {
            return End(nowMs, next, busy: true, ready: false);
        }

        return target.Playing ? Play(nowMs, player, target, next, changed) : Rest(nowMs, player, target, next);
    }

    private void Load(double nowMs, Target target, bool changed)
    {
        Halt();
        if (changed || nowMs - _movedAt >= _constants.LatencyMaxMs)
        {
            var ahead = target.Playing ? _constants.LoadAheadMs * target.Playback.Rate : 0;
            var position = target.PositionMs + ahead;
            _actions.Add(new PlayerAction(PlayerVerb.Load, target.Playback.ItemId, position));
            _movedAt = nowMs;
            _movedTo = position;
        }
    }

    private Step Rest(double nowMs, PlayerState player, Target target, TimedPlayback? next)
    {
        var begins = next is { Playing: true } && next.ItemId == target.Playback.ItemId ? next : null;
        var startsAt = begins is null ? double.PositiveInfinity : _clock.ToLocal(begins.AtMs, nowMs) - _start.Ms;
        var position = begins?.PositionMs ?? target.PositionMs;
        var off = Math.Abs(player.PositionMs - position);
        var isThere = off <= _constants.PausedToleranceMs;
        SetRate(player, begins?.Rate ?? target.Playback.Rate);
        if (player.Ready && nowMs >= startsAt)
        {
            if (!player.Playing)
            {
                Halt();
                _actions.Add(new PlayerAction(PlayerVerb.Play));
                Measure(nowMs, isThere ? _start : null);
            }

            return End(nowMs, next, busy: true, ready: true);
        }

        Halt();
        if (player.Playing)
        {
            _actions.Add(new PlayerAction(PlayerVerb.Pause));
        }

        var wasSent = _movedTo == position && nowMs - _movedAt < _constants.LatencyMaxMs;
        if (!isThere && !wasSent)
        {
            Move(nowMs, position);
        }

        var isReady = player.Ready && off <= _constants.SettledMs;
        var step = End(nowMs, next, !isReady, isReady);
        return startsAt > nowMs ? step with { WakeAtMs = Math.Min(step.WakeAtMs, startsAt) } : step;
    }

    private Step Play(double nowMs, PlayerState player, Target target, TimedPlayback? next, bool changed)
    {
        var rate = target.Playback.Rate;
        var isOver = target.PositionMs >= player.DurationMs;
        if (isOver || !player.Ready)
        {
            _suspicions = 0;
            return End(nowMs, next, !isOver, ready: false);
        }

        var errorMs = (player.PositionMs - target.PositionMs) / rate;
        if (!player.Playing)
        {
            var startsAt = Begin(nowMs, player, target, errorMs);
            var waiting = End(nowMs, next, busy: true, ready: true);
            return waiting with { WakeAtMs = Math.Min(waiting.WakeAtMs, startsAt) };
        }

        var moves = Moves(nowMs, player);
        if (moves)
        {
            Learn(nowMs, errorMs);
        }
        else
        {
            _actedAt = nowMs;
            _suspicions = 0;
        }

        if (moves || changed)
        {
            Correct(nowMs, target, errorMs, changed);
        }

        SetRate(player, rate * (1 + Nudge));
        return End(nowMs, next, IsBusy(errorMs), ready: true) with { ErrorMs = errorMs };
    }

    private double Begin(double nowMs, PlayerState player, Target target, double errorMs)
    {
        var rate = target.Playback.Rate;
        if (ReferenceEquals(_measures, _seek))
        {
            _seek.Learn(errorMs - _constants.StartAheadMs);
        }

        Halt();
        SetRate(player, rate);
        var early = errorMs - _start.Ms;
        if (early > 0 && early <= _constants.WaitMaxMs)
        {
            return nowMs + Math.Max(early, 1);
        }

        if (early > 0 || early < -_constants.StartToleranceMs)
        {
            Move(nowMs, target.PositionMs + ((_seek.Ms + _constants.StartAheadMs) * rate));
            Measure(nowMs, _seek);
        }
        else
        {
            _actions.Add(new PlayerAction(PlayerVerb.Play));
            Measure(nowMs, _start);
        }

        return double.PositiveInfinity;
    }

    private void Correct(double nowMs, Target target, double errorMs, bool changed)
    {
        var size = Math.Abs(errorMs);
        var suspicious = size > (Nudge == 0 ? _constants.NudgeStartMs : _constants.SeekThresholdMs);
        _suspicions = suspicious ? _suspicions + 1 : 0;
        var isSure = _suspicions > 1;
        var mayJump = changed || (isSure && nowMs - _movedAt >= _constants.SeekCooldownMs);
        if (size > _constants.SeekThresholdMs && mayJump)
        {
            Halt();
            Move(nowMs, target.PositionMs + (_seek.Ms * target.Playback.Rate));
            Measure(nowMs, _seek);
            return;
        }

        var isEnough = Nudge == 0 ? !isSure || _measures is not null : size <= _constants.NudgeStopMs || errorMs * Nudge > 0;
        if (isEnough)
        {
            Nudge = 0;
            return;
        }

        var wanted = Math.Min(Math.Max(size / _constants.NudgeHorizonMs, _constants.NudgeMin), _constants.NudgeMax);
        var nudge = errorMs > 0 ? -wanted : wanted;
        if (Nudge == 0 || Math.Abs(nudge - Nudge) >= _constants.NudgeStep)
        {
            Nudge = nudge;
        }
    }

    private bool Moves(double nowMs, PlayerState player)
    {
        var passed = nowMs - _readAt;
        var moved = player.PositionMs - _readPosition;
        if (passed > 0)
        {
            _readAt = nowMs;
            _readPosition = player.PositionMs;
        }

        return passed > 0 && moved >= passed * player.Rate / 2;
    }

    private void Learn(double nowMs, double errorMs)
    {
        if (_measures is not null && nowMs - _actedAt >= _constants.LatencySettleMs)
        {
            _measures.Learn(errorMs);
            _measures = null;
        }
    }

    private void Move(double nowMs, double positionMs)
    {
        _actions.Add(new PlayerAction(PlayerVerb.Seek, PositionMs: positionMs));
        _movedAt = nowMs;
        _movedTo = positionMs;
    }

    private void Measure(double nowMs, Latency? latency)
    {
        _measures = latency;
        _actedAt = nowMs;
    }

    private void Halt()
    {
        Nudge = 0;
        _suspicions = 0;
        _measures = null;
    }

    private void SetRate(PlayerState player, double rate)
    {
        // As JavaScript rounds.
        var rounded = Math.Floor((rate * 1000) + 0.5) / 1000;
        if (Math.Abs(player.Rate - rounded) > 1e-6)
        {
            _actions.Add(new PlayerAction(PlayerVerb.Rate, Rate: rounded));
        }
    }

    private bool IsBusy(double errorMs) => Nudge != 0 || _measures is not null || Math.Abs(errorMs) > _constants.NudgeStartMs;

    private Step End(double nowMs, TimedPlayback? next, bool busy, bool ready)
    {
        var tick = nowMs + (busy ? _constants.BusyTickMs : _constants.TickMs);
        var effect = next is null ? tick : Math.Max(_clock.ToLocal(next.AtMs, nowMs), nowMs + 1);
        return new Step(_actions, Math.Min(tick, effect), null, ready);
    }
}

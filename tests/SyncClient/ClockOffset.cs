namespace AkkaParty.SyncClient;

/// <summary>One exchange of <c>clock</c> frames, in milliseconds.</summary>
/// <param name="T0">When it was sent, by the own clock.</param>
/// <param name="T1">When it was received, in cluster time.</param>
/// <param name="T2">When it was answered, in cluster time.</param>
/// <param name="T3">When the answer was read, by the own clock.</param>
public readonly record struct ClockSample(double T0, double T1, double T2, double T3);

/// <summary>How far cluster time is ahead of the own clock: what <c>web/src/sync/clockOffset.ts</c> does, number for number.</summary>
public sealed class ClockOffset(SyncConstants constants)
{
    private const double NoRoundTrip = double.PositiveInfinity;
    private readonly List<Bounds> _bounds = [];
    private readonly List<Anchor> _anchors = [];
    private double _anchoredAt = double.NaN;
    private double _drift;

    public bool IsKnown => _bounds.Exists(bounds => !double.IsPositiveInfinity(bounds.RoundTrip));

    public bool IsGuessed => _bounds.Count > 0;

    public double DriftPpm => _drift * 1e6;

    public int Steps { get; private set; }

    public double RoundTripMs
    {
        get
        {
            var last = _bounds.Where(bounds => !double.IsPositiveInfinity(bounds.RoundTrip))
                .TakeLast(constants.RoundTripSamples)
                .Select(bounds => bounds.RoundTrip)
                .Order()
                .ToList();
            return last.Count == 0 ? 0 : last[(int)Math.Floor(constants.RoundTripShare * (last.Count - 1))];
        }
    }

    public void Add(ClockSample sample)
    {
        var roundTrip = sample.T3 - sample.T0 - (sample.T2 - sample.T1);
        if (!double.IsFinite(roundTrip) || sample.T3 < sample.T0 || sample.T2 < sample.T1)
        {
            return;
        }

        Take(new Bounds(sample.T0, sample.T1 - sample.T0, sample.T3, sample.T2 - sample.T3, roundTrip));
        PlaceAnchor(sample.T3);
    }

    public void Note(double clusterMs, double localMs, double beganMs)
    {
        if (double.IsFinite(clusterMs - localMs) && beganMs <= localMs)
        {
            Take(new Bounds(beganMs, clusterMs - beganMs, localMs, clusterMs - localMs, NoRoundTrip));
        }
    }

    public double OffsetAt(double localMs)
    {
        var (lower, upper) = Between(_bounds, localMs);
        return (lower + upper) / 2;
    }

    public double UncertaintyAt(double localMs)
    {
        var (lower, upper) = Between(_bounds, localMs);
        return Math.Max((upper - lower) / 2, 0);
    }

    public double ToCluster(double localMs) => localMs + OffsetAt(localMs);

    public double ToLocal(double clusterMs, double aroundMs) => clusterMs - OffsetAt(aroundMs);

    private void Take(Bounds bounds)
    {
        var oldest = bounds.ReadAt - constants.SampleAgeMaxMs;
        _bounds.RemoveAll(kept => kept.ReadAt < oldest);
        if (_bounds.Count >= constants.SamplesMax)
        {
            _bounds.RemoveRange(0, _bounds.Count + 1 - constants.SamplesMax);
        }

        _bounds.Add(bounds);
        var (lower, upper) = Between(_bounds, bounds.ReadAt);
        if (lower - upper > constants.StepToleranceMs)
        {
            _bounds.Clear();
            _bounds.Add(bounds);
            _anchors.Clear();
            _drift = 0;
            _anchoredAt = bounds.ReadAt;
            Steps++;
        }
    }

    private (double Lower, double Upper) Between(IEnumerable<Bounds> samples, double at)
    {
        var widening = constants.AgeWideningPpm / 1e6;
        var upper = double.PositiveInfinity;
        var lower = double.NegativeInfinity;
        foreach (var sample in samples)
        {
            var sinceSent = at - sample.SentAt;
            var sinceRead = at - sample.ReadAt;
            upper = Math.Min(upper, sample.Upper + (_drift * sinceSent) + (widening * Math.Abs(sinceSent)));
            lower = Math.Max(lower, sample.Lower + (_drift * sinceRead) - (widening * Math.Abs(sinceRead)));
        }

        return (lower, upper);
    }

    private void PlaceAnchor(double now)
    {
        if (double.IsNaN(_anchoredAt))
        {
            _anchoredAt = now;
        }

        if (now - _anchoredAt < constants.DriftAnchorMs)
        {
            return;
        }

        var (lower, upper) = Between(_bounds.Where(bounds => bounds.ReadAt > _anchoredAt), now);
        _anchors.Add(new Anchor(now, (lower + upper) / 2));
        if (_anchors.Count > constants.DriftAnchorsMax)
        {
            _anchors.RemoveAt(0);
        }

        _anchoredAt = now;
        _drift = Slope();
    }

    private double Slope()
    {
        double at = 0;
        double offset = 0;
        foreach (var anchor in _anchors)
        {
            at += anchor.At / _anchors.Count;
            offset += anchor.Offset / _anchors.Count;
        }

        double products = 0;
        var squares = constants.DriftRidgeMs2;
        foreach (var anchor in _anchors)
        {
            products += (anchor.At - at) * (anchor.Offset - offset);
            squares += (anchor.At - at) * (anchor.At - at);
        }

        var most = constants.DriftMaxPpm / 1e6;
        return Math.Min(Math.Max(products / squares, -most), most);
    }

    private readonly record struct Bounds(double SentAt, double Upper, double ReadAt, double Lower, double RoundTrip);

    private readonly record struct Anchor(double At, double Offset);
}

using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>All that a decision about playback rests on: the party at a time.</summary>
/// <param name="Party">The party.</param>
/// <param name="At">The time.</param>
internal readonly record struct PlaybackScene(WatchState Party, DateTimeOffset At)
{
    /// <summary>Effects begin at whole steps of this, so that the timeline has an end however many commands there are.</summary>
    private const long StepTicks = 20 * TimeSpan.TicksPerMillisecond;

    /// <summary>What the party watches.</summary>
    internal PlaybackState State => Party.Play;

    /// <summary>When what is decided was meant, which may be a moment before it arrived; null when nobody says so.</summary>
    internal DateTimeOffset? MeantAt { get; init; }

    /// <summary>
    /// When a command takes effect that is given now: the lead after it was meant, but so late that the slowest client hears of it before
    /// (half of the lead is that one's round trip), and not before the effect of an earlier command.
    /// </summary>
    internal DateTimeOffset EffectAt => Later(Step(Later((MeantAt ?? At) + Lead, At + (Lead / 2))), State.Current.At);

    /// <summary>How long after a command it takes effect: twice the slowest round trip, within bounds.</summary>
    internal TimeSpan Lead => LeadOf(Party.SlowestRoundTripMs);

    /// <summary>Whether playing waits for somebody.</summary>
    internal bool MustWait => Party.Settings.WaitForReady && !Party.Reporters.IsEmpty;

    /// <summary>How many votes skip what plays.</summary>
    internal int VotesNeeded => Math.Max(1, ((Party.Settings.SkipPercent * Party.Connected.Count) + 99) / 100);

    /// <summary>How long after a command it takes effect.</summary>
    internal static TimeSpan LeadOf(int slowestRoundTripMs) =>
        TimeSpan.FromMilliseconds(Math.Clamp(2 * slowestRoundTripMs, WatchLimits.LeadMinMs, WatchLimits.LeadMaxMs));

    /// <summary>The later of two instants.</summary>
    internal static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The next whole step.</summary>
    internal static DateTimeOffset Step(DateTimeOffset instant)
    {
        var over = instant.Ticks % StepTicks;
        return over == 0 ? instant : instant.AddTicks(StepTicks - over);
    }

    /// <summary>A barrier as clients see it: at most <see cref="WatchLimits.BarrierNamesMax"/> are named.</summary>
    internal BarrierView View(PlaybackBarrier barrier)
    {
        var party = Party;
        List<string> first = [.. barrier.WaitsFor.Take(WatchLimits.BarrierNamesMax)];
        return new BarrierView(barrier.Id, first, [.. first.Select(id => party.Find(id)?.Person.Name ?? "")], barrier.EndsAt)
        {
            Count = barrier.WaitsFor.Count,
        };
    }
}

using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>All that a decision about playback rests on.</summary>
/// <param name="State">What the party watches.</param>
/// <param name="Settings">The party's settings.</param>
/// <param name="At">The time of the decision.</param>
/// <param name="Connected">The member ids of those who are connected.</param>
/// <param name="Reporters">Of those, whose clients say when they are ready.</param>
/// <param name="SlowestRoundTripMs">The round trip of the slowest of those connected, in milliseconds.</param>
/// <param name="NameOf">The name of a member.</param>
internal sealed record PlaybackScene(
    PlaybackState State,
    WatchSettings Settings,
    DateTimeOffset At,
    ImmutableSortedSet<string> Connected,
    ImmutableSortedSet<string> Reporters,
    int SlowestRoundTripMs,
    Func<string, string> NameOf)
{
    /// <summary>Effects begin at whole steps of this, so that the timeline has an end however many commands there are.</summary>
    private const long StepTicks = 20 * TimeSpan.TicksPerMillisecond;

    /// <summary>
    /// When a command takes effect that is given now: so late that the slowest client hears of it before, and not before the effect of an
    /// earlier command.
    /// </summary>
    internal DateTimeOffset EffectAt => Later(Step(At + Lead), State.Current.At);

    /// <summary>How long after a command it takes effect: twice the slowest round trip, within bounds.</summary>
    internal TimeSpan Lead => LeadOf(SlowestRoundTripMs);

    /// <summary>Whether playing waits for somebody.</summary>
    internal bool MustWait => Settings.WaitForReady && !Reporters.IsEmpty;

    /// <summary>How many votes skip what plays.</summary>
    internal int VotesNeeded => Math.Max(1, ((Settings.SkipPercent * Connected.Count) + 99) / 100);

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
        List<string> first = [.. barrier.WaitsFor.Take(WatchLimits.BarrierNamesMax)];
        return new BarrierView(barrier.Id, first, [.. first.Select(NameOf)], barrier.EndsAt, barrier.WaitsFor.Count);
    }
}

using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Somebody who hears of every event that their audience is told of.</summary>
/// <param name="audience">Whose frames they hear.</param>
/// <param name="since">The last event that they need not hear.</param>
internal sealed class Follower(string audience, long since = 0)
{
    private readonly HeardPlayback _heard = new(audience);

    /// <summary>One who comes late: begins with what the party shows.</summary>
    internal static Follower Joining(string audience, WatchState state, DateTimeOffset now)
    {
        var shown = PlaybackRules.Show(state, now);
        var durations = state.Play.Timeline.Stretches.ToDictionary(stretch => stretch.Playback, stretch => stretch.DurationMs);
        var follower = new Follower(audience, shown.Seq);
        follower._heard.Begin(shown.Before.Append(shown.Playback), playback => durations[playback]);
        return follower;
    }

    internal void Hear(WatchEvent @event, long seq)
    {
        if (seq > since && PlaybackSpec.Entity.ViewEvent(@event, seq, new Audience(audience)) is { } frame)
        {
            _heard.Hear(frame).ShouldBe(seq);
        }
    }

    /// <summary>The item and the position at a time; null before anything was heard.</summary>
    internal (string? ItemId, long PositionMs)? At(DateTimeOffset now) => _heard.At(now);
}

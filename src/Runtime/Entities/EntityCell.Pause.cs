namespace AkkaParty.Runtime.Entities;

/// <summary>
/// The pause after the subscribers have been told of events. What a turn costs beyond its commit is a send to each subscriber, however
/// many events it tells of: so whatever comes right after a turn that told many waits a moment for more, and goes together. The first
/// after a silence waits for nothing.
/// </summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    // Too short for anything to come together.
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(2);

    private long _pauseUntil;

    private void BeginPause(int subscribers)
    {
        var pause = Services.Options.PausePerSubscriber * subscribers;
        if (pause < PauseMin)
        {
            return;
        }

        var time = Services.Time;
        var span = pause < Services.Options.PauseMax ? pause : Services.Options.PauseMax;
        _pauseUntil = time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Whether what waits is to wait for more; then a call comes when it has waited long enough.</summary>
    private bool MustPause()
    {
        if (_pauseUntil == 0 || InboxIsEmpty || _leaves)
        {
            return false;
        }

        if (Services.Time.GetTimestamp() >= _pauseUntil)
        {
            _pauseUntil = 0;
            return false;
        }

        if (!IsPaused)
        {
            IsPaused = true;
            Services.Pauses.Add(this, _pauseUntil);
        }

        return true;
    }
}

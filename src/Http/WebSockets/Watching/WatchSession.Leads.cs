using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>
/// Telling where the party is. Whoever is told before a command has taken effect is told once more when it has: clients that go by the
/// position and by whether it plays, alone, would else stay where the party was.
/// </summary>
internal sealed partial class WatchSession
{
    private readonly Lock _leadGate = new();
    private ITimer? _lead;
    private Task _tellingAgain = Task.CompletedTask;
    private bool _isOver;

    private void SendState(PlaybackChanged state)
    {
        SendText(_dialect.State(Entity.Id, state));
        TellAgainAfter(state);
    }

    private void TellAgainAfter(PlaybackChanged state)
    {
        if (state.Before.Count == 0)
        {
            return;
        }

        lock (_leadGate)
        {
            if (!_isOver)
            {
                var left = state.Playback.At - Time;
                _lead ??= Shared.Time.CreateTimer(
                    static session => ((WatchSession)session!).TellAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _lead.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void TellAgain()
    {
        lock (_leadGate)
        {
            if (!_isOver)
            {
                _tellingAgain = TellAgainAsync(_tellingAgain);
            }
        }
    }

    private async Task TellAgainAsync(Task earlier)
    {
        await earlier;
        if (await ReadStateAsync(Seq) is { } state && !Closing)
        {
            SendState(state);
        }
    }

    private Task EndLeadAsync()
    {
        lock (_leadGate)
        {
            _isOver = true;
            _lead?.Dispose();
            return _tellingAgain;
        }
    }
}

using System.Net.WebSockets;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>What a person follows, opened again at another node whenever it ends or falls silent, from the last number shown.</summary>
internal abstract class PersonFeed(ClientPlan plan, Part part, HistoryFile history, int firstNode) : IDisposable
{
    private readonly Lock _gate = new();
    private int _node = firstNode;
    private int _connection;
    private long _shown;
    private TaskCompletionSource _changed = New();

    /// <summary>Their part.</summary>
    protected Part Part => part;

    /// <summary>Who they are.</summary>
    protected Seat Seat => part.Seat;

    /// <summary>Where to write what happens.</summary>
    protected HistoryFile History => history;

    /// <summary>The number of the connection that there is, or that comes next.</summary>
    protected int Connection => _connection;

    /// <summary>Keeps a connection until cancelled.</summary>
    public async Task LiveAsync(CancellationToken over)
    {
        var failures = 0;
        while (!over.IsCancellationRequested)
        {
            string reason;
            var shownBefore = Interlocked.Read(ref _shown);
            _connection++;
            try
            {
                reason = await FollowAsync(plan.Nodes[(_node & int.MaxValue) % plan.Nodes.Count], shownBefore, over);
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                reason = exception.Message;
            }

            history.Add(new Closed(Pace.Now, Seat.Entity, Seat.Person, _connection, reason));
            failures = Interlocked.Read(ref _shown) > shownBefore ? 0 : failures + 1;
            _node++;
            await Pace.UpToAsync(Math.Min(400, 50 * (failures + 1)), over);
        }
    }

    /// <summary>Waits until the entity was shown with a number or a later one; false when that did not happen in time.</summary>
    public Task<bool> IsShownAsync(long seq) => IsInTimeAsync(() => _shown >= seq);

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>Whether an exception means that the connection is lost.</summary>
    protected static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or HttpRequestException
            or InvalidOperationException;

    /// <summary>Opens a connection and reads it to its end.</summary>
    /// <param name="node">Where.</param>
    /// <param name="since">The last number that was shown.</param>
    /// <param name="over">Ends it.</param>
    /// <returns>How it ended.</returns>
    protected abstract Task<string> FollowAsync(Uri node, long since, CancellationToken over);

    /// <summary>The connection is open.</summary>
    protected void Open(Uri node, long since) =>
        history.Add(new Opened(Pace.Now, Seat.Entity, Seat.Person, _connection, node.Authority, part.Feed, since));

    /// <summary>Takes what was heard of the entity.</summary>
    /// <param name="heard">What.</param>
    /// <param name="since">What the connection was opened with.</param>
    protected void Take(Heard? heard, long since)
    {
        switch (heard)
        {
            case Heard.Begins begins:
                var from = begins.Resumed == true ? since : begins.Seq;
                history.Add(new Began(Pace.Now, Seat.Entity, Seat.Person, _connection, from));
                Change(() => _shown = Math.Max(_shown, from));
                break;
            case Heard.Shows(var sight):
                history.Add(new Shown(Pace.Now, Seat.Entity, Seat.Person, _connection, sight));
                Change(() => _shown = Math.Max(_shown, sight.Seq));
                break;
            case Heard.Trouble(var code):
                history.Add(new Retried(Pace.Now, Seat.Entity, Seat.Person, 0, code));
                break;
        }
    }

    /// <summary>Changes something under the lock, then wakes everybody who waits.</summary>
    protected void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }

    /// <summary>Does something under the lock that nobody waits for.</summary>
    protected T Locked<T>(Func<T> action)
    {
        lock (_gate)
        {
            return action();
        }
    }

    /// <summary>Waits until something is true; false when it did not become so in time.</summary>
    protected async Task<bool> IsInTimeAsync(Func<bool> look)
    {
        using var patience = new CancellationTokenSource(ClientPlan.LastPatience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (look())
                {
                    return true;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

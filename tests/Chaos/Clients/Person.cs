using System.Globalization;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>
/// Somebody in a party or a room: gives commands over a socket, or over plain calls, goes to another node when one does not answer, and
/// repeats what was not answered with the same id.
/// </summary>
internal sealed class Person : IDisposable
{
    private readonly ClientPlan _plan;
    private readonly Part _part;
    private readonly HistoryFile _history;
    private readonly NodeCalls _calls;
    private readonly PersonFeed _feed;
    private readonly PersonSocket? _socket;
    private readonly CancellationTokenSource _over = new();
    private long _last;
    private long _lastSeq;
    private long _acknowledged;
    private long _openCall;
    private Task _living = Task.CompletedTask;

    /// <param name="plan">The plan.</param>
    /// <param name="part">Their part.</param>
    /// <param name="history">Where they write what happens.</param>
    /// <param name="number">Their number among all people, which chooses their first node.</param>
    /// <param name="overCalls">Whether they give commands over plain calls.</param>
    public Person(ClientPlan plan, Part part, HistoryFile history, int number, bool overCalls)
    {
        (_plan, _part, _history) = (plan, part, history);
        _calls = new NodeCalls(plan.Nodes, number + 1);
        var socket = part.Feed == Feeds.Stream ? null : new PersonSocket(plan, part, history, number);
        _feed = socket is null ? new PersonStream(plan, part, history, number) : socket;
        _socket = overCalls ? null : socket;
    }

    /// <summary>How many of their commands were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged) + (_socket?.Acknowledged ?? 0);

    /// <summary>When their oldest open command was given; null when none is open.</summary>
    public long? OldestOpen => _socket is null ? Positive(Interlocked.Read(ref _openCall)) : _socket.OldestOpen;

    /// <summary>Whether their feed shows what happens, so that it comes to an end only with something to show.</summary>
    public bool ShowsEvents => !_part.ShowsStates;

    /// <summary>Gives commands until told to stop, and looks at the entity now and then; in the end all are answered.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        _living = _feed.LiveAsync(_over.Token);
        var looking = LookAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            await Pace.UpToAsync(2_000 / _plan.Rate, stop);
            if (_socket is null)
            {
                await CallAsync(Next());
            }
            else
            {
                await _socket.RoomAsync();
                await _socket.GiveAsync(Next());
            }
        }

        await looking;
        await (_socket?.UntilAnsweredAsync() ?? Task.CompletedTask);
    }

    /// <summary>Gives one last command, over a plain call.</summary>
    /// <returns>The number at which it holds; 0 when it was refused.</returns>
    public async Task<long> GiveLastAsync()
    {
        await CallAsync(Next());
        return _lastSeq;
    }

    /// <summary>
    /// Waits until their feed has come to the number that the entity has now, or to one that is named, and leaves. A feed that never does
    /// has no end in the history, which the checker finds.
    /// </summary>
    public async Task FinishAsync(long until)
    {
        var sight = await ReadAsync();
        var seq = until > 0 ? until : sight.Seq;
        if (await _feed.IsShownAsync(seq))
        {
            _history.Add(new Finished(Pace.Now, _part.Seat.Entity, _part.Seat.Person, seq));
        }

        await _over.CancelAsync();
        await _living;
    }

    public void Dispose()
    {
        _feed.Dispose();
        _calls.Dispose();
        _over.Dispose();
    }

    private PendingCommand Next()
    {
        var command = _part.Next(++_last);
        _history.Add(new Called(
            command.CalledAt, _part.Seat.Entity, _part.Seat.Person, command.Number, command.Kind, command.Value));
        return command;
    }

    private async Task CallAsync(PendingCommand command)
    {
        Interlocked.Exchange(ref _openCall, command.CalledAt);
        var (entity, person, number) = (_part.Seat.Entity, _part.Seat.Person, command.Number);
        var key = string.Create(CultureInfo.InvariantCulture, $"{person}-{number:D16}");
        _lastSeq = 0;
        try
        {
            var answer = await _calls.UntilAnsweredAsync(
                command.Call, key, code => _history.Add(new Retried(Pace.Now, entity, person, number, code)));
            _lastSeq = _part.SeqOf(answer);
            _history.Add(new Acknowledged(Pace.Now, entity, person, number, _lastSeq));
            Interlocked.Increment(ref _acknowledged);
        }
        catch (RefusedException refusal)
        {
            _history.Add(new Refused(Pace.Now, entity, person, number, refusal.Code));
        }

        _part.Close(command);
        Interlocked.Exchange(ref _openCall, 0);
    }

    private async Task LookAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Pace.UpToAsync(2_000, stop);
            _calls.TurnAway();
            await ReadAsync();
        }
    }

    private async Task<Sight> ReadAsync()
    {
        // Made again, it is another call: what it must not answer below is what was acknowledged before it was made.
        var began = Pace.Now;
        var answer = await _calls.UntilAnsweredAsync(_part.Look, retried: _ => Volatile.Write(ref began, Pace.Now));
        var sight = _part.See(answer);
        _history.Add(new Read(Pace.Now, _part.Seat.Entity, _part.Seat.Person, began, _calls.Node.Authority, sight));
        return sight;
    }

    private static long? Positive(long value) => value > 0 ? value : null;
}

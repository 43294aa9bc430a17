using System.Globalization;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>Who somebody is in a party.</summary>
internal sealed record Seat(string Party, string Person, string Token, bool IsHost);

/// <summary>
/// One participant: gives commands over a socket, or a few over plain calls, goes to another node when one does not answer, and
/// repeats what was not answered with the same id.
/// </summary>
internal sealed class Person : IDisposable
{
    private readonly ClientPlan _plan;
    private readonly Seat _seat;
    private readonly HistoryFile _history;
    private readonly CommandSource _commands;
    private readonly NodeCalls _calls;
    private readonly PersonSocket _socket;
    private readonly bool _overCalls;
    private readonly CancellationTokenSource _over = new();
    private long _last;
    private Task _living = Task.CompletedTask;

    /// <param name="plan">The plan.</param>
    /// <param name="seat">Who it is.</param>
    /// <param name="history">Where it writes what happens.</param>
    /// <param name="commands">What it does.</param>
    /// <param name="number">Its number among all people, which chooses its first node.</param>
    /// <param name="overCalls">Whether it gives its commands over plain calls.</param>
    public Person(ClientPlan plan, Seat seat, HistoryFile history, CommandSource commands, int number, bool overCalls)
    {
        (_plan, _seat, _history, _commands, _overCalls) = (plan, seat, history, commands, overCalls);
        _calls = new NodeCalls(plan.Nodes, number + 1);
        _socket = new PersonSocket(plan, seat, history, number);
    }

    /// <summary>How many of its commands were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged) + _socket.Acknowledged;

    /// <summary>When its oldest open command was given; null when none is open.</summary>
    public long? OldestOpen => _overCalls ? Positive(Interlocked.Read(ref _openCall)) : _socket.OldestOpen;

    private long _acknowledged;
    private long _openCall;

    /// <summary>Gives commands until told to stop, and looks at the party now and then; in the end all are answered.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        _living = _socket.LiveAsync(_over.Token);
        var looking = LookAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            await Pace.UpToAsync(2_000 / _plan.Rate, stop);
            var (value, payload) = _commands.Next();
            var command = new PendingCommand(++_last, Pace.Now, _commands.Kind, value, payload);
            _history.Add(new Called(command.CalledAt, _seat.Party, _seat.Person, command.Number, command.Kind, command.Value));
            await (_overCalls ? CallAsync(command) : _socket.GiveAsync(command));
        }

        await looking;
        await _socket.UntilAnsweredAsync();
    }

    /// <summary>
    /// Waits until its feed has come to the number that the party has now, and leaves. A feed that never does has no end in the history,
    /// which the checker finds.
    /// </summary>
    public async Task FinishAsync()
    {
        var sight = await ReadAsync();
        if (await _socket.IsShownAsync(sight.Seq))
        {
            _history.Add(new Finished(Pace.Now, _seat.Party, _seat.Person, sight.Seq));
        }

        await _over.CancelAsync();
        await _living;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _calls.Dispose();
        _over.Dispose();
    }

    private async Task CallAsync(PendingCommand command)
    {
        Interlocked.Exchange(ref _openCall, command.CalledAt);
        var path = command.Kind == CommandKind.Deadline ? "ranking-deadline" : "ballots/me";
        var key = string.Create(CultureInfo.InvariantCulture, $"{_seat.Person}-{command.Number:D6}");
        try
        {
            var answer = await _calls.UntilAnsweredAsync(
                "PUT", $"/api/party/{_seat.Party}/{path}", command.Payload, _seat.Token, key,
                code => _history.Add(new Retried(Pace.Now, _seat.Party, _seat.Person, command.Number, code)));
            _history.Add(new Acknowledged(
                Pace.Now, _seat.Party, _seat.Person, command.Number, answer.GetProperty("seq").GetInt64()));
            Interlocked.Increment(ref _acknowledged);
        }
        catch (RefusedException refusal)
        {
            _history.Add(new Refused(Pace.Now, _seat.Party, _seat.Person, command.Number, refusal.Code));
        }

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
        var answer = await _calls.UntilAnsweredAsync(
            "GET", $"/api/party/{_seat.Party}", null, null, null, _ => Volatile.Write(ref began, Pace.Now));
        var sight = SightReader.Of(answer);
        _history.Add(new Read(Pace.Now, _seat.Party, _seat.Person, began, _calls.Node.Authority, sight));
        return sight;
    }

    private static long? Positive(long value) => value > 0 ? value : null;
}

using AkkaParty.Accounts;
using AkkaParty.Protocol;
using Microsoft.Extensions.Hosting;

namespace AkkaParty.Http.Connections;

/// <summary>
/// All sessions of this node, and the one ticker that pings them, notices silence and blocked writes, and closes them
/// when the server stops.
/// </summary>
internal sealed class SessionRegistry : IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<ClientSession> _sessions = [];
    private readonly Dictionary<string, int> _perUser = new(StringComparer.Ordinal);
    private readonly SocketOptions _options;
    private readonly ISessions _accountSessions;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stopping;
    private readonly List<ClientSession> _round = [];
    private long _now = 1;
    private int _reserved;
    private bool _stopped;
    private int _ticking;

    /// <summary>Starts the ticker.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lifetime">Says when the server stops.</param>
    /// <param name="accountSessions">Says when a session of an account is ended, on whichever node.</param>
    public SessionRegistry(HttpOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ISessions accountSessions)
    {
        _options = options.Sockets;
        _accountSessions = accountSessions;
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((SessionRegistry)state!).Tick(), this, TickEvery, TickEvery);
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    /// <summary>The coarse clock: milliseconds since the start, from 1, moved by the ticker.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>The same clock, read instead of remembered.</summary>
    public long ExactNow => 1 + (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>How many sessions are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Takes a place for a connection before it is upgraded.</summary>
    /// <param name="user">Whose connection it is; null for nobody's, which only the node's own limit bounds.</param>
    /// <returns>The place, or null with the limit that was hit.</returns>
    public (IDisposable? Place, bool NodeIsFull) Reserve(string? user)
    {
        lock (_gate)
        {
            if (_stopped || _reserved >= _options.ConnectionsMax)
            {
                return (null, true);
            }

            if (user is not null)
            {
                var open = _perUser.GetValueOrDefault(user);
                if (open >= _options.ConnectionsPerUserMax)
                {
                    return (null, false);
                }

                _perUser[user] = open + 1;
            }

            _reserved++;
            return (new Place(this, user), false);
        }
    }

    /// <summary>Adds a session that has begun.</summary>
    /// <param name="session">The session.</param>
    public void Add(ClientSession session)
    {
        bool stopped;
        lock (_gate)
        {
            session.Slot = _sessions.Count;
            _sessions.Add(session);
            stopped = _stopped;
        }

        session.Gauge.Add(1);
        if (session.AccountSession is { } accountSession)
        {
            // One that was ended between the check of its token and this is told of as well.
            session.AccountWatch = _accountSessions.Watch(
                Guid.ParseExact(accountSession, "D"), () => session.Close(CloseCodes.TokenRevoked, dropPending: false));
        }

        if (stopped)
        {
            session.Close(CloseCodes.Restarting, dropPending: false);
        }
    }

    /// <summary>Removes a session that has ended.</summary>
    /// <param name="session">The session.</param>
    public void Remove(ClientSession session)
    {
        lock (_gate)
        {
            var last = _sessions[^1];
            _sessions[session.Slot] = last;
            last.Slot = session.Slot;
            _sessions.RemoveAt(_sessions.Count - 1);
        }

        session.AccountWatch?.Dispose();
        session.Gauge.Add(-1);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
    }

    private void Tick()
    {
        // A round that takes longer than a second is not joined by a second one.
        if (Interlocked.Exchange(ref _ticking, 1) == 1)
        {
            return;
        }

        Volatile.Write(ref _now, ExactNow);
        lock (_gate)
        {
            _round.AddRange(_sessions);
        }

        foreach (var session in _round)
        {
            session.Tick(_now);
        }

        _round.Clear();
        Volatile.Write(ref _ticking, 0);
    }

    private void Stop()
    {
        ClientSession[] all;
        lock (_gate)
        {
            _stopped = true;
            all = [.. _sessions];
        }

        foreach (var session in all)
        {
            session.Close(CloseCodes.Restarting, dropPending: false);
        }
    }

    private void Release(string? user)
    {
        lock (_gate)
        {
            _reserved--;
            if (user is null)
            {
                return;
            }

            var open = _perUser[user] - 1;
            if (open == 0)
            {
                _perUser.Remove(user);
            }
            else
            {
                _perUser[user] = open;
            }
        }
    }

    private sealed class Place(SessionRegistry registry, string? user) : IDisposable
    {
        private SessionRegistry? _registry = registry;

        public void Dispose() => Interlocked.Exchange(ref _registry, null)?.Release(user);
    }
}

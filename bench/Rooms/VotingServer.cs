using System.Globalization;
using System.Net.Http;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>A server in which rooms vote: ours, or the bare one.</summary>
/// <param name="Process">Its process.</param>
/// <param name="DatabaseId">The first process of the database beside it; null for none.</param>
/// <param name="Targets">Each room's members' request targets.</param>
/// <param name="Items">Each room's items.</param>
internal sealed record VotingServer(
    ServerProcess Process, int? DatabaseId, IReadOnlyList<IReadOnlyList<string>> Targets, IReadOnlyList<IReadOnlyList<string>> Items)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly VoteTimes _times = new();
    private Fleet<VotingRoom>? _fleet;

    /// <summary>The CPU time of the database's processes so far.</summary>
    public TimeSpan DatabaseCpu => DatabaseId is { } id
        ? Children(id).Append(id).Aggregate(TimeSpan.Zero, (sum, process) => sum + ServerProcess.CpuOf(process))
        : TimeSpan.Zero;

    public Fleet<VotingRoom> Fleet => _fleet ?? throw new InvalidOperationException("Nobody is connected.");

    /// <summary>Connects everybody and lets them get ready to vote.</summary>
    public void Connect()
    {
        _fleet = new Fleet<VotingRoom>(new Traffic(), traffic => new VotingRoom(traffic, _times));
        _fleet.Connect(Process.Address, Targets);
        _fleet.Settle(TimeSpan.FromSeconds(1));
        for (var room = 0; room < _fleet.Rooms.Count; room++)
        {
            _fleet.Rooms[room].Open(Items[room]);
        }
    }

    /// <summary>Votes for a while without looking.</summary>
    public void Warm(double perSecond, TimeSpan duration)
    {
        Fleet.RunByTicks(new VoteLoad(Fleet.Rooms, perSecond), duration);
        Drain();
    }

    /// <summary>Votes for a while and looks.</summary>
    public VoteCost Measure(double perSecond, TimeSpan window)
    {
        var load = new VoteLoad(Fleet.Rooms, perSecond);
        // The first moments belong to no window: a window that begins in silence counts votes whose answers come after it.
        Fleet.RunByTicks(load, window / 10);
        var cost = VoteCost.Measure(this, Fleet, _times, load, window);
        Drain();
        return cost;
    }

    /// <summary>Waits until every vote is acknowledged.</summary>
    /// <exception cref="InvalidOperationException">Some are not, within a minute.</exception>
    public void Drain()
    {
        var end = Stamp.Now + (long)Patience.TotalMicroseconds;
        while (Fleet.Rooms.Sum(room => room.InFlight) > 0)
        {
            if (Stamp.Now > end)
            {
                var open = Fleet.Rooms.Sum(room => room.InFlight);
                throw new InvalidOperationException(
                    $"{open} votes have no answer after {Patience.TotalSeconds} s; {Fleet.Lost} connections are lost.");
            }

            Fleet.RunByTicks(new NoLoad(), TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Reads the server's own counters.</summary>
    public async Task<Dictionary<string, double>> ReadMetricsAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Process.Address}") };
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#' && !line.Contains('{', StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _fleet?.Dispose();
        Process.Dispose();
    }

    private static IEnumerable<int> Children(int id) => File.ReadAllText($"/proc/{id}/task/{id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
        .Where(child => File.Exists($"/proc/{child}/stat"));
}

using System.Globalization;
using AkkaParty.Bench.Cluster;

namespace AkkaParty.Bench.Sync;

/// <summary>An evening: clients come, command, go, and lose nodes. What happens, happens on the agenda's thread.</summary>
internal sealed class SyncEvening
{
    private const double JoinSpreadMs = 3_000;
    private const double PlayAtMs = 6_000;
    private const double JoinEveryMs = 7_000;
    private static readonly double[] Rates = [0.5, 0.75, 1, 1, 1.25, 1.5, 2];
    private readonly SyncPlan _plan;
    private readonly Networks _networks;
    private readonly Random _random;
    private readonly Agenda _agenda;
    private readonly SyncFloor _floor;
    private readonly Queue<string> _tokens;
    private readonly List<SyncedClient> _present = [];
    private readonly double _origin;
    private bool _over;

    public SyncEvening(SyncPlan plan, Networks networks, Agenda agenda, SyncParty party, IReadOnlyList<Uri> nodes)
    {
        _plan = plan;
        _networks = networks;
        _agenda = agenda;
        _random = new Random(plan.Seed);
        _tokens = new Queue<string>(party.Guests);
        _floor = new SyncFloor(agenda, _random, party.Id, nodes, new PartyTruth());
        _origin = agenda.Now;
        Observer = new SyncObserver(agenda, _floor.Truth);
        Log = new CommandLog(_floor.Truth);
    }

    public SyncObserver Observer { get; }

    public CommandLog Log { get; }

    public List<SyncedClient> Clients { get; } = [];

    public int Kills { get; private set; }

    /// <summary>How many guests an evening takes.</summary>
    public static int GuestsOf(SyncPlan plan) => plan.Clients + (int)Math.Ceiling(plan.Minutes * 60_000 / JoinEveryMs) + 1;

    /// <summary>Lives through it.</summary>
    public async Task RunAsync(PartyCluster cluster)
    {
        _agenda.Post(0, Plan);
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(_plan.Minutes));
        var killing = KillAsync(cluster, over.Token);
        await Task.WhenAny(killing, _agenda.Failed).Unwrap();
        await _agenda.AskAsync(() =>
        {
            _over = true;
            Observer.End();
            Clients.ForEach(client => client.Leave());
            return true;
        });
        await killing;
    }

    private void Plan()
    {
        for (var client = 0; client < _plan.Clients; client++)
        {
            _agenda.At(_origin + (_random.NextDouble() * JoinSpreadMs), Join);
        }

        Observer.Begin();
        _agenda.At(_origin + PlayAtMs, () => Give("\"type\":\"play\""));
        Repeat(_origin + (2 * PlayAtMs), () => SyntheticPlayer.Between(_random, 4_000, 12_000), Command);
        Repeat(_origin + (3 * PlayAtMs), () => JoinEveryMs, () =>
        {
            Join();
            LetGo();
        });
    }

    private void Repeat(double at, Func<double> pause, Action run) => _agenda.At(at, () =>
    {
        if (!_over)
        {
            run();
            Repeat(at + pause(), pause, run);
        }
    });

    private void Join()
    {
        if (!_tokens.TryDequeue(out var token))
        {
            return;
        }

        var middle = SyntheticPlayer.Between(_random, _networks.LeastMs, _networks.MostMs);
        var lean = SyntheticPlayer.Between(_random, -_networks.Asymmetry, _networks.Asymmetry);
        var path = new LinkPath(middle * (1 + lean), middle * (1 - lean), Jitter: 0.1, _plan.Stalled);
        var drift = SyntheticPlayer.Between(_random, -100e-6, 100e-6);
        var device = new Device(path, _origin, SyntheticPlayer.Between(_random, -10_000, 10_000), drift);
        SyncedClient client = null!;
        client = new SyncedClient(_floor, token, device)
        {
            TookEffect = (who, playback) => Log.TookEffect(who, playback.AtMs, _agenda.Now),
            Acknowledged = (number, seq) => Log.Acknowledged(client, number, seq),
        };
        Clients.Add(client);
        _present.Add(client);
        Observer.Watch(client);
        client.Connect();
    }

    private void LetGo()
    {
        var client = _present[_random.Next(_present.Count)];
        _present.Remove(client);
        Observer.Forget(client);
        client.Leave();
    }

    private void Command()
    {
        var isPlaying = _floor.Truth.At(_agenda.Now)?.Playing == true;
        var position = _random.Next(3_600_000).ToString(CultureInfo.InvariantCulture);
        var rate = Rates[_random.Next(Rates.Length)].ToString(CultureInfo.InvariantCulture);
        Give(_random.Next(isPlaying ? 3 : 1) switch
        {
            0 when !isPlaying => "\"type\":\"play\"",
            0 => "\"type\":\"pause\"",
            1 => $"\"type\":\"seek\",\"position_ms\":{position}",
            _ => $"\"type\":\"rate\",\"rate\":{rate}",
        });

        // Nobody wants to see the party rest for most of the evening.
        _agenda.At(_agenda.Now + 3_000, () =>
        {
            if (!_over && _floor.Truth.At(_agenda.Now)?.Playing == false)
            {
                Give("\"type\":\"play\"");
            }
        });
    }

    private void Give(string command)
    {
        var told = _present.Where(client => client.IsTold && client.Follower.Clock.IsKnown).ToList();
        if (told.Count > 0)
        {
            var client = told[_random.Next(told.Count)];
            Log.Gave(client, client.Give(command), _agenda.Now);
        }
    }

    private async Task KillAsync(PartyCluster cluster, CancellationToken over)
    {
        using var pace = new PeriodicTimer(_plan.KillEvery == TimeSpan.Zero ? TimeSpan.FromDays(1) : _plan.KillEvery);
        for (var number = 0; await TicksAsync(pace, over); number++)
        {
            var node = cluster.Nodes[number % cluster.Nodes.Count];
            node.Signal("KILL");
            Kills++;
            await node.EndedAsync();
            node.Start();
            await node.ReadyAsync();
        }
    }

    private static async Task<bool> TicksAsync(PeriodicTimer pace, CancellationToken over)
    {
        try
        {
            return await pace.WaitForNextTickAsync(over);
        }
        catch (OperationCanceledException)
        {
            // The evening is over.
            return false;
        }
    }
}

using System.Globalization;
using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Sync;

/// <summary>The tables of <c>bench sync</c>; all figures in milliseconds.</summary>
internal sealed class SyncReport(Figures goals)
{
    private static readonly string[] Figures = ["p50", "p90", "p99", "highest", "count"];
    private readonly Table _spread = new("Spread of true media positions while playing", ["paths", "between", .. Figures]);
    private readonly Table _settling = new("Until settled", ["paths", "after", .. Figures]);
    private readonly Table _commands = new("From a command to its effect", ["paths", "at", .. Figures]);
    private readonly Table _facts = new(
        "What happened",
        "paths", "clients", "connections", "commands", "unanswered", "kills", "jumps a client", "latest timer, ms", "errors", "load");

    public void Add(Networks networks, SyncEvening evening, Agenda agenda)
    {
        var name = networks.Description;
        var observer = evening.Observer;
        _spread.Add([name, "two settled clients", .. observer.Pairs.Cells()]);
        _spread.Add([name, "first and last of all", .. observer.Widest.Cells()]);
        foreach (var cause in Enum.GetValues<Disturbance>())
        {
            _settling.Add([name, Word(cause), .. observer.Settling[cause].Cells()]);
            _settling.Add([name, Word(cause) + ", free", .. observer.SettlingFreely[cause].Cells()]);
        }

        Judge(networks, evening);
        foreach (var freely in (bool[])[false, true])
        {
            var (each, slowest) = evening.Log.Times(freely);
            _commands.Add([name, "each client" + (freely ? ", free" : ""), .. each.Cells()]);
            _commands.Add([name, "the slowest client" + (freely ? ", free" : ""), .. slowest.Cells()]);
        }

        var clients = evening.Clients;
        var errors = clients.SelectMany(client => client.Errors).CountBy(code => code).Select(count => $"{count.Key} {count.Value}");
        _facts.Add(
            name,
            Show(clients.Count),
            Show(clients.Sum(client => client.Connections)),
            Show(evening.Log.Count),
            Show(evening.Log.Unanswered),
            Show(evening.Kills),
            Show(clients.Average(client => client.Jumps)),
            Show(agenda.LatestMs),
            string.Join(", ", errors),
            Machine.LoadAverage());
    }

    public void Print()
    {
        _spread.Print();
        _settling.Print();
        _commands.Print();
        _facts.Print();
    }

    private void Judge(Networks networks, SyncEvening evening)
    {
        var (name, observer) = (networks.Description, evening.Observer);
        switch (networks.Name)
        {
            case "symmetric":
                goals.AtMost($"{name}: spread, median", observer.Pairs.Percentile(50), 20, "F1", "ms");
                goals.AtMost($"{name}: spread, p99", observer.Pairs.Percentile(99), 80, "F1", "ms");
                break;
            case "lopsided":
                goals.AtMost($"{name}: spread, p99", observer.Pairs.Percentile(99), 150, "F1", "ms");
                break;
            default:
                break;
        }

        foreach (var cause in (Disturbance[])[Disturbance.Join, Disturbance.Reconnect])
        {
            // Reconnecting needs a node that was killed.
            if (observer.SettlingFreely[cause].Count > 0)
            {
                var word = $"{name}: settled after {Word(cause)}, p99";
                goals.AtMost(word, observer.Settling[cause].Percentile(99), 3_000, "N0", "ms");
                goals.AtMost($"{word}, free", observer.SettlingFreely[cause].Percentile(99), 3_000, "N0", "ms");
            }
        }

        var effect = evening.Log.Times(freely: true).Slowest;
        var limit = networks.Name == "lan" ? 300 : 1_200;
        goals.AtMost($"{name}: command to effect at the slowest, p99, free", effect.Percentile(99), limit, "N0", "ms");
    }

    private static string Word(Disturbance cause) => cause switch
    {
        Disturbance.Join => "joining",
        Disturbance.Reconnect => "reconnecting",
        _ => "a command",
    };

    private static string Show(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    private static string Show(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

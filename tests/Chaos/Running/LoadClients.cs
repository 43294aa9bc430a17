using System.Diagnostics;
using System.Globalization;
using AkkaParty.Chaos.Machines;

namespace AkkaParty.Chaos.Running;

/// <summary>How much load there is.</summary>
/// <param name="Processes">Client processes.</param>
/// <param name="Parties">Parties of each.</param>
/// <param name="People">People of each party and room.</param>
/// <param name="Rate">Commands a second of one person.</param>
/// <param name="Rooms">Rooms of each.</param>
internal sealed record LoadPlan(int Processes, int Parties, int People, double Rate, int Rooms = 0);

/// <summary>The client processes of a run, and what they say of their progress.</summary>
internal sealed class LoadClients : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly List<ClientProcess> _clients = [];

    private LoadClients()
    {
    }

    /// <summary>The files they write.</summary>
    public IReadOnlyList<string> Histories => [.. _clients.Select(client => client.History)];

    /// <summary>How many commands were acknowledged so far.</summary>
    public long Acknowledged => _clients.Sum(client => client.Acknowledged);

    /// <summary>Starts them and waits until all parties and rooms are open and people work.</summary>
    public static async Task<LoadClients> StartAsync(Cluster cluster, LoadPlan plan)
    {
        var load = new LoadClients();
        for (var number = 1; number <= plan.Processes; number++)
        {
            var history = Path.Combine(cluster.Folder, string.Create(CultureInfo.InvariantCulture, $"history{number}.tsv"));
            load._clients.Add(new ClientProcess(cluster.Urls, history, plan));
        }

        await Pace.UntilAsync(
            "the clients to work", Patience, () => Task.FromResult(load._clients.All(client => client.IsWorking())), load.Say);
        return load;
    }

    /// <summary>Waits until every command that was given before an instant is answered.</summary>
    public Task ServedSinceAsync(long instant) => Pace.UntilAsync(
        "everybody to be served", Patience, () => Task.FromResult(_clients.All(client => client.IsServedSince(instant))), Say);

    /// <summary>Lets them end in order: every command answered, every feed complete.</summary>
    public async Task FinishAsync()
    {
        foreach (var client in _clients)
        {
            client.Stop();
        }

        foreach (var client in _clients)
        {
            await client.EndAsync(Patience);
        }
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private string Say() => string.Join(Environment.NewLine, _clients.Select(client => client.Said));

    private sealed class ClientProcess : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly Queue<string> _lines = [];
        private readonly Process _process;
        private long _heardAt;
        private long _oldestOpen;
        private bool _finished;

        public ClientProcess(IReadOnlyList<Uri> nodes, string history, LoadPlan plan)
        {
            History = history;
            string[] arguments =
            [
                "client", "--history", history,
                "--parties", plan.Parties.ToString(CultureInfo.InvariantCulture),
                "--rooms", plan.Rooms.ToString(CultureInfo.InvariantCulture),
                "--people", plan.People.ToString(CultureInfo.InvariantCulture),
                "--rate", plan.Rate.ToString(CultureInfo.InvariantCulture),
                "--nodes", .. nodes.Select(node => node.ToString()),
            ];
            _process = new Process
            {
                StartInfo = new ProcessStartInfo(ServerProgram.Chaos, arguments)
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                },
            };
            _process.OutputDataReceived += (_, line) => Hear(line.Data);
            _process.ErrorDataReceived += (_, line) => Hear(line.Data);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string History { get; }

        public long Acknowledged { get; private set; }

        public string Said
        {
            get
            {
                lock (_gate)
                {
                    return string.Join(Environment.NewLine, _lines);
                }
            }
        }

        public bool IsWorking()
        {
            ThrowIfOver();
            return Acknowledged > 0;
        }

        public bool IsServedSince(long instant)
        {
            ThrowIfOver();
            lock (_gate)
            {
                // What it said must be younger than the instant, or it could not know.
                return Pace.Milliseconds(instant, _heardAt) > 1_000 && (_oldestOpen == 0 || _oldestOpen > instant);
            }
        }

        public void Stop() => _process.StandardInput.Close();

        public async Task EndAsync(TimeSpan patience)
        {
            try
            {
                await _process.WaitForExitAsync().WaitAsync(patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"A client did not end within {patience.TotalSeconds:0} s. It said:{Environment.NewLine}{Said}");
            }

            if (_process.ExitCode != 0 || !_finished)
            {
                throw new InvalidOperationException($"A client ended with code {_process.ExitCode}. It said:{Environment.NewLine}{Said}");
            }
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        private void ThrowIfOver()
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"A client ended with code {_process.ExitCode}. It said:{Environment.NewLine}{Said}");
            }
        }

        private void Hear(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (_gate)
            {
                _lines.Enqueue(line);
                if (_lines.Count > 30)
                {
                    _lines.Dequeue();
                }

                _finished |= line == "finished";
                if (line.Split(' ') is ["progress", var acknowledged, var oldest])
                {
                    Acknowledged = long.Parse(acknowledged, CultureInfo.InvariantCulture);
                    _oldestOpen = long.Parse(oldest, CultureInfo.InvariantCulture);
                    _heardAt = Pace.Now;
                }
            }
        }
    }
}

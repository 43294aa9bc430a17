using System.Diagnostics;

namespace AkkaParty.Bench.Cluster;

/// <summary>This same program as a node with counters, so that the two ends of a link share no process.</summary>
internal sealed class CounterProcess : IDisposable
{
    private readonly Process _process;

    private CounterProcess(Process process) => _process = process;

    /// <summary>The CPU time of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<CounterProcess> StartAsync(string name, string database)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "AkkaParty.Bench"), ["cluster-member", "--name", name, "--database", database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line == "ready")
            {
                return new CounterProcess(process);
            }
        }

        process.Dispose();
        throw new InvalidOperationException($"{name} did not start: {string.Join('\n', said)}");
    }

    /// <summary>Lets it leave the cluster.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

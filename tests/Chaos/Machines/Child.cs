using System.Diagnostics;
using System.Globalization;

namespace AkkaParty.Chaos.Machines;

/// <summary>A process of this run that may die at any moment; all that still run are ended when this one ends.</summary>
internal sealed class Child : IDisposable
{
    private static readonly HashSet<Child> Alive = [];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _log;

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        lock (Alive)
        {
            foreach (var child in Alive)
            {
                child._process.Kill(entireProcessTree: true);
            }
        }
    };

    private Child(Process process, string log) => (_process, _log) = (process, log);

    /// <summary>Whether it runs.</summary>
    public bool Running => !_process.HasExited;

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>What it returned.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it printed last.</summary>
    public string Output => File.Exists(_log) ? string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(60)) : string.Empty;

    /// <summary>Starts a program whose output is appended to a file.</summary>
    /// <param name="command">The program with its arguments.</param>
    /// <param name="settings">Environment variables; the server's other ones of this machine do not reach it.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="log">The file.</param>
    public static Child Start(
        IReadOnlyList<string> command, IEnumerable<KeyValuePair<string, string>> settings, string folder, string log)
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, .. command])
        {
            WorkingDirectory = folder,
        };
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToArray())
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        lock (Alive)
        {
            var process = Process.Start(info) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
            var child = new Child(process, log);
            Alive.Add(child);
            return child;
        }
    }

    /// <summary>Sends a signal.</summary>
    public Task SignalAsync(string signal) => Tool.RunAsync("kill", $"-{signal}", Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until it has ended.</summary>
    /// <returns>What it returned.</returns>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
            return ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"A process did not end within {Patience.TotalSeconds:0} s. It printed:{Environment.NewLine}{Output}");
        }
        finally
        {
            if (!Running)
            {
                Forget();
            }
        }
    }

    public void Dispose()
    {
        if (Running)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        Forget();
        _process.Dispose();
    }

    private void Forget()
    {
        lock (Alive)
        {
            Alive.Remove(this);
        }
    }

    private static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("AKKAPARTY_", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("TMDB_", StringComparison.Ordinal) || name is "PORT" or "SERVER_PORT" or "LOG_LEVEL" or "DATABASE_URL";
}

using System.Diagnostics;
using System.Globalization;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>How a server is started.</summary>
internal sealed record ServerStart
{
    /// <summary>Settings as environment variables, without the prefix <c>AkkaParty__</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The arguments; by default the server serves at the port it was given.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A program, with its arguments, that starts the server and stays its parent; empty for none.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];
}

/// <summary>
/// The server as people run it: its own process, a loopback port, a data directory of its own. Limits per client address are off unless
/// a test sets them, because here all clients have one address.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly HashSet<Process> Alive = [];

    private readonly ServerStart _start;
    private readonly DataFolder? _ownFolder;
    private readonly List<HttpClient> _clients = [];
    private ServerOutput _output = null!;
    private Process _process = null!;
    private HttpClient? _http;

    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        lock (Alive)
        {
            foreach (var process in Alive)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    };

    private ServerProcess(ServerStart start, DataFolder folder, bool ownsFolder)
    {
        _start = start;
        Folder = folder;
        _ownFolder = ownsFolder ? folder : null;
        Port = FreePort.Next();
    }

    /// <summary>Where it stores.</summary>
    public DataFolder Folder { get; }

    /// <summary>Where it listens; stays the same over restarts.</summary>
    public int Port { get; }

    /// <summary>The address to call.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>Calls the process that runs now.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>What the process that runs now has printed.</summary>
    public string Output => _output.ToString();

    /// <summary>Whether the process runs.</summary>
    public bool Running => !_process.HasExited;

    /// <summary>Physical memory in use by the server, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{ServerId}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    private int ServerId => _start.Under.Count == 0 ? _process.Id : ChildOf(_process.Id);

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(ServerStart? start = null, DataFolder? folder = null)
    {
        var server = new ServerProcess(start ?? new ServerStart(), folder ?? new DataFolder(), folder is null);
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server with settings, as pairs, and waits until it is ready.</summary>
    public static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(new ServerStart { Settings = settings.ToDictionary(s => s.Name, s => s.Value) });

    /// <summary>Runs a server that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(ServerStart start, DataFolder folder, int? port = null)
    {
        using var process = Begin(start, folder, port ?? FreePort.Next(), out var output);
        try
        {
            await Patience.For(process.WaitForExitAsync(), "the server to end by itself", Patience.Process, output.ToString);
            return (process.ExitCode, output.ToString());
        }
        finally
        {
            Forget(process);
        }
    }

    /// <summary>Starts it on the same port and data, and waits until it is ready. It must not be running.</summary>
    public async Task RestartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts it on the same port and data without waiting. It must not be running.</summary>
    public void Launch()
    {
        if (_process is { HasExited: false })
        {
            throw new InvalidOperationException("The server runs already.");
        }

        _process?.Dispose();
        _process = Begin(_start, Folder, Port, out _output);
        // Calls to the process before may still be failing: its client is disposed of at the end.
        _clients.Add(_http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Address,
            Timeout = Patience.Answer,
        });
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        var inTime = true;
        try
        {
            await Task.WhenAny(_output.Ready, _process.WaitForExitAsync()).WaitAsync(Patience.Process);
        }
        catch (TimeoutException)
        {
            inTime = false;
        }

        if (!_output.Ready.IsCompleted)
        {
            var how = inTime ? $"ended with code {_process.ExitCode}" : $"was not ready within {Patience.Process.TotalSeconds:0} s";
            throw new InvalidOperationException($"The server {how}. It printed:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Ends it as <c>kill -9</c> or a failing machine would.</summary>
    public async Task Kill9Async()
    {
        _process.Kill(entireProcessTree: true);
        await Patience.For(_process.WaitForExitAsync(), "the killed server to be gone", Patience.Process);
        Forget(_process);
    }

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ServerId.ToString(CultureInfo.InvariantCulture)]);
        await Patience.For(_process.WaitForExitAsync(), "the server to end after SIGTERM", Patience.Process, () => Output);
        Forget(_process);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_process is not null)
        {
            if (!_process.HasExited)
            {
                await Kill9Async();
            }

            Forget(_process);
            _process.Dispose();
        }

        _ownFolder?.Dispose();
    }

    private static Process Begin(ServerStart start, DataFolder folder, int port, out ServerOutput output)
    {
        if (!File.Exists(Repository.Server))
        {
            throw new InvalidOperationException($"{Repository.Server} was not built: 'dotnet build src/Node -c Release' does it.");
        }

        string[] serve = ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")];
        string[] command = [.. start.Under, Repository.Server, .. start.Arguments.Count > 0 ? start.Arguments : serve];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.Home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(info, start, folder);
        var printed = new ServerOutput();
        var process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, line) => printed.Add(line.Data);
        process.ErrorDataReceived += (_, line) => printed.Add(line.Data);
        lock (Alive)
        {
            process.Start();
            Alive.Add(process);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        output = printed;
        return process;
    }

    private static void SetEnvironment(ProcessStartInfo info, ServerStart start, DataFolder folder)
    {
        // Nothing of this machine's own configuration reaches the server.
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToArray())
        {
            info.Environment.Remove(name);
        }

        info.Environment["AkkaParty__DataDirectory"] = folder.Data;
        info.Environment["AkkaParty__Admin__Listen"] = "0";
        foreach (var limit in (string[])["Create", "Join", "Search", "Read", "Token", "Connect"])
        {
            info.Environment[$"AkkaParty__RateLimits__{limit}PerMinute"] = "0";
        }

        foreach (var (name, value) in start.Settings)
        {
            info.Environment["AkkaParty__" + name] = value;
        }
    }

    private static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("TMDB_", StringComparison.Ordinal) || name is "PORT" or "SERVER_PORT" or "LOG_LEVEL" or "DATABASE_URL";

    private static int ChildOf(int parent)
    {
        var children = File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(children.Single(), CultureInfo.InvariantCulture);
    }

    private static void Forget(Process process)
    {
        lock (Alive)
        {
            Alive.Remove(process);
        }
    }
}

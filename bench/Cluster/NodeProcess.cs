using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using AkkaParty.Bench.Sockets;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Cluster;

/// <summary>One node of a real cluster: the program that <c>./run</c> starts, with a database and links.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly string _program;
    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _said = [];
    private Process? _process;

    /// <param name="program">The server's executable.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="database">The connection string.</param>
    /// <param name="secret">What the nodes of its cluster know.</param>
    /// <param name="more">Further settings; null for none.</param>
    public NodeProcess(
        string program, int number, string folder, string database, string secret, IReadOnlyDictionary<string, string>? more = null)
    {
        _program = program;
        Name = string.Create(CultureInfo.InvariantCulture, $"node-{number}");
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        _settings = new Dictionary<string, string>(PartyServer.Settings)
        {
            ["AkkaParty__RateLimits__TokenPerMinute"] = "0",
            ["AkkaParty__RateLimits__SearchPerMinute"] = "0",
            ["AkkaParty__DataDirectory"] = Path.Combine(folder, Name),
            ["AkkaParty__Urls"] = Url.ToString(),
            ["AkkaParty__Store__ConnectionString"] = database,
            ["AkkaParty__Cluster__NodeName"] = Name,
            ["AkkaParty__Cluster__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}"),
            ["AkkaParty__Cluster__Secret"] = secret,
            ["AkkaParty__Admin__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}"),
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            _settings[name] = value;
        }
    }

    public string Name { get; }

    public Uri Url { get; }

    /// <summary>Starts it, without waiting.</summary>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    public void Start()
    {
        if (!File.Exists(_program))
        {
            throw new InvalidOperationException(
                $"There is no server at {_program}: build it with 'dotnet build src/Node -c Release', or name it with --server.");
        }

        var start = new ProcessStartInfo(_program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public Task ReadyAsync() => Patiently.UntilAsync($"{Name} to be ready", Patience, IsReadyAsync, LastWords);

    /// <summary>Sends it a signal, as <c>kill</c> does.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    public Task EndedAsync() => _process!.WaitForExitAsync();

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process is null or { HasExited: true })
        {
            throw new InvalidOperationException($"{Name} ended. {LastWords()}");
        }

        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
        }
    }

    private string LastWords()
    {
        lock (_said)
        {
            return string.Join('\n', _said.TakeLast(20));
        }
    }
}

using System.Globalization;
using System.Net;

namespace AkkaParty.Chaos.Machines;

/// <summary>Where a node is and how it is started.</summary>
internal sealed record NodeSetup
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its name in the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Its address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Settings as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>A program, with its arguments, that starts the node and becomes it; empty for none.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>The port for clients.</summary>
    public required int Port { get; init; }
}

/// <summary>A node as operators run it: a process of its own.</summary>
internal sealed class ClusterNode(NodeSetup setup) : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private Child? _child;

    /// <summary>Its number, from 1.</summary>
    public int Number => setup.Number;

    /// <summary>Its name in the cluster.</summary>
    public string Name => setup.Name;

    /// <summary>Its address for clients.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://{setup.Address}:{setup.Port}"));

    /// <summary>Whether its process runs.</summary>
    public bool Running => _child is { Running: true };

    /// <summary>Its process.</summary>
    public Child Process => _child ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>Its data directory.</summary>
    public string Data => Path.Combine(setup.Folder, "data");

    /// <summary>Its log.</summary>
    public string LogFile => Path.Combine(setup.Folder, "log");

    /// <summary>Starts it without waiting.</summary>
    public void Start()
    {
        if (Running)
        {
            throw new InvalidOperationException($"{Name} runs already.");
        }

        Directory.CreateDirectory(setup.Folder);
        _child?.Dispose();
        _child = Child.Start(
            [.. setup.Under, ServerProgram.Server],
            [
                .. setup.Settings,
                KeyValuePair.Create("AkkaParty__DataDirectory", Data),
                KeyValuePair.Create("AkkaParty__Urls", Url.ToString()),
            ],
            setup.Folder,
            LogFile);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public Task ReadyAsync(TimeSpan? patience = null) => Pace.UntilAsync(
        $"{Name} to be ready",
        patience ?? TimeSpan.FromSeconds(60),
        async () => Running ? await IsReadyAsync() : throw new InvalidOperationException(
            $"{Name} ended with code {Process.ExitCode}. It printed:{Environment.NewLine}{Process.Output}"),
        () => Process.Output);

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync() => (await GetAsync("/health/ready")).Status == HttpStatusCode.OK;

    /// <summary>Asks it something.</summary>
    /// <returns>The answer; no status when there was none.</returns>
    public async Task<(HttpStatusCode? Status, string Body)> GetAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Url, path));
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Ends it as a failing machine would.</summary>
    public async Task Kill9Async()
    {
        await Process.SignalAsync("KILL");
        await Process.EndAsync();
    }

    /// <summary>Asks it to end in order, and waits.</summary>
    /// <returns>What it returned.</returns>
    public async Task<int> TerminateAsync()
    {
        await Process.SignalAsync("TERM");
        return await Process.EndAsync();
    }

    public void Dispose() => _child?.Dispose();
}

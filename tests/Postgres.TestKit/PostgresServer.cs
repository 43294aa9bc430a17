using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace AkkaParty.Postgres.TestKit;

/// <summary>
/// A PostgreSQL server of this process's own, in a folder of its own, as a cluster would have it (fsync on). It ends with this
/// process, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => StartSharedAsync());

    private readonly string _folder;
    private readonly string[] _settings;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _shell;
    private readonly ConcurrentBag<string> _empty = [];
    private int _databases;

    private PostgresServer(string folder, int port, string[] settings)
    {
        _folder = folder;
        Port = port;
        _settings = settings;
    }

    /// <summary>Where it listens on the loopback address.</summary>
    public int Port { get; }

    /// <summary>The folder with its data.</summary>
    public string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>The process id of the server's first process while it runs.</summary>
    public int ProcessId { get; private set; }

    /// <summary>What it has logged lately.</summary>
    public IReadOnlyCollection<string> Said => _said;

    /// <summary>The one server that this process's tests share; started when it is first asked for. Nobody may stop it.</summary>
    public static Task<PostgresServer> SharedAsync() => SharedServer.Value;

    /// <summary>Starts a server for somebody alone, who may stop and start it.</summary>
    /// <param name="settings">Settings besides the usual ones, as <c>name=value</c>.</param>
    /// <returns>The server, which takes connections.</returns>
    public static async Task<PostgresServer> StartNewAsync(params string[] settings)
    {
        var folder = await PostgresPrograms.CreateFolderAsync();
        return await StartNewInAsync(folder, settings);
    }

    /// <summary>Starts a server in a folder, for example one on a small disk.</summary>
    /// <param name="folder">The folder; the server's user must own it. It is removed with the server.</param>
    /// <param name="settings">Settings besides the usual ones, as <c>name=value</c>.</param>
    /// <returns>The server, which takes connections.</returns>
    public static Task<PostgresServer> StartNewInAsync(string folder, params string[] settings) =>
        StartNewInAsync(folder, Path.Combine(folder, "wal"), settings);

    /// <summary>Starts a server whose write-ahead log is on a disk of its own.</summary>
    /// <param name="walFolder">Where the log goes; the server's user must be able to make this folder.</param>
    /// <param name="settings">Settings besides the usual ones, as <c>name=value</c>.</param>
    /// <returns>The server, which takes connections.</returns>
    public static async Task<PostgresServer> StartNewWithWalInAsync(string walFolder, params string[] settings) =>
        await StartNewInAsync(await PostgresPrograms.CreateFolderAsync(), walFolder, settings);

    private static async Task<PostgresServer> StartNewInAsync(string folder, string walFolder, string[] settings)
    {
        var server = new PostgresServer(folder, FreePort.Next(), settings);
        await PostgresPrograms.RunAsync(
            "initdb", "-D", server.DataDirectory, "-X", walFolder, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8",
            "--locale=C.UTF-8");
        await server.StartAsync();
        return server;
    }

    /// <summary>The connection string of one of its databases.</summary>
    /// <param name="database">The database's name.</param>
    /// <returns>The connection string.</returns>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    /// <summary>Creates an empty database, or finds one that is empty again.</summary>
    /// <returns>The database; whoever asked for it disposes of it.</returns>
    public async Task<PostgresDatabase> CreateDatabaseAsync()
    {
        if (_empty.TryTake(out var empty))
        {
            return new PostgresDatabase(this, empty);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new PostgresDatabase(this, name);
    }

    /// <summary>Runs statements in the server's own database.</summary>
    /// <param name="sql">The statements.</param>
    /// <returns>A task that completes when they have run.</returns>
    public Task ExecuteAsync(string sql) => new PostgresDatabase(this, "postgres").ExecuteAsync(sql);

    /// <summary>Starts it again after it was stopped or has died.</summary>
    /// <returns>A task that completes when it takes connections.</returns>
    public async Task StartAsync()
    {
        await CrashAsync();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var shell = PostgresPrograms.StartServer(
        [
            "-D", DataDirectory,
            "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-k", _folder,
            "-c", "listen_addresses=127.0.0.1",
            "-c", "max_connections=200",
            "-c", "log_min_messages=warning",
            .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ]);
        _shell = shell;
        shell.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        shell.BeginErrorReadLine();
        ProcessId = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using var watched = Process.GetProcessById(ProcessId);
        var ended = watched.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ended)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {string.Join('\n', _said)}");
        }
    }

    /// <summary>Stops it without a checkpoint and without a word to its clients, as a crash does.</summary>
    /// <returns>A task that completes when it is gone.</returns>
    public Task CrashAsync() => StopAsync("QUIT");

    /// <summary>Stops it in good order; open sessions are told and ended. Nothing happens when it does not run.</summary>
    /// <returns>A task that completes when it is gone.</returns>
    public Task StopAsync() => StopAsync("INT");

    /// <summary>Lets all of its processes stand still.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Lets them go on.</summary>
    public void Resume() => Signal("CONT");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Takes an emptied database back: creating and dropping one costs the server a checkpoint each.</summary>
    internal void TakeBack(string database) => _empty.Add(database);

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartNewAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    private async Task StopAsync(string signal)
    {
        if (Interlocked.Exchange(ref _shell, null) is not { } shell)
        {
            return;
        }

        using (shell)
        {
            await shell.StandardInput.WriteLineAsync(signal);
            await shell.StandardInput.FlushAsync();
            await shell.WaitForExitAsync().WaitAsync(Patience);
        }
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        const int LinesMax = 200;
        _said.Enqueue(line);
        while (_said.Count > LinesMax)
        {
            _said.TryDequeue(out _);
        }

        if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    private void Signal(string signal)
    {
        var children = File.ReadAllText($"/proc/{ProcessId}/task/{ProcessId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        using var kill = Process.Start("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture), .. children]);
        kill.WaitForExit();
    }
}

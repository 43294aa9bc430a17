using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AkkaParty.Postgres.TestKit;
using Npgsql;

namespace AkkaParty.Chaos.Machines;

/// <summary>How a PostgreSQL is set up.</summary>
internal sealed record DatabaseSetup
{
    /// <summary>The address it listens on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The folder its data is in, made beforehand; null for one among the scratch files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Environment variables of its processes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Further settings, each <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}

/// <summary>A real PostgreSQL, durable as it has to be, that can be stopped, killed and started again.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string User = "akkaparty";
    private readonly DatabaseSetup _setup;
    private readonly string _folder;
    private readonly string _data;
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private Database(string folder, DatabaseSetup setup)
    {
        _folder = folder;
        _setup = setup;
        _data = setup.DataFolder ?? Path.Combine(folder, "data");
        Port = FreePort.Next();
    }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>What it logged.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : string.Empty;

    private string LogFile => Path.Combine(_folder, "log");

    private static string Programs { get; } = Directory.GetDirectories("/usr/lib/postgresql")
        .Select(version => Path.Combine(version, "bin"))
        .Last(bin => File.Exists(Path.Combine(bin, "initdb")));

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Makes a new one and starts it.</summary>
    /// <param name="folder">A folder for it, made here.</param>
    /// <param name="setup">How.</param>
    public static async Task<Database> StartNewAsync(string folder, DatabaseSetup? setup = null)
    {
        var database = new Database(folder, setup ?? new DatabaseSetup());
        await database.CreateAsync();
        await database.StartAsync();
        return database;
    }

    /// <summary>Where a database of it is, as the server takes it.</summary>
    public string ConnectionString(string name = "postgres") => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={_setup.Address};Port={Port};Database={name};Username={User};Password={_password};Include Error Detail=true");

    /// <summary>Makes a new, empty database.</summary>
    /// <returns>Where it is.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return ConnectionString(name);
    }

    /// <summary>Carries out a statement.</summary>
    public async Task ExecuteAsync(string sql, string name = "postgres")
    {
        await using var connection = await ConnectAsync(name);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Opens a connection that is nobody else's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string name = "postgres")
    {
        var connection = new NpgsqlConnection(ConnectionString(name) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -k {_folder} -c listen_addresses={_setup.Address} -c max_connections=300")
            + string.Concat(_setup.Settings.Select(setting => $" -c {setting}"));
        // After a kill its last processes hold the shared memory for a moment.
        await Pace.UntilAsync(
            "PostgreSQL to start",
            TimeSpan.FromSeconds(60),
            async () => (await TryRunAsync("pg_ctl", "-D", _data, "-l", LogFile, "-w", "-t", "60", "-o", options, "start")).ExitCode == 0,
            () => Log);
    }

    /// <summary>Stops it in order, cutting off whoever is connected.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", _data, "-m", "fast", "-w", "-t", "60", "stop");

    /// <summary>Ends it as a failing machine would.</summary>
    public async Task Kill9Async()
    {
        var pid = await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid"));
        await Tool.RunAsync("kill", "-9", pid[0]);
        await Pace.UntilAsync(
            "PostgreSQL to be gone", TimeSpan.FromSeconds(30), () => Task.FromResult(!Directory.Exists($"/proc/{pid[0]}")));
    }

    /// <summary>Whether it runs.</summary>
    public async Task<bool> IsRunningAsync() => (await TryRunAsync("pg_ctl", "-D", _data, "status")).ExitCode == 0;

    public async ValueTask DisposeAsync()
    {
        if (await IsRunningAsync())
        {
            await RunAsync("pg_ctl", "-D", _data, "-m", "immediate", "-w", "-t", "60", "stop");
        }
    }

    private async Task CreateAsync()
    {
        Directory.CreateDirectory(_folder);
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        if (IsRoot)
        {
            await Tool.RunAsync("chown", "-R", "postgres", _folder, _setup.DataFolder ?? _folder);
        }

        await RunAsync(
            "initdb", "-D", _data, "-U", User, "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync", "--wal-segsize=1");
        if (!IPAddress.IsLoopback(_setup.Address))
        {
            await File.AppendAllTextAsync(Path.Combine(_data, "pg_hba.conf"), "host all all samenet scram-sha-256\n");
        }
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with code {exitCode}: {output}{System.Environment.NewLine}{Log}");
        }
    }

    // Never as root: PostgreSQL refuses that.
    private Task<(int ExitCode, string Output)> TryRunAsync(string program, params string[] arguments)
    {
        string[] command =
        [
            .. IsRoot ? (string[])["runuser", "-u", "postgres", "--"] : [],
            "env", .. _setup.Environment.Select(variable => $"{variable.Key}={variable.Value}"),
            Path.Combine(Programs, program), .. arguments,
        ];
        return Tool.TryAsync(command[0], command[1..]);
    }
}

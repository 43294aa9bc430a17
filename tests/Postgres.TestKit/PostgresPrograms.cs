using System.Diagnostics;

namespace AkkaParty.Postgres.TestKit;

/// <summary>The newest PostgreSQL that Debian's packages have installed here, run as its own user when this process is root.</summary>
internal static class PostgresPrograms
{
    private static readonly Lazy<string> Folder = new(Find);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(AsPostgres([Path.Combine(Folder.Value, program), .. arguments]))!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Join(' ', said)}");
        }
    }

    /// <summary>
    /// Starts the server under a shell that ends it when its input ends: with a line's signal, or at once when this process is gone.
    /// </summary>
    public static Process StartServer(IEnumerable<string> arguments)
    {
        const string Script =
            "\"$@\" </dev/null & server=$!; echo $server; read -r signal; kill -${signal:-QUIT} $server 2>/dev/null; wait $server";
        return Process.Start(AsPostgres(["sh", "-c", Script, "sh", Path.Combine(Folder.Value, "postgres"), .. arguments]))!;
    }

    /// <summary>Makes a folder that the server's user owns.</summary>
    public static async Task<string> CreateFolderAsync()
    {
        var path = Directory.CreateTempSubdirectory("akkaparty-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", path]);
            await chown.WaitForExitAsync();
        }

        return path;
    }

    private static ProcessStartInfo AsPostgres(IReadOnlyList<string> command)
    {
        string[] all = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command]
            : [.. command];
        return new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }

    private static string Find() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && File.Exists(Path.Combine(folder, "bin", "postgres")))
            .MaxBy(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture)) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("There is no PostgreSQL in /usr/lib/postgresql: eng/setup.sh installs it.");
}

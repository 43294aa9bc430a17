using System.Diagnostics;

namespace AkkaParty.Repo.Tests;

/// <summary>Runs a program of this machine to its end and keeps what it printed.</summary>
internal static class Tool
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromMinutes(3);

    public static ToolResult Run(string folder, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test host inherited for itself must not steer a build it starts.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeOut))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {TimeOut}.");
        }

        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}

/// <summary>How a program ended, and its output followed by its error output.</summary>
internal sealed record ToolResult(int ExitCode, string Output);

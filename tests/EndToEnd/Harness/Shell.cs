using System.Diagnostics;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>Runs what somebody would paste into a terminal.</summary>
internal static class Shell
{
    /// <summary>Runs a script in bash, in this checkout's folder, and stops at the first command that fails.</summary>
    /// <param name="script">The lines.</param>
    /// <returns>How it ended, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        var output = new ServerOutput();
        using var shell = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-euo", "pipefail", "-s"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        shell.OutputDataReceived += (_, line) => output.Add(line.Data);
        shell.ErrorDataReceived += (_, line) => output.Add(line.Data);
        shell.Start();
        try
        {
            shell.BeginOutputReadLine();
            shell.BeginErrorReadLine();

            // In braces, so that the shell reads all of it before a command of it can read from the same input.
            await shell.StandardInput.WriteAsync($"{{\n{script}\n}} </dev/null\n");
            shell.StandardInput.Close();
            await Patience.For(shell.WaitForExitAsync(), "the script to end", Patience.Process, output.ToString);
            return (shell.ExitCode, output.ToString());
        }
        finally
        {
            if (!shell.HasExited)
            {
                shell.Kill(entireProcessTree: true);
            }
        }
    }
}

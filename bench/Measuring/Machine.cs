using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace AkkaParty.Bench.Measuring;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    /// <summary>One line of facts.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors ({Processor()}), {RuntimeInformation.FrameworkDescription}, " +
        $"{RuntimeInformation.OSDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC, {Configuration}, " +
        $"load average {LoadAverage()}, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC");

    /// <summary>How busy the machine is with everything, this bench included.</summary>
    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

#if DEBUG
    private const string Configuration = "Debug: these figures mean nothing";
#else
    private const string Configuration = "Release";
#endif

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? "unknown";
}

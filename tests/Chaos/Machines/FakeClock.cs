using System.Globalization;

namespace AkkaParty.Chaos.Machines;

/// <summary>
/// The wall clock of processes that are started with it, which jumps when told to. Their monotonic clock is the machine's.
/// </summary>
internal sealed class FakeClock
{
    private readonly string _file;

    /// <param name="file">A file of its own.</param>
    public FakeClock(string file)
    {
        _file = file;
        Jump(TimeSpan.Zero);
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_NO_CACHE"] = "1",
        };
    }

    /// <summary>What a process must be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    private static string Library => Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 1,
        IgnoreInaccessible = true,
    }).Select(folder => Path.Combine(folder, "libfaketime.so.1")).First(File.Exists);

    /// <summary>Sets the clock to the machine's and so much.</summary>
    public void Jump(TimeSpan by)
    {
        // Replaced as a whole: who reads it at this moment finds one or the other.
        File.WriteAllText(_file + ".next", by.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(_file + ".next", _file, overwrite: true);
    }
}

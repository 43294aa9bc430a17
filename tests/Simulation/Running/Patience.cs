using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Running;

/// <summary>Waits for something that must happen soon.</summary>
internal static class Patience
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the world until nothing lacks any more.</summary>
    /// <param name="world">The world.</param>
    /// <param name="time">How long that may take at most.</param>
    /// <param name="what">What has happened before.</param>
    /// <param name="lacks">What is not as it must be yet.</param>
    public static void Within(this SimWorld world, TimeSpan time, string what, Func<IEnumerable<string>> lacks)
    {
        var until = world.Elapsed + time;
        while (world.Violations.Count == 0 && lacks().FirstOrDefault() is { } lack)
        {
            if (world.Elapsed >= until)
            {
                world.Violate($"{time.TotalSeconds} s after {what}: {lack}");
            }

            world.RunUntil(world.Elapsed + Look);
        }
    }
}

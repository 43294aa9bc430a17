using System.Globalization;

namespace AkkaParty.Bench.Sockets;

/// <summary>The bare broadcaster as a process of its own: this same program with another verb.</summary>
internal static class BarePeer
{
    public static Task<ServerProcess> StartAsync(int payloadBytes)
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "AkkaParty.Bench"),
            ["bare-broadcaster", "--port", Text(port), "--payload-bytes", Text(payloadBytes)],
            port,
            new Dictionary<string, string>());
    }

    /// <summary>The request targets of its rooms' members.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Targets(int rooms, int members) =>
        [.. Enumerable.Range(0, rooms).Select(room => Enumerable.Repeat($"/room/{Text(room)}", members).ToArray())];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

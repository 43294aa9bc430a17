using System.Globalization;
using AkkaParty.Bench.Runtime;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>
/// The limit for voting: bare Kestrel, upgraded streams, one raw group commit. No tokens, no rules, no state, no JSON, no ids of commands
/// remembered, no order of all events. A process of its own: this same program with another verb.
/// </summary>
internal static class BareVotePeer
{
    /// <summary>Starts it.</summary>
    public static async Task<VotingServer> StartAsync(
        int payloadBytes, string store, int? databaseId, IReadOnlyList<IReadOnlyList<string>> items, int members)
    {
        var port = ServerProcess.FreePort();
        var process = await ServerProcess.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "AkkaParty.Bench"),
            [
                "bare-voting", "--port", Text(port), "--payload-bytes", Text(payloadBytes), "--rooms", Text(items.Count),
                databaseId is null ? "--file" : "--database", store,
            ],
            port,
            new Dictionary<string, string>());
        return new VotingServer(process, databaseId, BarePeer.Targets(items.Count, members), items);
    }

    /// <summary>Runs until the process is ended.</summary>
    /// <param name="port">The loopback port.</param>
    /// <param name="payloadBytes">How long what members see of a vote is.</param>
    /// <param name="rooms">How many rooms there are.</param>
    /// <param name="file">SQLite's file; or null.</param>
    /// <param name="database">The connection string of an empty database; or null.</param>
    public static async Task ServeAsync(int port, int payloadBytes, int rooms, string? file, string? database)
    {
        using var sqlite = file is null ? null : new RawSqlite(file, full: true, rooms);
        IRowCommit commit = sqlite is null ? await PostgresRows.OpenAsync(database!) : new SqliteRows(sqlite);
        await BareBroadcaster.RunAsync(
            port,
            path => new BareVoteRoom(commit, int.Parse(path.AsSpan("/room/".Length), CultureInfo.InvariantCulture), payloadBytes));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

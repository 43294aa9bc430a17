using System.Globalization;
using System.Text.Json;

namespace AkkaParty.Chaos.Histories;

/// <summary>What the checker follows of a party: the ranking deadline, who has a socket and who has ranked.</summary>
internal static class PartySight
{
    /// <summary>Takes it from a party's JSON.</summary>
    public static Sight Of(JsonElement party)
    {
        var connected = party.GetProperty("participants").EnumerateObject()
            .Where(p => p.Value.GetProperty("connected").GetBoolean())
            .Select(p => p.Name);
        var submissions = party.GetProperty("submissions");
        var ranked = submissions.ValueKind == JsonValueKind.Object ? submissions.EnumerateObject().Select(s => s.Name) : [];
        return new Sight(
            party.GetProperty("seq").GetInt64(),
            Feeds.Party,
            SightHash.Of(party),
            Look(Instant(party.GetProperty("ranking_deadline")), connected, ranked));
    }

    /// <summary>Writes it, for both sides of a comparison.</summary>
    /// <param name="deadline">The ranking deadline, or nothing.</param>
    /// <param name="connected">The ids of those who have a socket.</param>
    /// <param name="ranked">The ids of those who have ranked.</param>
    public static string Look(string deadline, IEnumerable<string> connected, IEnumerable<string> ranked) =>
        $"deadline {deadline}, connected {Names(connected)}, ranked {Names(ranked)}";

    /// <summary>An instant as both sides of a comparison write it: Unix milliseconds, or nothing.</summary>
    public static string Instant(JsonElement instant) => instant.ValueKind == JsonValueKind.Null
        ? string.Empty
        : instant.GetDateTimeOffset().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<string> ids) => string.Join(',', ids.Order(StringComparer.Ordinal));
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace AkkaParty.Chaos.Histories;

/// <summary>Takes from a party's JSON what the checker follows.</summary>
internal static class SightReader
{
    /// <summary>Reads a party.</summary>
    public static Sight Of(JsonElement party)
    {
        var connected = party.GetProperty("participants").EnumerateObject()
            .Where(p => p.Value.GetProperty("connected").GetBoolean())
            .Select(p => p.Name);
        var submissions = party.GetProperty("submissions");
        var ranked = submissions.ValueKind == JsonValueKind.Object ? submissions.EnumerateObject().Select(s => s.Name) : [];
        var bytes = JsonMarshal.GetRawUtf8Value(party);
        return new Sight(
            party.GetProperty("seq").GetInt64(),
            Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 8)),
            Instant(party.GetProperty("ranking_deadline")),
            Names(connected),
            Names(ranked));
    }

    /// <summary>An instant as both sides of a comparison write it: Unix milliseconds, or nothing.</summary>
    public static string Instant(JsonElement instant) => instant.ValueKind == JsonValueKind.Null
        ? string.Empty
        : instant.GetDateTimeOffset().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Ids as both sides of a comparison write them.</summary>
    public static string Names(IEnumerable<string> ids) => string.Join(',', ids.Order(StringComparer.Ordinal));
}

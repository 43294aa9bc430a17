using System.Net.Http.Headers;
using System.Text.Json;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>An event of a watch party as the journal holds it.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Kind">Its manifest without the kind of the entity and the version.</param>
/// <param name="Payload">Its content.</param>
/// <param name="Session">The client's session of the command whose last event it is; null for none.</param>
/// <param name="Command">The command's number there; null for none.</param>
internal sealed record PartyEvent(long Seq, string Kind, JsonElement Payload, string? Session, long? Command)
{
    /// <summary>A text within the content.</summary>
    public string? Text(params string[] path)
    {
        var element = Payload;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element.ToString();
    }
}

/// <summary>Reads a party's events as operators do: <c>entity events</c>.</summary>
internal static class PartyJournal
{
    /// <summary>What the operator must know here.</summary>
    public const string OperatorToken = "an-operator-of-the-tests";

    private const int PageSize = 500;
    private const string Prefix = "watch-party.";
    private const string Suffix = ".v1";

    /// <summary>Reads all events of a party.</summary>
    /// <param name="admin">Where operators are answered.</param>
    /// <param name="partyId">The party.</param>
    public static async Task<IReadOnlyList<PartyEvent>> ReadAsync(Uri admin, string partyId)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = admin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        var events = new List<PartyEvent>();
        while (true)
        {
            var path = $"/entity/events?kind=watch-party&id={partyId}&from={events.Count + 1}&count={PageSize}";
            var page = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement.GetProperty("events");
            events.AddRange(page.EnumerateArray().Select(Of));
            if (page.GetArrayLength() < PageSize)
            {
                return events;
            }
        }
    }

    private static PartyEvent Of(JsonElement line) => new(
        line.GetProperty("seq").GetInt64(),
        line.GetProperty("event").GetString()![Prefix.Length..^Suffix.Length],
        line.GetProperty("payload"),
        line.GetProperty("session").GetString(),
        line.GetProperty("command").ValueKind == JsonValueKind.Number ? line.GetProperty("command").GetInt64() : null);
}

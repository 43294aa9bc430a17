using System.Globalization;
using System.Text;
using System.Text.Json;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>A room's history as a table (RFC 4180).</summary>
internal static class HistoryCsv
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/csv";

    private static readonly string[] Columns =
        ["history_id", "item_id", "title", "added_by", "watched_at", "avg_rating", "total_ratings", "ratings", "notes"];

    /// <summary>Writes entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>A header, and a row for each.</returns>
    public static string Write(IEnumerable<HistoryView> entries)
    {
        var text = new StringBuilder();
        AppendRow(text, Columns);
        foreach (var entry in entries)
        {
            var shown = HistoryShown.Of(entry);
            AppendRow(text, [
                entry.Id,
                entry.ItemId,
                Harmless(entry.Title),
                Harmless(entry.AddedBy),
                NaiveUtcConverter.TextOf(entry.WatchedAt),
                RoomFigures.Average(entry.Ratings.Sum(rating => (long)rating.HalfStars), entry.Ratings.Count)
                    ?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                entry.Ratings.Count.ToString(CultureInfo.InvariantCulture),
                JsonSerializer.Serialize(shown.ExactRatings, RoomHttpJson.Wire.IReadOnlyDictionaryStringDouble),
                Harmless(entry.Notes ?? string.Empty),
            ]);
        }

        return text.ToString();
    }

    // A spreadsheet takes a cell that begins like this for a formula; with an apostrophe it is a text.
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static void AppendRow(StringBuilder text, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Quoted(cells[i]));
        }

        text.Append("\r\n");
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(',', '"', '\n') || cell.Contains('\r', StringComparison.Ordinal)
            ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : cell;
}

using System.Globalization;
using System.Text.Json;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>Reads when a client meant something: Unix seconds, Unix milliseconds or RFC 3339. What is none of these is not said.</summary>
internal static class MeantTime
{
    // As seconds this is the year 5138, as milliseconds 1973.
    private const double MillisecondsFrom = 100_000_000_000;
    private const double MillisecondsMax = 253_402_300_799_000;

    /// <summary>Reads it.</summary>
    /// <param name="timestamp">What the client sent.</param>
    /// <returns>The time; null when it does not say.</returns>
    public static DateTimeOffset? Read(JsonElement? timestamp) => timestamp switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) => OfNumber(value),
        { ValueKind: JsonValueKind.String } text => OfText(text.GetString()),
        _ => null,
    };

    private static DateTimeOffset? OfNumber(double value)
    {
        if (value >= MillisecondsFrom)
        {
            return value <= MillisecondsMax ? DateTimeOffset.UnixEpoch.AddMilliseconds(value) : null;
        }

        // Whole seconds may be any time within that second; the last one does no injustice to whoever counts in seconds.
        return value <= 0 ? null : DateTimeOffset.UnixEpoch.AddSeconds(double.IsInteger(value) ? value + 0.999 : value);
    }

    private static DateTimeOffset? OfText(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

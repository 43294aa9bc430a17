using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol;

/// <summary>
/// Writes instants as a surface without zones shows them: UTC, ISO 8601 with microseconds and no zone, such as
/// <c>2026-02-02T20:15:30.123456</c>. Reads any ISO 8601 instant; one without a zone is UTC.
/// </summary>
public sealed class NaiveUtcConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The form.</summary>
    public const string Format = "yyyy-MM-ddTHH:mm:ss.ffffff";

    /// <summary>An instant as this surface shows it.</summary>
    /// <param name="value">The instant.</param>
    /// <returns>26 characters.</returns>
    public static string TextOf(DateTimeOffset value) => value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(
            reader.GetString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var value)
            ? value
            : throw new JsonException("Not an ISO 8601 instant.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Format.Length];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaParty.Http.Rest;

/// <summary>Reads JSON bodies, and says what is wrong with them.</summary>
internal static partial class RequestBody
{
    /// <summary>Reads a body that must be one JSON object.</summary>
    /// <typeparam name="T">The body's shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="shape">How to read it.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <returns>The body with its bytes, or the error.</returns>
    public static async ValueTask<(T? Value, ReadOnlyMemory<byte> Bytes, ApiError? Error)> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> shape, int maxBytes)
        where T : class
    {
        var (bytes, refused) = await ReadBytesAsync(context, maxBytes);
        if (refused is not null)
        {
            return (null, default, refused);
        }

        var (value, error) = Parse(bytes.Span, shape);
        return (value, bytes, error);
    }

    /// <summary>Reads the bytes of a body that says it is JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <returns>The bytes, or the error.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, ApiError? Error)> ReadBytesAsync(HttpContext context, int maxBytes)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return (default, new ApiError(415, "unsupported_media_type", "The body must be application/json (Content-Type)."));
        }

        var tooLarge = new ApiError(413, "body_too_large", $"The request body is longer than {maxBytes} bytes.");
        if (request.ContentLength > maxBytes)
        {
            return (default, tooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length > maxBytes)
        {
            return (default, tooLarge);
        }

        return (buffer.ToArray(), null);
    }

    /// <summary>Reads JSON bytes.</summary>
    /// <typeparam name="T">Their shape.</typeparam>
    /// <param name="bytes">The bytes.</param>
    /// <param name="shape">How to read them.</param>
    /// <returns>The value, or a 400 that names the place.</returns>
    public static (T? Value, ApiError? Error) Parse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, shape) is { } value
                ? (value, null)
                : (null, ApiError.Of(PartyErrorCodes.InvalidRequestBody, "Invalid request body: it must be a JSON object, not null."));
        }
        catch (JsonException exception)
        {
            if (MissingMemberOf(exception) is { } missing)
            {
                return (null, ApiError.Of(PartyErrorCodes.InvalidRequestBody, $"Invalid request body: {missing} is required.", missing));
            }

            var field = FieldOf(exception);
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            var detail = field is null
                ? $"Invalid request body: it is not a valid JSON object ({place})."
                : $"Invalid request body: {field} has the wrong type, or the JSON after it is broken ({place}).";
            return (null, ApiError.Of(PartyErrorCodes.InvalidRequestBody, detail, field));
        }
    }

    /// <summary>The member of a JSON object that could not be read.</summary>
    /// <param name="exception">What the reader says.</param>
    /// <returns>Its name, or null when the whole is at fault.</returns>
    public static string? FieldOf(JsonException exception) =>
        MissingMemberOf(exception) ?? (exception.Path is ['$', '.', .. { Length: > 0 } path] ? path : null);

    // The reader names a required member that is missing only in its message: "... required properties including: 'a', 'b'."
    private static string? MissingMemberOf(JsonException exception) =>
        MissingMember().Match(exception.Message) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex("required properties including: '(?<name>[^']+)'", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex MissingMember();
}

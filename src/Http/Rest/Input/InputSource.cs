using System.Text.Json;
using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Rest.Input;

/// <summary>Opens the inputs of a request for reading by name.</summary>
internal static class InputSource
{
    private const string Body = "body";
    private const string Query = "query";

    /// <summary>Reads the body, which must be one JSON object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <param name="faults">Takes what is wrong with its members.</param>
    /// <returns>The members and the bytes they are made of, or the error.</returns>
    public static async ValueTask<(InputFields? Fields, ReadOnlyMemory<byte> Bytes, ApiError? Error)> ReadBodyAsync(
        HttpContext context, int maxBytes, FaultList faults)
    {
        if (context.Request.ContentLength is 0 or null && context.Request.ContentType is null)
        {
            faults.Add("missing", [Body], "Field required", default);
            return (null, default, faults.ToError());
        }

        var (bytes, error) = await RequestBody.ReadBytesAsync(context, maxBytes);
        if (error is not null)
        {
            return (null, default, error);
        }

        return Parse(bytes, faults) is { } root
            ? (new InputFields(root, faults, Body), bytes, null)
            : (null, default, faults.ToError());
    }

    /// <summary>Reads the query; of a name that is there twice the last value counts.</summary>
    /// <param name="request">The request.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <returns>The parameters.</returns>
    public static InputFields ReadQuery(HttpRequest request, FaultList faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
        {
            if (value is [.., { } last])
            {
                values[name] = last;
            }
        }

        return new InputFields(JsonSerializer.SerializeToElement(values, HttpJson.Wire.DictionaryStringString), faults, Query);
    }

    /// <summary>Reads JSON whose every text can be read as well; what cannot is found here and not where it is first used.</summary>
    private static JsonElement? Parse(ReadOnlyMemory<byte> bytes, FaultList faults)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes.Span);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }

            faults.Add("model_attributes_type", [Body], "Input should be a valid dictionary or object to extract fields from",
                document.RootElement);
        }
        catch (JsonException exception)
        {
            faults.Add("json_invalid", [Body, (int)PositionOf(bytes.Span, exception)], "JSON decode error", default);
        }
        catch (InvalidOperationException)
        {
            faults.Add("json_invalid", [Body], "JSON decode error: a text is not valid Unicode", default);
        }

        return null;
    }

    private static long PositionOf(ReadOnlySpan<byte> bytes, JsonException exception)
    {
        var position = exception.BytePositionInLine ?? 0;
        for (var line = exception.LineNumber ?? 0; line > 0 && bytes.IndexOf((byte)'\n') is >= 0 and var end; line--)
        {
            position += end + 1;
            bytes = bytes[(end + 1)..];
        }

        return position;
    }
}

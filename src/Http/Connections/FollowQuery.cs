using System.Globalization;
using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Connections;

/// <summary>What a client says about itself when it begins to follow.</summary>
/// <param name="Since">The last sequence number it has; null for none.</param>
/// <param name="Client">Its own name for itself, so that its frame numbers survive a reconnection; null for none.</param>
internal readonly record struct FollowQuery(long? Since, string? Client)
{
    private const int ClientMax = 64;

    /// <summary>Reads it from the address.</summary>
    /// <param name="request">The request.</param>
    /// <returns>What the client says, or the error.</returns>
    public static (FollowQuery Query, ApiError? Error) Read(HttpRequest request)
    {
        if (!TryRead(request.Query["since"], out var since))
        {
            return (default, ApiError.Invalid("since must be the seq of a frame: a whole number from 0.", "since"));
        }

        var client = request.Query["client"] is [{ } name, ..] ? name : null;
        return client is { Length: 0 or > ClientMax }
            ? (default, ApiError.Invalid($"client must be 1 to {ClientMax} characters.", "client"))
            : (new FollowQuery(since, client), null);
    }

    /// <summary>Reads it for a stream: the header with which a browser comes back counts more than the address it began with.</summary>
    /// <param name="request">The request.</param>
    /// <returns>What the client says, or the error.</returns>
    public static (FollowQuery Query, ApiError? Error) ReadForStream(HttpRequest request)
    {
        const string Header = "Last-Event-ID";
        if (!TryRead(request.Headers[Header], out var last))
        {
            return (default, ApiError.Invalid($"{Header} must be the id of an event: a whole number from 0.", Header));
        }

        return last is null ? Read(request) : (new FollowQuery(last, null), null);
    }

    private static bool TryRead(Microsoft.Extensions.Primitives.StringValues values, out long? number)
    {
        number = null;
        if (values is not [{ Length: > 0 } text, ..])
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = isNumber ? value : null;
        return isNumber;
    }
}

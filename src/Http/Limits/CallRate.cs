using System.Globalization;
using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Limits;

/// <summary>Which limit a call counts against.</summary>
internal enum CallKind
{
    /// <summary>Creating a party.</summary>
    Create,

    /// <summary>Joining a party.</summary>
    Join,

    /// <summary>Searching films.</summary>
    Search,

    /// <summary>Reading without a token.</summary>
    Read,

    /// <summary>Anything with a token.</summary>
    Token,

    /// <summary>Opening a socket.</summary>
    Connect,

    /// <summary>Proving who one is: registering, logging in, refreshing.</summary>
    Prove,
}

/// <summary>
/// Calls per minute and client as a sliding window: this minute's count plus the last one's share that the window still
/// covers. Two numbers per client, no timers.
/// </summary>
internal sealed class CallRate(HttpOptions options, TimeProvider time)
{
    private const int ClientsMax = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Dictionary<(CallKind Kind, string Client), int> _current = [];
    private Dictionary<(CallKind Kind, string Client), int> _previous = [];
    private long _window;

    /// <summary>Counts a call and says whether it may go on; sets the <c>RateLimit-*</c> headers either way.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What it counts against.</param>
    /// <param name="client">Whom it counts for; the client's address when null.</param>
    /// <returns>Null to go on, or the 429.</returns>
    public ApiError? Check(HttpContext context, CallKind kind, string? client = null)
    {
        var limit = LimitOf(kind);
        if (limit <= 0)
        {
            return null;
        }

        var (allowed, remaining, resetSeconds) = Count((kind, client ?? ClientAddress.Of(context)), limit);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = resetSeconds.ToString(CultureInfo.InvariantCulture);
        return allowed
            ? null
            : new ApiError(
                429, "rate_limited", $"More than {limit} calls of this kind in a minute.", null, TimeSpan.FromSeconds(resetSeconds));
    }

    private (bool Allowed, int Remaining, int ResetSeconds) Count((CallKind, string) key, int limit)
    {
        var now = time.GetTimestamp();
        var perWindow = (long)(Window.TotalSeconds * time.TimestampFrequency);
        lock (_gate)
        {
            Turn(now / perWindow);
            var elapsed = (double)(now % perWindow) / perWindow;
            var reset = Math.Max(1, (int)Math.Ceiling((1 - elapsed) * Window.TotalSeconds));
            if (!_current.TryGetValue(key, out var count) && _current.Count >= ClientsMax)
            {
                // So many clients at once share one count: memory stays bounded, and an attack limits itself.
                key = (key.Item1, string.Empty);
                count = _current.GetValueOrDefault(key);
            }

            var used = count + (_previous.GetValueOrDefault(key) * (1 - elapsed));
            if (used + 1 > limit)
            {
                return (false, 0, reset);
            }

            _current[key] = count + 1;
            return (true, (int)(limit - used - 1), reset);
        }
    }

    private void Turn(long window)
    {
        if (window == _window)
        {
            return;
        }

        (_previous, _current) = (window == _window + 1 ? _current : [], []);
        _window = window;
    }

    private int LimitOf(CallKind kind) => kind switch
    {
        CallKind.Create => options.Rates.CreatePerMinute,
        CallKind.Join => options.Rates.JoinPerMinute,
        CallKind.Search => options.Rates.SearchPerMinute,
        CallKind.Read => options.Rates.ReadPerMinute,
        CallKind.Token => options.Rates.TokenPerMinute,
        CallKind.Prove => options.Rates.ProvePerMinute,
        _ => options.Rates.ConnectPerMinute,
    };
}

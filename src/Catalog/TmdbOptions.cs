namespace AkkaParty.Catalog;

/// <summary>How TMDB is reached. Without a key or token the built-in catalogue is used instead.</summary>
public sealed class TmdbOptions
{
    /// <summary>A TMDB v3 API key. One that looks like a v4 token is treated as <see cref="AccessToken"/>. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A TMDB v4 read access token, sent as bearer. Wins over <see cref="ApiKey"/> when both are set. Default: none.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Where the API is, https except on this machine. Default: <c>https://api.themoviedb.org/3/</c>.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.themoviedb.org/3/");

    /// <summary>What is put in front of a poster's path, the size included. Default: <c>https://image.tmdb.org/t/p/w500</c>.</summary>
    public Uri ImageBaseUrl { get; set; } = new("https://image.tmdb.org/t/p/w500");

    /// <summary>How long one try may take, its answer's body included; 100 ms to 2 min. Default: 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed try is repeated, 0 to 5. Repeated are 429, 5xx, time-outs and lost connections. Default: 2.</summary>
    public int RetriesMax { get; set; } = 2;

    /// <summary>
    /// The wait before the first repetition, doubled each time, jittered by half either way; 1 ms to 10 s. Default: 300 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The longest <c>Retry-After</c> that is waited for; when TMDB asks for more, the search fails at once and says when to come back.
    /// 0 to 1 min. Default: 10 s.
    /// </summary>
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is kept and shared by everybody, 0 (not at all) to 1 day. Default: 1 h.</summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long "nothing found" and "no such film" are kept; never longer than <see cref="CacheDuration"/>. 0 to 1 day. Default: 5 min.
    /// </summary>
    public TimeSpan EmptyCacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The most answers kept, for searches and for details each; the least recently used goes first. 1 to 100,000. Default: 2,000.
    /// </summary>
    public int CacheEntriesMax { get; set; } = 2_000;

    /// <summary>
    /// The most different requests under way at once, for searches and for details each; more fail at once. 1 to 1,000. Default: 64.
    /// </summary>
    public int RequestsInFlightMax { get; set; } = 64;

    /// <summary>
    /// How many tries within <see cref="CircuitWindow"/> it takes before the circuit may open; it then opens when at least half of
    /// them failed. 2 to 1,000. Default: 8.
    /// </summary>
    public int CircuitTriesMin { get; set; } = 8;

    /// <summary>The period over which tries are counted for the circuit; 1 s to 10 min. Default: 30 s.</summary>
    public TimeSpan CircuitWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long TMDB is left alone once the circuit has opened, before one try may pass; 1 s to 10 min. Default: 30 s.</summary>
    public TimeSpan CircuitBreak { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether TMDB is used at all: a key or a token is set.</summary>
    public bool HasKey => !string.IsNullOrWhiteSpace(ApiKey) || !string.IsNullOrWhiteSpace(AccessToken);

    /// <summary>Checks every option.</summary>
    /// <returns>One line per problem, naming the option and the rule and never showing a key; empty when all is well.</returns>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        CheckSecret(nameof(ApiKey), ApiKey);
        CheckSecret(nameof(AccessToken), AccessToken);
        CheckAddress(nameof(BaseUrl), BaseUrl);
        CheckAddress(nameof(ImageBaseUrl), ImageBaseUrl);
        CheckDuration(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2));
        CheckDuration(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        CheckDuration(nameof(RetryAfterMax), RetryAfterMax, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        CheckDuration(nameof(CacheDuration), CacheDuration, TimeSpan.Zero, TimeSpan.FromDays(1));
        CheckDuration(nameof(EmptyCacheDuration), EmptyCacheDuration, TimeSpan.Zero, TimeSpan.FromDays(1));
        CheckDuration(nameof(CircuitWindow), CircuitWindow, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        CheckDuration(nameof(CircuitBreak), CircuitBreak, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        CheckCount(nameof(RetriesMax), RetriesMax, 0, 5);
        CheckCount(nameof(CacheEntriesMax), CacheEntriesMax, 1, 100_000);
        CheckCount(nameof(RequestsInFlightMax), RequestsInFlightMax, 1, 1_000);
        CheckCount(nameof(CircuitTriesMin), CircuitTriesMin, 2, 1_000);
        return problems;

        void CheckSecret(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value) && value.Trim().Any(c => c is <= ' ' or > '~'))
            {
                problems.Add($"{name} must be printable ASCII without spaces.");
            }
        }

        void CheckAddress(string name, Uri? value)
        {
            if (value is not { IsAbsoluteUri: true } || value.Query.Length > 0 || value.Fragment.Length > 0 || value.UserInfo.Length > 0)
            {
                problems.Add($"{name} must be an absolute address without user, query or fragment.");
            }
            else if (value.Scheme != Uri.UriSchemeHttps && !(value.Scheme == Uri.UriSchemeHttp && value.IsLoopback))
            {
                problems.Add($"{name} must begin with https:// (http:// only for this machine).");
            }
        }

        void CheckDuration(string name, TimeSpan value, TimeSpan min, TimeSpan max)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} must be {min:c} to {max:c}.");
            }
        }

        void CheckCount(string name, int value, int min, int max)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} must be {min} to {max}.");
            }
        }
    }
}

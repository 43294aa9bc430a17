namespace AkkaParty.Catalog.Tests;

public sealed class TmdbOptionsTests
{
    [Fact]
    public void The_defaults_are_well_and_use_no_key()
    {
        var options = new TmdbOptions();

        options.Problems().ShouldBeEmpty();
        options.HasKey.ShouldBeFalse();
    }

    [Fact]
    public void Every_problem_has_its_line_naming_option_and_rule_and_showing_no_key()
    {
        var options = new TmdbOptions
        {
            ApiKey = "secret key",
            AccessToken = "geheim\u00e9",
            BaseUrl = new Uri("http://tmdb.example/3/"),
            ImageBaseUrl = new Uri("https://images.example/?size=w500"),
            Timeout = TimeSpan.Zero,
            RetriesMax = 6,
            RetryDelay = TimeSpan.Zero,
            RetryAfterMax = TimeSpan.FromMinutes(2),
            CacheDuration = TimeSpan.FromDays(2),
            EmptyCacheDuration = TimeSpan.FromSeconds(-1),
            CacheEntriesMax = 0,
            RequestsInFlightMax = 0,
            CircuitTriesMin = 1,
            CircuitWindow = TimeSpan.Zero,
            CircuitBreak = TimeSpan.Zero,
        };

        options.Problems().ShouldBe(
        [
            "ApiKey must be printable ASCII without spaces.",
            "AccessToken must be printable ASCII without spaces.",
            "BaseUrl must begin with https:// (http:// only for this machine).",
            "ImageBaseUrl must be an absolute address without user, query or fragment.",
            "Timeout must be 00:00:00.1000000 to 00:02:00.",
            "RetryDelay must be 00:00:00.0010000 to 00:00:10.",
            "RetryAfterMax must be 00:00:00 to 00:01:00.",
            "CacheDuration must be 00:00:00 to 1.00:00:00.",
            "EmptyCacheDuration must be 00:00:00 to 1.00:00:00.",
            "CircuitWindow must be 00:00:01 to 00:10:00.",
            "CircuitBreak must be 00:00:01 to 00:10:00.",
            "RetriesMax must be 0 to 5.",
            "CacheEntriesMax must be 1 to 100000.",
            "RequestsInFlightMax must be 1 to 1000.",
            "CircuitTriesMin must be 2 to 1000.",
        ]);
    }

    [Theory]
    [InlineData("/3/")]
    [InlineData("https://user@tmdb.example/3/")]
    [InlineData("https://tmdb.example/3/#x")]
    [InlineData("ftp://tmdb.example/3/")]
    public void Refuses_an_address_that_is_none(string address)
        => new TmdbOptions { BaseUrl = new Uri(address, UriKind.RelativeOrAbsolute) }.Problems().Count.ShouldBe(1);

    [Theory]
    [InlineData("https://tmdb.example/api")]
    [InlineData("http://127.0.0.1:9000/3")]
    [InlineData("http://localhost:9000/3/")]
    [InlineData("http://[::1]:9000/3/")]
    public void Accepts_https_everywhere_and_http_on_this_machine(string address)
        => new TmdbOptions { BaseUrl = new Uri(address) }.Problems().ShouldBeEmpty();
}

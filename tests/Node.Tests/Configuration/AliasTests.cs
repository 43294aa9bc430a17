using AkkaParty.Node.Configuration;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Node.Tests.Configuration;

public sealed class AliasTests : IDisposable
{
    private readonly SettingsFixture _given = new();

    public void Dispose() => _given.Dispose();

    [Fact]
    public void Every_alias_means_a_key_that_exists() =>
        Aliases.Known.ShouldAllBe(alias => OptionCatalogue.Find(alias.Key) != null);

    [Fact]
    public void Names_known_from_other_programs_work()
    {
        var options = _given.Env("PORT", "9000").Env("TMDB_API_KEY", "k").Env("TMDB_BASE_URL", "https://tmdb.example/3")
            .Env("WS_HEARTBEAT_INTERVAL", "20").Env("DEFAULT_VOTING_DURATION", "90").Env("DEFAULT_REGION", "de")
            .Env("JWT_SECRET", "sixteen-characters-long")
            .Env("CORS_ALLOWED_ORIGINS", "https://a.example,https://b.example").Env("LOG_LEVEL", "warn")
            .Load().Options;
        options.Port.ShouldBe(9000);
        options.Tmdb.ApiKey.ShouldBe("k");
        options.Tmdb.BaseUrl.ShouldBe("https://tmdb.example/3");
        options.Accounts.KeySecret.ShouldBe("sixteen-characters-long");
        options.Rooms.HeartbeatSeconds.ShouldBe(20);
        options.Rooms.VotingSeconds.ShouldBe(90);
        options.ToHttp().Rooms.Region.ShouldBe("DE");
        options.AllowedOrigins.ShouldBe(["https://a.example", "https://b.example"]);
        options.Logging.Level.ShouldBe(LogLevel.Warning);
    }

    [Fact]
    public void Our_own_name_wins_over_an_alias() =>
        _given.Env("PORT", "1").Env("AkkaParty__Port", "2").Load().Options.Port.ShouldBe(2);

    [Fact]
    public void Of_two_aliases_the_better_known_wins() =>
        _given.Env("SERVER_PORT", "1").Env("PORT", "2").Load().Options.Port.ShouldBe(2);

    [Fact]
    public void Several_addresses_of_the_web_server_are_taken() =>
        _given.Env("ASPNETCORE_URLS", "http://127.0.0.1:8000;http://127.0.0.1:8081").Load()
            .Options.Urls.ShouldBe(["http://127.0.0.1:8000", "http://127.0.0.1:8081"]);

    [Fact]
    public void Ports_of_a_container_image_listen_on_all_interfaces_unless_a_port_was_chosen()
    {
        _given.Env("ASPNETCORE_HTTP_PORTS", "8080;8081").Load().Options.Urls.ShouldBe(["http://*:8080", "http://*:8081"]);
        _given.Env("PORT", "9000").Load().Options.Urls.ShouldBeEmpty();
    }

    [Fact]
    public void A_bad_value_names_the_variable_that_was_set() =>
        _given.Env("PORT", "x").Load().Problems
            .ShouldBe(["AkkaParty:Port = \"x\" (environment variable PORT): must be a whole number from 0 to 65535."]);

    [Theory]
    [InlineData("REDIS_URL", "Redis")]
    [InlineData("GOOGLE_CLIENT_ID", "e-mail and password")]
    [InlineData("RATE_LIMIT_MAX", "gateway")]
    [InlineData("RATE_LIMIT_WINDOW_SECONDS", "gateway")]
    public void A_name_without_meaning_here_is_one_warning(string name, string reason)
    {
        var settings = _given.Env(name, "secret-value").Load();
        settings.Problems.ShouldBeEmpty();
        var warning = settings.Warnings.ShouldHaveSingleItem();
        warning.ShouldStartWith($"environment variable {name} is set, but ");
        warning.ShouldContain(reason);
        warning.ShouldNotContain("secret-value");
    }
}

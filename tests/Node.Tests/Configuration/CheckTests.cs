using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests.Configuration;

public sealed class CheckTests : IDisposable
{
    private readonly SettingsFixture _given = new();

    public void Dispose() => _given.Dispose();

    [Theory]
    [InlineData("Port", "http", "must be a whole number from 0 to 65535")]
    [InlineData("Port", "65536", "must be a whole number from 0 to 65535")]
    [InlineData("Port", "-1", "must be a whole number from 0 to 65535")]
    [InlineData("Port", "8080.5", "must be a whole number from 0 to 65535")]
    [InlineData("Port", "99999999999", "must be a whole number from 0 to 65535")]
    [InlineData("Lan", "yes", "must be true or false")]
    [InlineData("DataDirectory", "  ", "must not be empty")]
    [InlineData("Store__Synchronous", "Off", "must be one of Full, Normal")]
    [InlineData("Store__Synchronous", "1", "must be one of Full, Normal")]
    [InlineData("Logging__Format", "xml", "must be one of Text, Json")]
    [InlineData("Logging__Level", "loud", "must be one of Trace, Debug, Information, Warning, Error, Critical, None")]
    [InlineData("Parties__MaxParticipants", "0", "must be a whole number from 1 to 1000")]
    [InlineData("Parties__NominationSeconds", "1", "must be a whole number from 5 to 86400")]
    [InlineData("Runtime__MailboxMax", "3", "must be a whole number from 16 to 1048576")]
    [InlineData("WebSockets__MessageBytesMax", "511", "must be a whole number from 512 to 1048576")]
    [InlineData("RateLimits__CreatePerMinute", "-1", "must be a whole number from 0 to 1000000")]
    public void A_bad_value_is_one_line_with_key_value_origin_and_rule(string key, string value, string rule)
    {
        var settings = _given.Env("AkkaParty__" + key, value).Load();
        var shownKey = "AkkaParty:" + key.Replace("__", ":", StringComparison.Ordinal);
        settings.Problems.ShouldBe([$"{shownKey} = \"{value}\" (environment variable AkkaParty__{key}): {rule}."]);
    }

    [Theory]
    [InlineData("Urls", "127.0.0.1:8080")]
    [InlineData("Urls", "ftp://127.0.0.1")]
    [InlineData("Urls", "http://127.0.0.1:99999")]
    [InlineData("Urls", "http://127.0.0.1:8080/path")]
    [InlineData("Urls", "http:/127.0.0.1:8080")]
    [InlineData("AllowedOrigins", "party.example.org")]
    [InlineData("AllowedOrigins", "https://party.example.org/")]
    [InlineData("AllowedOrigins", "https://party.example.org/path")]
    [InlineData("AllowedOrigins", "ws://party.example.org")]
    [InlineData("TrustedProxies", "10.0.0.0/33")]
    [InlineData("TrustedProxies", "proxy.local")]
    [InlineData("AllowedHosts", "https://party.example.org")]
    [InlineData("AllowedHosts", "party.example.org:8080")]
    [InlineData("Tmdb__BaseUrl", "api.themoviedb.org/3")]
    [InlineData("Tmdb__BaseUrl", "https://api.themoviedb.org/3?x=1")]
    [InlineData("Tmdb__BaseUrl", "http://api.themoviedb.org/3")]
    public void A_bad_address_is_refused(string key, string value)
    {
        var problem = _given.Env("AkkaParty__" + key, value).Load().Problems.ShouldHaveSingleItem();
        problem.ShouldStartWith(
            $"AkkaParty:{key.Replace("__", ":", StringComparison.Ordinal)} = \"{value}\" (environment variable AkkaParty__{key}): ");
        problem.ShouldContain("must be");
    }

    [Theory]
    [InlineData("Urls", "http://*:8080,https://[::1]:8443,http://localhost:5000,http://unix:/tmp/akkaparty.sock")]
    [InlineData("AllowedOrigins", "https://party.example.org,http://localhost:5173,*")]
    [InlineData("TrustedProxies", "10.0.0.0/8,127.0.0.1,::1,fd00::/8")]
    [InlineData("AllowedHosts", "*.example.org,localhost,192.168.1.10,*")]
    [InlineData("Tmdb__BaseUrl", "http://127.0.0.1:9999/3")]
    public void A_good_address_is_taken(string key, string value) =>
        _given.Env("AkkaParty__" + key, value).Load().Problems.ShouldBeEmpty();

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var settings = _given.Env("AkkaParty__Port", "x").Env("AkkaParty__Lan", "x").Env("AkkaParty__Nothing", "x").DotEnv("oops").Load();
        settings.Problems.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("AkkaParty__Partys__MaxParticipants", "AkkaParty:Parties:MaxParticipants")]
    [InlineData("AkkaParty__Parties__MaxParticipant", "AkkaParty:Parties:MaxParticipants")]
    [InlineData("AkkaParty__DataDir", "AkkaParty:DataDirectory")]
    [InlineData("AkkaParty__DataDirectry", "AkkaParty:DataDirectory")]
    [InlineData("AkkaParty__MailboxMax", "AkkaParty:Runtime:MailboxMax")]
    [InlineData("AkkaParty__Websocket__PingSeconds", "AkkaParty:WebSockets:PingSeconds")]
    public void An_unknown_key_is_a_problem_that_says_what_may_have_been_meant(string variable, string suggestion)
    {
        var problem = _given.Env(variable, "1").Load().Problems.ShouldHaveSingleItem();
        problem.ShouldBe(
            $"{variable.Replace("__", ":", StringComparison.Ordinal)} (environment variable {variable}) is not a known key; "
            + $"did you mean {suggestion}?");
    }

    [Fact]
    public void An_unknown_key_unlike_any_other_gets_no_suggestion() =>
        _given.WorkingJson("""{ "AkkaParty": { "Blockchain": { "Enabled": true } } }""").Load().Problems
            .ShouldBe([$"AkkaParty:Blockchain:Enabled ({Path.Combine(_given.Working, "appsettings.json")}) is not a known key."]);

    [Fact]
    public void A_single_underscore_is_told_and_not_ignored() =>
        _given.Env("AkkaParty_Port", "1").Load().Problems.ShouldHaveSingleItem().ShouldContain("two underscores");

    [Fact]
    public void A_secret_is_never_shown()
    {
        var settings = _given.Env("TMDB_API_KEY", "s3cr3t with spaces").Load();
        settings.Problems.ShouldAllBe(problem => !problem.Contains("s3cr3t"));
        settings.Problems.ShouldNotBeEmpty();
        _given.Env("TMDB_API_KEY", "s3cr3t").Load().Changed.ShouldHaveSingleItem().Shown.ShouldBe("***");
    }

    [Fact]
    public void Idle_time_must_leave_room_for_a_ping() =>
        _given.Env("AkkaParty__WebSockets__PingSeconds", "60").Load().Problems.ShouldHaveSingleItem()
            .ShouldStartWith("AkkaParty:WebSockets:IdleSeconds = \"60\": must be more than PingSeconds (60)");

    [Fact]
    public void Open_rooms_are_allowed_and_warned_about()
    {
        var settings = _given.Env("AkkaParty__Rooms__Access", "open").Load();
        settings.Problems.ShouldBeEmpty();
        settings.Warnings.ShouldHaveSingleItem().ShouldStartWith("AkkaParty:Rooms:Access = \"Open\": rooms ask for no tokens");
        settings.Options.ToHttp().Rooms.Access.ShouldBe(AkkaParty.Http.RoomAccess.Open);
    }

    [Theory]
    [InlineData("Access", "everybody", "must be one of Members, Open")]
    [InlineData("TokenDays", "0", "must be a whole number from 1 to 3650")]
    [InlineData("VotingSeconds", "9", "must be a whole number from 10 to 600")]
    [InlineData("Region", "USA", "must be two letters")]
    [InlineData("HeartbeatSeconds", "601", "must be a whole number from 5 to 600")]
    public void A_bad_value_for_rooms_is_told_with_its_rule(string key, string value, string rule) =>
        _given.Env("AkkaParty__Rooms__" + key, value).Load().Problems.ShouldHaveSingleItem().ShouldContain(rule);

    [Fact]
    public void A_burst_is_at_least_the_rate() =>
        _given.Env("AkkaParty__WebSockets__MessagesPerSecond", "50").Load().Problems.ShouldHaveSingleItem().ShouldContain("MessageBurst");
}

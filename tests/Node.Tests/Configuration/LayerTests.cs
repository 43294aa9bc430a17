namespace AkkaParty.Node.Tests.Configuration;

public sealed class LayerTests : IDisposable
{
    private readonly SettingsFixture _given = new();

    public void Dispose() => _given.Dispose();

    [Fact]
    public void Without_any_source_every_value_is_the_default()
    {
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();
        settings.Changed.ShouldBeEmpty();
        settings.Options.Port.ShouldBe(8080);
        settings.Options.DataDirectory.ShouldBe("./data");
    }

    [Fact]
    public void Each_source_wins_over_the_ones_below()
    {
        _given.InstalledJson("""{ "AkkaParty": { "Port": 1 } }""");
        Port().ShouldBe((1, Path.Combine(_given.Installed, "appsettings.json")));
        _given.WorkingJson("""{ "AkkaParty": { "Port": 2 } }""");
        Port().ShouldBe((2, Path.Combine(_given.Working, "appsettings.json")));
        _given.DotEnv("PORT=3");
        Port().ShouldBe((3, ".env: PORT"));
        _given.DotEnv("PORT=3\nAkkaParty__Port=4");
        Port().ShouldBe((4, ".env: AkkaParty__Port"));
        _given.Env("PORT", "5");
        Port().ShouldBe((5, "environment variable PORT"));
        _given.Env("AkkaParty__Port", "6");
        Port().ShouldBe((6, "environment variable AkkaParty__Port"));
        var commandLine = _given.Load(("AkkaParty:Port", "7", "command line --AkkaParty:Port"));
        commandLine.Options.Port.ShouldBe(7);
    }

    [Fact]
    public void Keys_do_not_regard_case()
    {
        var settings = _given.Env("AKKAPARTY__PARTIES__MAXPARTICIPANTS", "7").WorkingJson("""{ "akkaparty": { "port": 9 } }""").Load();
        settings.Problems.ShouldBeEmpty();
        settings.Options.Parties.MaxParticipants.ShouldBe(7);
        settings.Options.Port.ShouldBe(9);
    }

    [Fact]
    public void A_list_of_a_higher_source_replaces_a_lower_one_as_a_whole()
    {
        _given.InstalledJson("""{ "AkkaParty": { "AllowedOrigins": ["https://a.example", "https://b.example"] } }""");
        _given.Load().Options.AllowedOrigins.ShouldBe(["https://a.example", "https://b.example"]);
        _given.Env("AkkaParty__AllowedOrigins__0", "https://c.example").Load().Options.AllowedOrigins.ShouldBe(["https://c.example"]);
        _given.Env("AkkaParty__AllowedOrigins", "https://d.example, https://e.example").Load()
            .Options.AllowedOrigins.ShouldBe(["https://d.example", "https://e.example"]);
    }

    [Fact]
    public void Many_items_of_a_list_keep_their_order()
    {
        for (var i = 0; i < 12; i++)
        {
            _given.Env($"AkkaParty__TrustedProxies__{i}", $"10.0.0.{i}");
        }

        _given.Load().Options.TrustedProxies.ShouldBe(Enumerable.Range(0, 12).Select(i => $"10.0.0.{i}"));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        var settings = _given
            .Env("PORT", "").Env("AkkaParty__Parties__AwaySeconds", "")
            .Env("DATABASE_URL", "").DotEnv("TMDB_API_KEY=")
            .Load();
        settings.Problems.ShouldBeEmpty();
        settings.Warnings.ShouldBeEmpty();
        settings.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_may_have_comments_and_trailing_commas()
    {
        var settings = _given.WorkingJson("{ /* why */ \"AkkaParty\": { \"Port\": 81, // that\n } }").Load();
        settings.Problems.ShouldBeEmpty();
        settings.Options.Port.ShouldBe(81);
    }

    [Fact]
    public void A_file_that_is_not_json_is_one_problem_that_names_it()
    {
        var problem = _given.WorkingJson("{ \"AkkaParty\": { \"Port\": } }").Load().Problems.ShouldHaveSingleItem();
        problem.ShouldStartWith(Path.Combine(_given.Working, "appsettings.json") + " cannot be read: ");
        problem.ShouldNotContain("\n");
    }

    [Fact]
    public void Settings_of_the_web_server_are_passed_on()
    {
        var settings = _given.WorkingJson("""{ "Logging": { "LogLevel": { "Microsoft.AspNetCore": "Debug" } } }""")
            .Env("Kestrel__Certificates__Default__Path", "cert.pem").Load();
        settings.Problems.ShouldBeEmpty();
        settings.Others["Logging:LogLevel:Microsoft.AspNetCore"].ShouldBe("Debug");
        settings.Others["Kestrel:Certificates:Default:Path"].ShouldBe("cert.pem");
    }

    private (int Port, string Origin) Port()
    {
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();
        return (settings.Options.Port, settings.Changed.ShouldHaveSingleItem().Origin);
    }
}

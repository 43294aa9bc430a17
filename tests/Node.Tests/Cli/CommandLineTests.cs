using AkkaParty.Node.Cli;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly SettingsFixture _given = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private NodeSettings? _served;

    public void Dispose()
    {
        _given.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Without_a_verb_it_serves()
    {
        (await RunAsync()).ShouldBe(0);
        _served.ShouldNotBeNull().Options.Port.ShouldBe(8080);
    }

    [Fact]
    public async Task Short_options_are_settings()
    {
        (await RunAsync("--urls", "http://127.0.0.1:8000;http://127.0.0.1:8081", "--lan", "--data", "/tmp/x")).ShouldBe(0);
        var options = _served.ShouldNotBeNull().Options;
        options.Urls.ShouldBe(["http://127.0.0.1:8000", "http://127.0.0.1:8081"]);
        options.Lan.ShouldBeTrue();
        options.DataDirectory.ShouldBe("/tmp/x");
    }

    [Fact]
    public async Task Several_urls_may_be_given()
    {
        await RunAsync("--urls", "http://127.0.0.1:8000", "--urls", "http://127.0.0.1:8081");
        _served.ShouldNotBeNull().Options.Urls.ShouldBe(["http://127.0.0.1:8000", "http://127.0.0.1:8081"]);
    }

    [Fact]
    public async Task A_port_on_the_command_line_wins_over_addresses_elsewhere()
    {
        _given.Env("ASPNETCORE_URLS", "http://*:5000");
        await RunAsync("--port", "9000");
        var options = _served.ShouldNotBeNull().Options;
        options.Urls.ShouldBeEmpty();
        options.Port.ShouldBe(9000);
    }

    [Theory]
    [InlineData("--AkkaParty:Parties:AwaySeconds=60")]
    [InlineData("--AkkaParty:Parties:AwaySeconds", "60")]
    [InlineData("--akkaparty:parties:awayseconds=60")]
    public async Task Any_setting_may_be_given(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(0);
        _served.ShouldNotBeNull().Options.Parties.AwaySeconds.ShouldBe(60);
    }

    [Fact]
    public async Task A_bad_configuration_starts_nothing()
    {
        (await RunAsync("--AkkaParty:Port=x", "--AkkaParty:Prot=1")).ShouldBe(2);
        _served.ShouldBeNull();
        _error.ToString().ShouldBe(
            "AkkaParty:Prot (command line --AkkaParty:Prot) is not a known key; did you mean AkkaParty:Port?\n"
            + "AkkaParty:Port = \"x\" (command line --AkkaParty:Port): must be a whole number from 0 to 65535.\n");
        _output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--nonsense")]
    [InlineData("--port", "abc")]
    [InlineData("config")]
    [InlineData("config", "chekc")]
    public async Task A_word_it_does_not_know_is_misuse(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(2);
        _served.ShouldBeNull();
        _error.ToString().ShouldContain("akkaparty --help");
    }

    [Fact]
    public async Task Warnings_do_not_stop_the_start()
    {
        _given.Env("REDIS_URL", "redis://localhost");
        (await RunAsync()).ShouldBe(0);
        _error.ToString().ShouldStartWith("warning: environment variable REDIS_URL is set, but ");
    }

    [Fact]
    public async Task Config_check_says_that_all_is_default()
    {
        (await RunAsync("config", "check")).ShouldBe(0);
        _output.ToString().ShouldBe("Configuration is valid.\nAll values are defaults.\n");
        _served.ShouldBeNull();
    }

    [Fact]
    public async Task Config_check_says_where_each_other_value_comes_from()
    {
        _given.Env("TMDB_API_KEY", "s3cr3t").DotEnv("AkkaParty__Store__Synchronous=normal");
        (await RunAsync("config", "check", "--lan")).ShouldBe(0);
        _output.ToString().ShouldBe(
            "Configuration is valid.\n"
            + "AkkaParty:Lan = true (command line --lan)\n"
            + "AkkaParty:Store:Synchronous = Normal (.env: AkkaParty__Store__Synchronous)\n"
            + "AkkaParty:Tmdb:ApiKey = *** (environment variable TMDB_API_KEY)\n");
    }

    [Fact]
    public async Task Config_check_fails_with_one_line_per_problem()
    {
        _given.Env("AkkaParty__Lan", "maybe");
        (await RunAsync("config", "check")).ShouldBe(2);
        _error.ToString().ShouldBe("AkkaParty:Lan = \"maybe\" (environment variable AkkaParty__Lan): must be true or false.\n");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Config_show_prints_every_value_and_no_secret()
    {
        _given.Env("TMDB_API_KEY", "s3cr3t");
        (await RunAsync("config", "show")).ShouldBe(0);
        var lines = _output.ToString().TrimEnd().Split('\n');
        lines.Length.ShouldBe(OptionCatalogue.All.Count);
        lines.ShouldContain("AkkaParty:Tmdb:ApiKey = ***");
        lines.ShouldContain("AkkaParty:Port = 8080");
    }

    [Fact]
    public async Task Config_defaults_prints_both_files()
    {
        (await RunAsync("config", "defaults")).ShouldBe(0);
        _output.ToString().ShouldBe(DefaultsText.Json());
        _output.GetStringBuilder().Clear();
        (await RunAsync("config", "defaults", "--env")).ShouldBe(0);
        _output.ToString().ShouldBe(DefaultsText.DotEnv());
    }

    [Fact]
    public async Task Help_names_the_options_and_verbs()
    {
        (await RunAsync("--help")).ShouldBe(0);
        var help = _output.ToString();
        foreach (var word in (string[])["--urls", "--port", "--lan", "--data", "--version", "config"])
        {
            help.ShouldContain(word);
        }

        help.ShouldNotContain("contentRoot");
    }

    private Task<int> RunAsync(params string[] args)
    {
        _output.NewLine = "\n";
        _error.NewLine = "\n";
        return AkkaPartyCommand.RunAsync(args, _output, _error, commandLine => _given.Sources([.. commandLine]), (settings, _, _) =>
        {
            _served = settings;
            return Task.FromResult(0);
        });
    }
}

using System.Text;
using System.Text.Json;
using AkkaParty.Accounts;
using AkkaParty.Catalog;
using AkkaParty.Http;
using AkkaParty.Node.Configuration;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;

namespace AkkaParty.Node.Tests.Configuration;

public sealed class DefaultsTests
{
    private static readonly Lazy<string> Repository = new(FindRepository);

    [Fact]
    public void The_settings_file_has_every_default_with_its_comment_and_nothing_else() =>
        File.ReadAllText(Path.Combine(Repository.Value, "src", "Node", "appsettings.json"))
            .ShouldBe(DefaultsText.Json(), "Write it anew: akkaparty config defaults > src/Node/appsettings.json");

    [Fact]
    public void The_example_of_variables_is_complete() =>
        File.ReadAllText(Path.Combine(Repository.Value, ".env.example"))
            .ShouldBe(DefaultsText.DotEnv(), "Write it anew: akkaparty config defaults --env > .env.example");

    [Fact]
    public void The_settings_file_parses_to_one_value_per_option_each_under_a_comment()
    {
        var commented = CommentedKeys(DefaultsText.Json());
        commented.ShouldBe(OptionCatalogue.All.Select(option => option.Key), ignoreOrder: true);
    }

    [Fact]
    public void The_settings_file_alone_changes_nothing()
    {
        using var given = new SettingsFixture();
        var settings = given.InstalledJson(DefaultsText.Json()).Load();
        settings.Problems.ShouldBeEmpty();
        settings.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void The_example_of_variables_with_every_line_in_force_is_valid()
    {
        using var given = new SettingsFixture();
        var text = string.Join('\n', DefaultsText.DotEnv().Split('\n')
            .Where(line => line.StartsWith('#') && !line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => line[1..]));
        var settings = given.DotEnv(text).Load();
        settings.Problems.ShouldBeEmpty();
        settings.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void Every_option_has_a_description_and_numbers_have_bounds()
    {
        foreach (var option in OptionCatalogue.All)
        {
            option.Description.ShouldNotBeNullOrWhiteSpace(option.Key);
            if (option.Property.PropertyType == typeof(int))
            {
                option.Rule.ShouldBeOfType<BetweenAttribute>(option.Key);
            }
        }
    }

    [Fact]
    public void Every_default_keeps_its_own_rule()
    {
        var defaults = new NodeOptions();
        foreach (var option in OptionCatalogue.All.Where(option => option is { Rule: not null, IsList: false }))
        {
            option.Rule!.Accepts(option.Get(defaults)).ShouldBeTrue(option.Key);
        }

        CrossChecks.Problems(defaults).ShouldBeEmpty();
    }

    [Fact]
    public void Defaults_are_those_of_the_parts_they_configure()
    {
        var options = new NodeOptions();
        Json(options.ToRuntime()).ShouldBe(Json(new RuntimeOptions()));
        Json(options.ToTmdb()).ShouldBe(Json(new TmdbOptions()));
        Json(options.ToHttp()).ShouldBe(Json(new HttpOptions()));
        options.ToHttp().Parties.ShouldBe(new PartyOptions());
        options.ToAccounts().ShouldBe(new AccountOptions { Storage = new AccountStorage.Sqlite(options.DataDirectory) });
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static List<string> CommentedKeys(string json)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(json),
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        var keys = new List<string>();
        var path = new Stack<string>();
        var isCommented = false;
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Comment:
                    isCommented = true;
                    break;
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    (isCommented || name == "AkkaParty").ShouldBeTrue(name + " has a comment");
                    isCommented = false;
                    break;
                case JsonTokenType.StartObject:
                    path.Push(name);
                    break;
                case JsonTokenType.EndObject:
                    path.Pop();
                    break;
                case JsonTokenType.EndArray:
                    break;
                default:
                    keys.Add(string.Join(':', path.Reverse().Where(part => part.Length > 0).Append(name)));
                    break;
            }
        }

        return keys;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder.FullName;
    }
}

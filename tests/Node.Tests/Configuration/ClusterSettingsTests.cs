using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests.Configuration;

/// <summary>What a cluster's settings must be, alone and together.</summary>
public sealed class ClusterSettingsTests : IDisposable
{
    private const string Database = "Host=db;Database=party";
    private const string Secret = "0123456789abcdef";

    private readonly SettingsFixture _given = new();

    public void Dispose() => _given.Dispose();

    [Theory]
    [InlineData(
        "postgres://ann:p%40ss@db.example.org:6432/party", "db.example.org/party", "Host=db.example.org", "Port=6432", "Password=p@ss")]
    [InlineData("postgresql://db/party", "db/party", "Host=db", "Port=5432", "Database=party")]
    [InlineData("postgres://ann@db/party?sslmode=verify-full", "db/party", "Username=ann", "SSL Mode=verifyfull", "Database=party")]
    [InlineData("Host=db;Port=5433;Database=party;Username=ann", "db/party", "Port=5433", "Username=ann", "Database=party")]
    [InlineData("Server=db;Database=party", "db/party", "Server=db", "Database=party", "Database=party")]
    public void A_database_is_named_by_an_address_or_by_keys(string text, string shown, params string[] parts)
    {
        PostgresDatabase.TryParse(text, out var database).ShouldBeTrue();
        database.Shown.ShouldBe(shown);
        foreach (var part in parts)
        {
            database.ConnectionString.ShouldContain(part, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("mysql://db/party")]
    [InlineData("postgres://db")]
    [InlineData("postgres:///party")]
    [InlineData("Database=party")]
    [InlineData("party")]
    [InlineData("Host=")]
    public void Anything_else_is_no_database(string text)
    {
        PostgresDatabase.TryParse(text, out _).ShouldBeFalse();
        Problem("AkkaParty:Store:ConnectionString", ("DATABASE_URL", text)).ShouldContain("must be postgres://");
    }

    [Fact]
    public void A_connection_string_makes_it_postgres_and_is_never_shown()
    {
        var settings = _given.Env("DATABASE_URL", "postgres://ann:geheim@db/party").Load();
        settings.Problems.ShouldBeEmpty();
        settings.Options.Store.IsPostgres().ShouldBeTrue();
        settings.Options.StoreShown().ShouldBe("PostgreSQL at db/party");
        settings.Changed.ShouldHaveSingleItem().Shown.ShouldBe("***");
    }

    [Fact]
    public void Without_one_it_is_a_file() => _given.Load().Options.Store.IsPostgres().ShouldBeFalse();

    [Fact]
    public void Kind_and_connection_string_must_agree()
    {
        Problem("AkkaParty:Store:ConnectionString", ("AkkaParty__Store__Kind", "Postgres"));
        Problem("AkkaParty:Store:Kind", ("AkkaParty__Store__Kind", "Sqlite"), ("DATABASE_URL", Database));
    }

    [Fact]
    public void A_cluster_without_a_secret_is_refused() =>
        Problem("AkkaParty:Cluster:Secret", ("DATABASE_URL", Database), ("AkkaParty__Cluster__Listen", "127.0.0.1:9100"))
            .ShouldContain("must be set");

    [Fact]
    public void A_short_secret_is_refused_and_not_shown() =>
        Problem("AkkaParty:Cluster:Secret", ("AkkaParty__Cluster__Secret", "short-one")).ShouldNotContain("short-one");

    [Fact]
    public void A_cluster_needs_postgres() => Problem(
        "AkkaParty:Cluster:Listen", ("AkkaParty__Cluster__Listen", "127.0.0.1:9100"), ("AkkaParty__Cluster__Secret", Secret))
        .ShouldContain("PostgreSQL");

    [Fact]
    public void Links_to_other_machines_need_a_certificate() => Problem(
        "AkkaParty:Cluster:CertificatePath",
        ("DATABASE_URL", Database),
        ("AkkaParty__Cluster__Listen", "10.0.0.5:9100"),
        ("AkkaParty__Cluster__Secret", Secret)).ShouldContain("encrypted");

    [Fact]
    public void A_certificate_needs_its_key_and_its_authority() =>
        Problem("AkkaParty:Cluster:CertificatePath", ("AkkaParty__Cluster__CertificatePath", "node.pem")).ShouldContain("KeyPath");

    [Fact]
    public void Who_listens_everywhere_says_where_to_be_reached() => Problem(
        "AkkaParty:Cluster:Advertise",
        ("DATABASE_URL", Database),
        ("AkkaParty__Cluster__Listen", "*:9100"),
        ("AkkaParty__Cluster__Secret", Secret),
        ("AkkaParty__Cluster__CertificatePath", "a"),
        ("AkkaParty__Cluster__KeyPath", "b"),
        ("AkkaParty__Cluster__CaPath", "c"));

    [Theory]
    [InlineData("Node_1")]
    [InlineData("NODE")]
    [InlineData("a.b")]
    public void A_node_name_has_few_characters(string name) =>
        Problem("AkkaParty:Cluster:NodeName", ("AkkaParty__Cluster__NodeName", name)).ShouldContain("a-z");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData(":9100")]
    [InlineData("::1:9100")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:9100")]
    public void Links_listen_on_a_host_and_a_port(string listen) =>
        Problem("AkkaParty:Cluster:Listen", ("AkkaParty__Cluster__Listen", listen)).ShouldContain("host:port");

    [Fact]
    public void Heartbeats_are_frequent_enough_for_the_lease() => Problem(
        "AkkaParty:Cluster:HeartbeatMilliseconds",
        ("AkkaParty__Cluster__LeaseSeconds", "2"),
        ("AkkaParty__Cluster__HeartbeatMilliseconds", "500")).ShouldContain("LeaseSeconds");

    [Fact]
    public void The_secret_may_be_in_a_file()
    {
        var path = Path.Combine(_given.Working, "secret");
        File.WriteAllText(path, Secret + "\n");
        var settings = _given.Env("DATABASE_URL", Database)
            .Env("AkkaParty__Cluster__Listen", "127.0.0.1:9100")
            .Env("AkkaParty__Cluster__SecretFile", path)
            .Load();
        settings.Problems.ShouldBeEmpty();
        settings.Options.Cluster.SecretInForce.ShouldBe(Secret);
    }

    [Fact]
    public void A_file_without_a_good_secret_is_refused()
    {
        var path = Path.Combine(_given.Working, "secret");
        Problem("AkkaParty:Cluster:SecretFile", ("AkkaParty__Cluster__SecretFile", path)).ShouldContain("cannot be read");
        File.WriteAllText(path, "short");
        Problem("AkkaParty:Cluster:SecretFile", ("AkkaParty__Cluster__SecretFile", path)).ShouldContain("16 to 512");
    }

    [Fact]
    public void Alone_and_unnamed_it_is_node_1_and_in_a_cluster_the_machine()
    {
        new NodeOptions().NameInCluster().ShouldBe("node-1");
        var cluster = new NodeOptions { Cluster = new ClusterSection { Listen = "127.0.0.1:9100" } };
        new NodeNameAttribute().Accepts(cluster.NameInCluster()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("[::1]:9110")]
    public void The_operators_endpoint_can_be_moved_or_switched_off(string listen) =>
        _given.Load(("AkkaParty:Admin:Listen", listen, "test")).Problems.ShouldBeEmpty();

    private string Problem(string key, params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            _given.Env(name, value);
        }

        return _given.Load().Problems.ShouldHaveSingleItem().ShouldStartWithAndReturn(key);
    }
}

/// <summary>A check that hands on what it has checked.</summary>
internal static class TextChecks
{
    public static string ShouldStartWithAndReturn(this string text, string start)
    {
        text.ShouldStartWith(start);
        return text;
    }
}

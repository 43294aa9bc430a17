using System.Diagnostics.Metrics;
using AkkaParty.Catalog.Tests;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Accounts.Tests;

/// <summary>A database that is away, and comes back.</summary>
public sealed class PostgresAwayTests : IAsyncLifetime
{
    private static readonly RateLimit Creates = new("create", 1, TimeSpan.FromHours(1));

    private readonly ManualTime _time = new();
    private PostgresServer _server = null!;
    private AccountBook _book = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartNewAsync();
        _book = AccountBook.Create(
            new AccountOptions
            {
                Storage = new AccountStorage.Postgres(_server.ConnectionString("postgres")),
                PasswordIterations = 10_000,
            },
            _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _book.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Calls_say_so_and_find_it_when_it_is_back()
    {
        await _server.StopAsync();
        await Should.ThrowAsync<AccountsUnavailableException>(() => _book.OpenAsync(CancellationToken.None));
        await Should.ThrowAsync<AccountsUnavailableException>(RegisterAsync);

        await _server.StartAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await RegisterAsync()).IsDone.ShouldBeTrue();
        var signIn = (await LogInAsync()).Value.ShouldNotBeNull();

        await _server.CrashAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<AccountsUnavailableException>(
            () => _book.Sessions.VerifyAsync(signIn.AccessToken, CancellationToken.None).AsTask());
        await Should.ThrowAsync<AccountsUnavailableException>(LogInAsync);

        await _server.StartAsync();
        (await _book.Sessions.VerifyAsync(signIn.AccessToken, CancellationToken.None)).IsDone.ShouldBeTrue();
        (await LogInAsync()).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_is_limited_meanwhile_and_a_metric_says_how_often()
    {
        var notChecked = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "akkaparty.accounts.rate.unchecked")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref notChecked, value));
        listener.Start();
        (await TakeAsync()).IsAllowed.ShouldBeTrue();
        (await TakeAsync()).IsAllowed.ShouldBeFalse();

        await _server.CrashAsync();
        (await TakeAsync()).ShouldBe(new RateAnswer(true, 1, 0, _time.GetUtcNow().AddHours(1), TimeSpan.Zero));
        (await TakeAsync()).IsAllowed.ShouldBeTrue();
        Interlocked.Read(ref notChecked).ShouldBe(2);

        await _server.StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await TakeAsync()).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_that_was_ended_meanwhile_is_told_of_when_it_is_back()
    {
        await RegisterAsync();
        var signIn = (await LogInAsync()).Value.ShouldNotBeNull();
        var told = new TaskCompletionSource();
        using var watch = _book.Sessions.Watch(signIn.SessionId, told.SetResult);
        await _time.ArmedAsync(TimeSpan.FromMilliseconds(500));
        await _server.CrashAsync();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await _server.StartAsync();
        var at = _time.GetUtcNow().AddSeconds(-30).ToUnixTimeMilliseconds();
        await _server.ExecuteAsync($"UPDATE akkaparty.account_sessions SET revoked_at = {at}");
        while (!told.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(told.Task, _book.Accounts.FindAsync(Guid.Empty, CancellationToken.None))
                .Within("an answer of the database that is back");
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await _book.OpenAsync(CancellationToken.None);
        await _server.ExecuteAsync("INSERT INTO akkaparty.account_schema_versions (version) VALUES (999)");
        await using var another = AccountBook.Create(
            new AccountOptions { Storage = new AccountStorage.Postgres(_server.ConnectionString("postgres")) }, _time);
        (await Should.ThrowAsync<AccountsStartException>(() => another.OpenAsync(CancellationToken.None)))
            .Message.ShouldContain("newer AkkaParty (schema 999");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_no_outage()
    {
        await using var book = AccountBook.Create(
            new AccountOptions { Storage = new AccountStorage.Postgres(_server.ConnectionString("nowhere")) }, _time);
        (await Should.ThrowAsync<AccountsStartException>(() => book.OpenAsync(CancellationToken.None)))
            .Message.ShouldContain("the database does not exist");
    }

    [Fact]
    public async Task Many_nodes_make_the_tables_at_once()
    {
        var books = Enumerable.Range(0, 6).Select(_ => AccountBook.Create(
            new AccountOptions { Storage = new AccountStorage.Postgres(_server.ConnectionString("postgres")) }, _time)).ToList();
        await Task.WhenAll(books.Select(book => book.OpenAsync(CancellationToken.None)));
        foreach (var book in books)
        {
            await book.DisposeAsync();
        }
    }

    private Task<AccountAnswer<Account>> RegisterAsync() => _book.Accounts.RegisterAsync(
        new Registration("ada@example.org", "four words of mine"), CancellationToken.None);

    private Task<AccountAnswer<SignIn>> LogInAsync() => _book.Accounts.LogInAsync(
        "ada@example.org", "four words of mine", new Origin("192.0.2.1"), CancellationToken.None);

    private Task<RateAnswer> TakeAsync() => _book.Rates.TakeAsync(Creates, "ada", CancellationToken.None).AsTask();
}

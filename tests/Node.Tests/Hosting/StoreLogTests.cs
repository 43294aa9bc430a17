using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using AkkaParty.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace AkkaParty.Node.Tests.Hosting;

/// <summary>The store opens before everything else, and what it has to say is heard all the same.</summary>
public sealed class StoreLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SettingsFixture _given = new();
    private readonly LineLog _log = new();

    public StoreLogTests() => _given.Env("AkkaParty__DataDirectory", Path.Combine(_given.Working, "data")).Env("PORT", "0")
        .Env("AkkaParty__Admin__Listen", "0");

    public void Dispose()
    {
        _given.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task What_the_store_reports_is_in_the_log()
    {
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();

        // Not on the console as well: what is provoked here is nobody's trouble.
        await using (var app = Composition.Build(
            settings, logging => logging.ClearProviders().Services.AddSingleton<ILoggerProvider>(_ => _log)))
        {
            await app.StartAsync();
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
            using (LockDatabase())
            {
                using var refused = await client.PostAsJsonAsync("/api/party", new { name = "Friday" });
                refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }

            _log.Lines.ShouldContain(line => line.StartsWith("AkkaParty.Runtime.Sqlite.SqliteStore: The database refused"));
            _log.IsDisposed.ShouldBeFalse();
        }

        _log.IsDisposed.ShouldBeTrue("the last lines are written when the server is gone");
    }

    /// <summary>Does what another program can do: holds the write lock.</summary>
    private sqlite3 LockDatabase()
    {
        raw.sqlite3_open(Path.Combine(_given.Working, "data", "akkaparty.db"), out var database).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(database, "BEGIN IMMEDIATE").ShouldBe(raw.SQLITE_OK);
        return database;
    }

    private sealed class LineLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public bool IsDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, Lines);

        public void Dispose() => IsDisposed = true;

        private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{name}: {formatter(state, exception)}");
        }
    }
}

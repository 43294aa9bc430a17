using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class StartTests : PostgresTest
{
    [Fact]
    public async Task Ten_stores_opened_at_once_on_an_empty_database_all_open()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync())).WaitAsync(Patience);

        var outcomes = await Task.WhenAll(stores.Select((store, i) => CommitAsync(store, Append($"of-{i}", 0))));
        outcomes.ShouldAllBe(outcome => outcome == AppendOutcome.Appended);
        (await ReadAllAsync(stores[0])).Count.ShouldBe(10);
        var joins = await Task.WhenAll(stores.Select((store, i) =>
            store.Leases.JoinAsync(new JoinRequest($"node-{i}", "", 1), CancellationToken.None).AsTask()));
        joins.Select(join => join.Node.ShouldNotBeNull().Incarnation).Distinct().Count().ShouldBe(10);
        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_in_one_sentence()
    {
        await (await OpenAsync()).DisposeAsync();
        await Database.ExecuteAsync("INSERT INTO schema_versions (version) VALUES (99)");

        (await Should.ThrowAsync<StoreStartException>(() => OpenAsync())).Message.ShouldBe(
            $"The database {Database.Name} was written by a newer AkkaParty (schema 99, this one knows {SchemaScripts.Version}); " +
            "start that version or a newer one.");
    }

    [Fact]
    public async Task Another_number_of_shards_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await Database.ExecuteAsync("UPDATE cluster SET shards = 128");

        (await Should.ThrowAsync<StoreStartException>(() => OpenAsync())).Message.ShouldContain("was made for 128 shards");
    }

    [Fact]
    public async Task A_server_that_does_not_wait_for_the_disk_is_refused() =>
        (await Should.ThrowAsync<StoreStartException>(
            () => OpenAsync(connectionString: Database.ConnectionString + ";Options=-c synchronous_commit=off")))
        .Message.ShouldContain("synchronous_commit is off");

    [Fact]
    public async Task A_database_that_does_not_exist_is_refused() =>
        (await Should.ThrowAsync<StoreStartException>(
            async () => await OpenOnAsync((await PostgresServer.SharedAsync()).ConnectionString("nowhere"))))
        .Message.ShouldBe("The PostgreSQL database cannot be opened: the database does not exist.");

    [Fact]
    public async Task A_user_that_does_not_exist_is_refused() =>
        (await Should.ThrowAsync<StoreStartException>(() => OpenAsync(connectionString: Database.ConnectionString + ";Username=nobody")))
        .Message.ShouldContain("refuses the user or the password");

    [Theory]
    [InlineData("Host=127.0.0.1;Colour=blue")]
    [InlineData("Host")]
    public async Task A_connection_string_that_cannot_be_read_is_refused(string connectionString) =>
        (await Should.ThrowAsync<StoreStartException>(() => OpenOnAsync(connectionString)))
        .Message.ShouldStartWith("The connection string for PostgreSQL cannot be read");

    [Fact]
    public async Task Options_out_of_range_are_refused() =>
        (await Should.ThrowAsync<StoreStartException>(() => OpenAsync(commandSeconds: 1))).Message
        .ShouldBe("CommandTimeout must be a whole number from 2 to 60, but is 1.");

    [Fact]
    public async Task A_server_that_is_away_is_something_to_wait_for()
    {
        await Should.ThrowAsync<JournalUnavailableException>(() => OpenOnAsync(
            $"Host=127.0.0.1;Port={FreePort.Next()};Username=postgres;Database=postgres"));
    }

    [Fact]
    public async Task A_database_restored_behind_its_own_numbers_goes_on_above_them()
    {
        await using (var before = await OpenAsync())
        {
            (await CommitAsync(before, Append("a", 0, 2))).ShouldBe(AppendOutcome.Appended);
        }

        await Database.ExecuteAsync("UPDATE events SET \"offset\" = \"offset\" + (1000000000::bigint << 20)");

        await using var after = await OpenAsync();
        (await CommitAsync(after, Append("a", 2))).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(after, Append("b", 0))).ShouldBe(AppendOutcome.Appended);
        (await ReadAllAsync(after)).Select(record => $"{record.Address.Id}{record.Entry.Seq}").ShouldBe(["a1", "a2", "a3", "b1"]);
    }
}

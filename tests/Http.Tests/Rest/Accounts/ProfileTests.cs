using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Http.Tests.Rest.Accounts;

public sealed class ProfileTests
{
    private const string Profile = "/api/v1/profile";

    [Fact]
    public async Task Changes_what_others_see_and_leaves_what_is_left_out()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");

        var changed = await host.PatchAsync(Profile, new { name = " Ada L. ", avatar_url = "https://example.org/a.png" }, ada.Access);
        changed.Status.ShouldBe(200, changed.Text);
        (changed["name"], changed["avatar_url"]).ShouldBe(("Ada L.", "https://example.org/a.png"));
        var bare = await host.PatchAsync(Profile, new { avatar_url = "" }, ada.Access);
        (bare["name"], bare["avatar_url"]).ShouldBe(("Ada L.", ""));
        bare.Json.GetProperty("avatar_url").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await host.GetAsync(Profile, ada.Access)).Text.ShouldBe(bare.Text);
    }

    [Theory]
    [InlineData("""{"name":""}""", "invalid_name", "name")]
    [InlineData("""{"name":"{long}"}""", "invalid_name", "name")]
    [InlineData("""{"name":"a\u200Bb"}""", "invalid_name", "name")]
    [InlineData("""{"avatar_url":"javascript:alert(1)"}""", "invalid_avatar_url", "avatar_url")]
    [InlineData("""{"avatar_url":7}""", "invalid_request_body", "avatar_url")]
    public async Task A_wrong_change_is_400_and_names_the_field(string body, string code, string field)
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        var answer = await host.SendAsync(HttpMethod.Patch, Profile, body.Replace("{long}", new string('x', 101)), ada.Access);
        answer.ShouldBeProblem(400, code, field);
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_every_other_session()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, other) = (await host.EnterAsync("ada"), await host.LogInAsync("ada@example.org"));

        (await host.PostAsync($"{Profile}/password", new { new_password = "another password" }, ada.Access))
            .ShouldBeProblem(400, "invalid_request_body", "current_password");
        (await host.PostAsync($"{Profile}/password", new { current_password = AccountTable.Password }, ada.Access))
            .ShouldBeProblem(400, "invalid_request_body", "new_password");
        (await host.PostAsync($"{Profile}/password", new { current_password = "wrong", new_password = "another password" }, ada.Access))
            .ShouldBeProblem(403, "password_wrong", "current_password");
        (await host.PostAsync($"{Profile}/password", new { current_password = AccountTable.Password, new_password = "short" }, ada.Access))
            .ShouldBeProblem(400, "invalid_password", "new_password");

        var changed = await host.PostAsync(
            $"{Profile}/password", new { current_password = AccountTable.Password, new_password = "another password" }, ada.Access);

        changed.Status.ShouldBe(200, changed.Text);
        (await host.GetAsync(Profile, ada.Access)).Status.ShouldBe(200);
        (await host.GetAsync(Profile, other.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.PostAsync("/api/v1/auth/login", new { email = ada.Email, password = AccountTable.Password }))
            .ShouldBeProblem(401, "invalid_credentials");
        await host.LogInAsync(ada.Email, "another password");
    }

    [Fact]
    public async Task A_repeated_change_of_the_password_answers_the_same()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        var body = new { current_password = AccountTable.Password, new_password = "another password" };
        (string, string) key = ("Idempotency-Key", "change-of-password-1");

        var first = await host.PostAsync($"{Profile}/password", body, ada.Access, key);
        var again = await host.PostAsync($"{Profile}/password", body, ada.Access, key);

        (first.Status, again.Status, again.Text).ShouldBe((200, 200, first.Text));
        (await host.PostAsync($"{Profile}/password", body with { new_password = "a third password" }, ada.Access, key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
        (await host.PostAsync($"{Profile}/password", body, ada.Access)).ShouldBeProblem(403, "password_wrong", "current_password");
    }

    [Fact]
    public async Task Wrong_passwords_of_somebody_who_is_known_are_counted_as_well()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        for (var failure = 1; failure <= 5; failure++)
        {
            (await host.DeleteAsync(Profile, ada.Access, new { password = "wrong" })).ShouldBeProblem(403, "password_wrong", "password");
        }

        (await host.DeleteAsync(Profile, ada.Access, new { password = AccountTable.Password })).ShouldBeProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task Lists_sessions_and_ends_one_or_all_others()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));
        var (second, third) = (await host.LogInAsync(ada.Email), await host.LogInAsync(ada.Email));

        var sessions = (await host.GetAsync($"{Profile}/sessions", ada.Access)).Json.GetProperty("sessions").EnumerateArray().ToList();
        sessions.Count.ShouldBe(3);
        sessions.Single(session => session.GetProperty("current").GetBoolean()).GetProperty("id").GetString().ShouldBe(ada.SessionId);
        sessions[0].EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "created_at", "last_used_at", "expires_at", "address", "client", "current"]);

        (await host.DeleteAsync($"{Profile}/sessions/{second.SessionId}", ada.Access)).Status.ShouldBe(204);
        (await host.GetAsync(Profile, second.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.GetAsync(Profile, third.Access)).Status.ShouldBe(200);
        foreach (var nobodys in (string[])[bob.SessionId, second.SessionId, Guid.NewGuid().ToString(), "x"])
        {
            (await host.DeleteAsync($"{Profile}/sessions/{nobodys}", ada.Access)).ShouldBeProblem(404, "session_not_found");
        }

        (await host.DeleteAsync($"{Profile}/sessions", ada.Access)).Status.ShouldBe(200);
        (await host.GetAsync(Profile, third.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.GetAsync(Profile, ada.Access)).Status.ShouldBe(200);
        (await host.GetAsync(Profile, bob.Access)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Exports_everything_but_secrets_and_deletes_everything()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));
        await host.PostAsync("/api/v1/friends", new { user_id = bob.Id }, ada.Access);
        await host.PostAsync("/api/v1/playlists", new { name = "Friday", items = new[] { new { title = "Metropolis" } } }, ada.Access);

        var export = await host.GetAsync($"{Profile}/export", ada.Access);
        export.Status.ShouldBe(200, export.Text);
        export.Headers["Content-Disposition"].ShouldStartWith("attachment");
        export.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["user", "sessions", "friends", "playlists", "watch_parties", "exported_at"]);
        export.Json.GetProperty("friends").GetProperty("outgoing")[0].GetProperty("user_id").GetString().ShouldBe(bob.Id);
        export.Json.GetProperty("playlists")[0].GetProperty("items")[0].GetProperty("title").GetString().ShouldBe("Metropolis");
        export.Text.ShouldNotContain(ada.Refresh);
        export.Text.ShouldNotContain("hash");

        (await host.DeleteAsync(Profile, ada.Access, new { })).ShouldBeProblem(400, "invalid_request_body", "password");
        (await host.DeleteAsync(Profile, ada.Access, new { password = AccountTable.Password })).Status.ShouldBe(204);
        (await host.GetAsync(Profile, ada.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.PostAsync("/api/v1/auth/login", new { email = ada.Email, password = AccountTable.Password }))
            .ShouldBeProblem(401, "invalid_credentials");
        (await host.GetAsync("/api/v1/friends", bob.Access)).Json.GetProperty("incoming").GetArrayLength().ShouldBe(0);
        (await host.EnterAsync("ada")).Id.ShouldNotBe(ada.Id, "the address is free again");
    }

    [Fact]
    public async Task Exports_what_was_watched_and_says_when_that_cannot_be_read()
    {
        var history = new History();
        await using var host = await TestHost.StartWithAccountsAsync(services: services => services.AddSingleton<IWatchParties>(history));
        var ada = await host.EnterAsync("ada");

        var export = await host.GetAsync($"{Profile}/export", ada.Access);

        export.Status.ShouldBe(200, export.Text);
        history.AskedFor.ShouldBe(ada.Id);
        export.Json.GetProperty("watch_parties").ToString().ShouldBe(
            """
            [{"id":"01974c5e-0000-7000-8000-000000000001","title":"Friday","role":"co-host",
            "joined_at":"2026-05-01T18:30:00Z","left_at":null,"watched_ms":5400000}]
            """.ReplaceLineEndings(string.Empty));

        history.Failure = new JournalUnavailableException("away");
        (await host.GetAsync($"{Profile}/export", ada.Access)).ShouldBeProblem(503, "store_unavailable");
    }

    private sealed class History : IWatchParties
    {
        private static readonly DateTimeOffset At = new(2026, 5, 1, 18, 30, 0, TimeSpan.Zero);

        public string? AskedFor { get; private set; }

        public Exception? Failure { get; set; }

        public ValueTask<IReadOnlyList<WatchPartyOfMember>> ListOfMemberAsync(string memberId, CancellationToken cancellationToken)
        {
            AskedFor = memberId;
            const string Id = "01974c5e-0000-7000-8000-000000000001";
            var party = new WatchPartyRow(
                Id, null, null, "Friday", null, WatchVisibility.Private, false, "ABCDEF", 100, 2, At, At, null, null);
            return Failure is null
                ? new([new WatchPartyOfMember(party, memberId, WatchRole.CoHost, At, null, 5_400_000)])
                : ValueTask.FromException<IReadOnlyList<WatchPartyOfMember>>(Failure);
        }

        public ValueTask<IReadOnlyList<WatchPartyRow>> ListPublicAsync(int limit, int offset, CancellationToken cancellationToken) =>
            new([]);

        public ValueTask<WatchPartyRow?> FindAsync(string id, CancellationToken cancellationToken) => new((WatchPartyRow?)null);

        public ValueTask CatchUpAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

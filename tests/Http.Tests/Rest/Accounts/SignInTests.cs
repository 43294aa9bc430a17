using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Accounts;

public sealed class SignInTests
{
    private const string Register = "/api/v1/users/register";
    private const string LogIn = "/api/v1/auth/login";
    private const string Refresh = "/api/v1/auth/refresh";
    private const string LogOut = "/api/v1/auth/logout";
    private const string Profile = "/api/v1/profile";

    [Fact]
    public async Task Registers_logs_in_and_out_as_the_documents_say()
    {
        await using var host = await TestHost.StartWithAccountsAsync();

        var registered = await host.PostAsync(Register, new { email = "ada@example.org", password = AccountTable.Password });
        registered.Status.ShouldBe(201, registered.Text);
        registered["message"].ShouldNotBeNullOrEmpty();
        var user = registered.Json.GetProperty("user");
        user.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "number", "email", "name", "avatar_url", "role", "created_at"]);
        (user.GetProperty("email").GetString(), user.GetProperty("name").GetString(), user.GetProperty("role").GetString())
            .ShouldBe(("ada@example.org", "ada", "user"));
        user.GetProperty("number").GetInt64().ShouldBeGreaterThan(0);
        registered.Text.ShouldNotContain("password");

        var loggedIn = await host.PostAsync(LogIn, new { email = "ADA@example.org", password = AccountTable.Password });
        loggedIn.Status.ShouldBe(200, loggedIn.Text);
        loggedIn.Headers["Cache-Control"].ShouldBe("no-store");
        (loggedIn["token_type"], loggedIn["expires_in"]).ShouldBe(("Bearer", "86400"));
        loggedIn.Json.GetProperty("user").ToString().ShouldBe(user.ToString());
        var ada = AccountTable.Read(loggedIn);
        (await host.GetAsync(Profile, ada.Access)).Text.ShouldBe(user.GetRawText());

        var loggedOut = await host.PostAsync(LogOut, new { refresh_token = ada.Refresh });
        (loggedOut.Status, loggedOut["message"]).ShouldBe((200, "logged out successfully"));
        (await host.GetAsync(Profile, ada.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.PostAsync(Refresh, new { refresh_token = ada.Refresh }))
            .ShouldBeProblem(401, "invalid_refresh_token", "refresh_token");
        (await host.PostAsync(LogOut, new { refresh_token = ada.Refresh })).Status.ShouldBe(200, "an ended one is no error");
        (await host.PostAsync(LogOut, new { refresh_token = "unknown" })).Status.ShouldBe(200, "an unknown one is no error");
    }

    [Theory]
    [InlineData("""{"password":"long enough now"}""", "invalid_request_body", "email", "invalid request payload")]
    [InlineData("""{"email":"a@example.org"}""", "invalid_request_body", "password", "invalid request payload")]
    [InlineData("""{"email":7,"password":"long enough now"}""", "invalid_request_body", "email", "invalid request payload")]
    [InlineData("""{"email":"a@example.org","password":"long enough now" """, "invalid_request_body", null, "invalid request payload")]
    [InlineData("""{"email":"nobody","password":"long enough now"}""", "invalid_email", "email", "invalid email")]
    [InlineData("""{"email":"a\u202Eb@example.org","password":"long enough now"}""", "invalid_email", "email", "invalid email")]
    [InlineData("""{"email":"a@example.org","password":"1234567"}""", "invalid_password", "password", "invalid password")]
    [InlineData("""{"email":"a@example.org","password":"password1"}""", "common_password", "password", "password is too common")]
    [InlineData("""{"email":"a@example.org","password":"long enough now","name":" "}""", "invalid_name", "name", "invalid name")]
    [InlineData("""{"email":"a@example.org","password":"long enough now","name":"a\u202Eb"}""", "invalid_name", "name", "invalid name")]
    public async Task A_wrong_registration_is_400_and_names_the_field(string body, string code, string? field, string error)
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var answer = await host.SendAsync(HttpMethod.Post, Register, body);
        answer.ShouldBeProblem(400, code, field);
        answer["error"].ShouldBe(error);
    }

    [Fact]
    public async Task A_taken_address_is_409_whatever_its_case()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        await host.EnterAsync("ada");
        var taken = await host.PostAsync(Register, new { email = "Ada@Example.ORG", password = "another password" });
        taken.ShouldBeProblem(409, "email_taken", "email");
        taken["error"].ShouldBe("user already exists");
    }

    [Fact]
    public async Task A_registration_with_a_key_can_be_repeated_and_is_nobody_elses()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var body = new { email = "ada@example.org", password = AccountTable.Password };
        var first = await host.PostAsync(Register, body, null, ("Idempotency-Key", "0123456789abcdef"));
        var again = await host.PostAsync(Register, body, null, ("Idempotency-Key", "0123456789abcdef"));
        (again.Status, again.Text).ShouldBe((201, first.Text));
        (await host.PostAsync(Register, body, null, ("Idempotency-Key", "fedcba9876543210"))).ShouldBeProblem(409, "email_taken", "email");
        (await host.PostAsync(Register, body, null, ("Idempotency-Key", "short")))
            .ShouldBeProblem(400, "invalid_request", "Idempotency-Key");
    }

    [Fact]
    public async Task A_log_in_says_the_same_about_a_wrong_password_and_an_unknown_address()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        await host.EnterAsync("ada");
        var wrong = await host.PostAsync(LogIn, new { email = "ada@example.org", password = "wrong password" });
        var unknown = await host.PostAsync(LogIn, new { email = "bob@example.org", password = "wrong password" });
        wrong.ShouldBeProblem(401, "invalid_credentials");
        wrong["error"].ShouldBe("invalid credentials");
        unknown.Text.ShouldBe(wrong.Text);
        (await host.PostAsync(LogIn, new { email = "ada@example.org" })).ShouldBeProblem(400, "invalid_request_body", "password");
    }

    [Fact]
    public async Task From_the_fifth_failure_a_log_in_has_to_wait_longer_each_time_for_unknown_addresses_too()
    {
        foreach (var email in (string[])["ada@example.org", "nobody@example.org"])
        {
            await using var host = await TestHost.StartWithAccountsAsync();
            await host.EnterAsync("ada");
            for (var failure = 1; failure <= 5; failure++)
            {
                (await host.PostAsync(LogIn, new { email, password = "wrong password" })).ShouldBeProblem(401, "invalid_credentials");
            }

            var locked = await host.PostAsync(LogIn, new { email, password = AccountTable.Password });
            locked.ShouldBeProblem(429, "too_many_attempts");
            locked["error"].ShouldBe("too many failed attempts, try again later");
            locked.Headers["Retry-After"].ShouldBe("1");

            host.Time.Advance(TimeSpan.FromSeconds(1.1));
            (await host.PostAsync(LogIn, new { email, password = "wrong password" })).ShouldBeProblem(401, "invalid_credentials");
            var longer = await host.PostAsync(LogIn, new { email, password = AccountTable.Password });
            longer.ShouldBeProblem(429, "too_many_attempts");
            longer.Headers["Retry-After"].ShouldBe("2");
        }
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_its_second_use_ends_the_session()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");

        var second = AccountTable.Read(await host.PostAsync(Refresh, new { refresh_token = ada.Refresh }));
        second.SessionId.ShouldBe(ada.SessionId);
        second.Refresh.ShouldNotBe(ada.Refresh);
        (await host.GetAsync(Profile, second.Access)).Status.ShouldBe(200);

        var stolen = await host.PostAsync(Refresh, new { refresh_token = ada.Refresh });
        stolen.ShouldBeProblem(401, "invalid_refresh_token", "refresh_token");
        stolen["error"].ShouldBe("invalid refresh token");
        (await host.GetAsync(Profile, second.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.PostAsync(Refresh, new { refresh_token = second.Refresh }))
            .ShouldBeProblem(401, "invalid_refresh_token", "refresh_token");
    }

    [Fact]
    public async Task A_refresh_with_a_key_can_be_repeated_when_its_answer_was_lost()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        (string, string) key = ("Idempotency-Key", "0123456789abcdef");

        var lost = AccountTable.Read(await host.PostAsync(Refresh, new { refresh_token = ada.Refresh }, null, key));
        var again = AccountTable.Read(await host.PostAsync(Refresh, new { refresh_token = ada.Refresh }, null, key));

        again.SessionId.ShouldBe(ada.SessionId);
        (await host.GetAsync(Profile, again.Access)).Status.ShouldBe(200);
        (await host.PostAsync(Refresh, new { refresh_token = again.Refresh })).Status.ShouldBe(200);
        lost.Refresh.ShouldNotBe(again.Refresh);
    }

    [Fact]
    public async Task A_refresh_token_ends_after_a_week()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        host.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        (await host.PostAsync(Refresh, new { refresh_token = ada.Refresh })).ShouldBeProblem(401, "invalid_refresh_token", "refresh_token");
    }

    [Fact]
    public async Task Without_a_refresh_token_the_session_of_the_access_token_ends()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        (await host.PostAsync(LogOut, null)).ShouldBeProblem(400, "refresh_token_required", "refresh_token");
        (await host.PostAsync(LogOut, new { })).ShouldBeProblem(400, "refresh_token_required", "refresh_token");
        (await host.PostAsync(LogOut, null, "a.b.c")).ShouldBeProblem(401, "invalid_token");

        (await host.PostAsync(LogOut, null, ada.Access)).Status.ShouldBe(200);

        (await host.GetAsync(Profile, ada.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.PostAsync(Refresh, new { refresh_token = ada.Refresh })).ShouldBeProblem(401, "invalid_refresh_token", "refresh_token");
        (await host.PostAsync(LogOut, null, ada.Access)).Status.ShouldBe(200, "once more is no error");
    }

    [Fact]
    public async Task Proving_who_one_is_is_limited_per_address_and_registering_per_hour()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { Rates = new CallRateOptions { ProvePerMinute = 2 } });
        await host.PostAsync(LogIn, new { });
        await host.PostAsync(Register, new { });
        (await host.PostAsync(Refresh, new { })).ShouldBeProblem(429, "rate_limited");

        await using var hourly = await TestHost.StartAsync(new HttpOptions { Windows = new RateWindowOptions { RegisterPerHour = 1 } });
        _ = await hourly.PostAsync(Register, new { email = "a@example.org", password = "long enough now" });
        var limited = await hourly.PostAsync(Register, new { email = "b@example.org", password = "long enough now" });
        limited.ShouldBeProblem(429, "rate_limited");
        limited.Headers["Retry-After"].ShouldBe("3600");
        (limited.Headers["X-RateLimit-Limit"], limited.Headers["X-RateLimit-Remaining"]).ShouldBe(("1", "0"));
        limited.Headers["X-RateLimit-Reset"].ShouldBe($"{hourly.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}");
    }
}

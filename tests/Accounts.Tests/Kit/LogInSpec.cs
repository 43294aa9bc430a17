using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class LogInSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    [Fact]
    public async Task Whoever_knows_the_password_gets_tokens_of_one_session()
    {
        var account = await RegisterAsync();
        var signIn = await LogInAsync("ADA@example.org");

        signIn.Account.ShouldBe(account);
        signIn.AccessExpiresAt.ShouldBe(Time.GetUtcNow().AddHours(24));
        signIn.RefreshExpiresAt.ShouldBe(Time.GetUtcNow().AddDays(7));
        var grant = (await Another().Sessions.VerifyAsync(signIn.AccessToken, None)).Value.ShouldNotBeNull();
        grant.ShouldBe(new AccessGrant(
            account.Id, 1, "ada", "ada@example.org", null, AccountRole.User, signIn.SessionId, signIn.AccessExpiresAt));
        (await Book.Sessions.ListAsync(account.Id, None)).ShouldBe(
            [new AccountSession(
                signIn.SessionId, Time.GetUtcNow(), Time.GetUtcNow(), signIn.RefreshExpiresAt, "192.0.2.1", "A browser")]);
    }

    [Fact]
    public async Task No_secret_is_stored_in_the_clear()
    {
        var signIn = await JoinAsync();
        (await RowsAsync<string>("SELECT hash FROM refresh_tokens")).ShouldHaveSingleItem().ShouldNotContain(signIn.RefreshToken);
        (await RowsAsync<string>("SELECT password_hash FROM accounts")).ShouldHaveSingleItem().ShouldNotContain(Password);
    }

    [Fact]
    public async Task An_unknown_e_mail_is_answered_like_a_wrong_password_and_costs_as_much()
    {
        await RegisterAsync();
        var before = Book.Passwords.Checked;
        var known = await FailToLogInAsync("ada@example.org", address: "192.0.2.1");
        var between = Book.Passwords.Checked;
        var unknown = await FailToLogInAsync("eve@example.org", address: "192.0.2.2");
        var tooLong = await FailToLogInAsync("ada@example.org", new string('x', 5_000), "192.0.2.3");
        var nonsense = await FailToLogInAsync("no e-mail at all", address: "192.0.2.4");

        known.Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        unknown.ShouldBe(known);
        tooLong.ShouldBe(known);
        nonsense.ShouldBe(known);
        (between - before).ShouldBe(1);
        (Book.Passwords.Checked - between).ShouldBe(3);
    }

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("nobody@example.org")]
    public async Task From_the_fifth_failure_of_an_account_each_further_try_waits_twice_as_long(string email)
    {
        await RegisterAsync();
        for (var i = 1; i <= 5; i++)
        {
            (await FailToLogInAsync(email, address: $"192.0.2.{i}")).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        }

        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            var wait = await FailToLogInAsync(email, Password, $"198.51.100.{seconds % 250}");
            wait.Code.ShouldBe(AccountFaultCodes.TooManyAttempts);
            wait.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
            Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            (await FailToLogInAsync(email, address: $"198.51.100.{seconds % 250}")).RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
            Time.Advance(TimeSpan.FromMilliseconds(1));
            (await FailToLogInAsync(email, address: $"203.0.113.{seconds % 250}")).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        }
    }

    [Fact]
    public async Task From_the_fifth_failure_of_an_address_it_waits_whichever_account_it_tries()
    {
        await RegisterAsync();
        for (var i = 1; i <= 5; i++)
        {
            await FailToLogInAsync($"somebody{i}@example.org");
        }

        (await FailToLogInAsync("ada@example.org", Password)).Code.ShouldBe(AccountFaultCodes.TooManyAttempts);
        (await Book.Accounts.LogInAsync("ada@example.org", Password, new Origin("192.0.2.2"), None)).IsDone.ShouldBeTrue();
        PassASecond();
        await LogInAsync();
        (await FailToLogInAsync("somebody6@example.org")).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        (await FailToLogInAsync("ada@example.org", Password)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(2), "success does not clear it");
        Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        (await FailToLogInAsync("somebody7@example.org")).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        await LogInAsync();
    }

    [Fact]
    public async Task A_success_forgets_the_accounts_failures()
    {
        await RegisterAsync();
        for (var i = 1; i <= 4; i++)
        {
            await FailToLogInAsync(address: $"192.0.2.{i}");
        }

        await LogInAsync();
        for (var i = 5; i <= 9; i++)
        {
            (await FailToLogInAsync(address: $"192.0.2.{i}")).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        }

        (await FailToLogInAsync(address: "192.0.2.10")).Code.ShouldBe(AccountFaultCodes.TooManyAttempts);
    }

    [Fact]
    public async Task Many_guesses_at_once_are_not_many_free_ones()
    {
        await RegisterAsync();
        var faults = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => FailToLogInAsync(address: $"192.0.2.{i}")));

        faults.Count(fault => fault.Code == AccountFaultCodes.InvalidCredentials).ShouldBe(5);
        faults.Count(fault => fault.Code == AccountFaultCodes.TooManyAttempts).ShouldBe(15);
    }

    [Fact]
    public async Task Many_right_passwords_at_once_all_log_in()
    {
        await RegisterAsync();
        var signIns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LogInAsync()));
        signIns.Select(signIn => signIn.SessionId).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public async Task Beyond_fifty_sessions_the_quietest_one_ends()
    {
        var first = await JoinAsync();
        SignIn? second = null;
        for (var i = 0; i < AccountLimits.SessionsMax; i++)
        {
            PassASecond();
            second ??= await LogInAsync();
            if (i > 0)
            {
                await LogInAsync();
            }
        }

        (await RefusalAsync(first.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await RefusalAsync(second!.AccessToken)).ShouldBeNull();
        (await Book.Sessions.ListAsync(first.Account.Id, None)).Count.ShouldBe(AccountLimits.SessionsMax);
    }

    [Fact]
    public async Task A_password_that_was_hashed_more_cheaply_is_hashed_anew_at_the_next_log_in()
    {
        await RegisterAsync();
        var before = (await RowsAsync<string>("SELECT password_hash FROM accounts")).Single();
        var dearer = Open(Options with { PasswordIterations = 20_000 });
        await LogInAsync(book: dearer);
        (await RowsAsync<string>("SELECT password_hash FROM accounts")).Single().ShouldNotBe(before);
        await LogInAsync(book: dearer);
    }

    [Fact]
    public async Task Another_password_ends_every_other_session_and_the_old_one_holds_no_longer()
    {
        var other = await JoinAsync();
        var mine = await LogInAsync();
        var accounts = Book.Accounts;

        var common = await accounts.ChangePasswordAsync(mine.Account.Id, mine.SessionId, Password, "password1", null, Here, None);
        common.Fault.ShouldNotBeNull().Field.ShouldBe("new_password");
        var wrong = await accounts.ChangePasswordAsync(
            mine.Account.Id, mine.SessionId, "not this one", "my other words", null, Here, None);
        wrong.Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        (await RefusalAsync(other.AccessToken)).ShouldBeNull();
        (await accounts.ChangePasswordAsync(mine.Account.Id, mine.SessionId, Password, "my other words", null, Here, None))
            .IsDone.ShouldBeTrue();

        (await RefusalAsync(other.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await accounts.RefreshAsync(other.RefreshToken, null, Here, None)).IsDone.ShouldBeFalse();
        (await RefusalAsync(mine.AccessToken)).ShouldBeNull();
        (await FailToLogInAsync(password: Password)).Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        (await accounts.LogInAsync("ada@example.org", "my other words", Here, None)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_repeated_change_of_the_password_is_no_other_change()
    {
        var mine = await JoinAsync();
        (await ChangeAsync(Password, "my other words", "key-1")).IsDone.ShouldBeTrue();
        var later = (await Book.Accounts.LogInAsync("ada@example.org", "my other words", Here, None)).Value.ShouldNotBeNull();

        (await ChangeAsync(Password, "my other words", "key-1")).IsDone.ShouldBeTrue();
        (await RefusalAsync(later.AccessToken)).ShouldBeNull("what began since goes on");
        (await ChangeAsync(Password, "my third words", "key-1")).Fault.ShouldNotBeNull().Code.ShouldBe(AccountFault.KeyReused);
        (await ChangeAsync(Password, "my other words", "key-2")).Fault.ShouldNotBeNull().Code
            .ShouldBe(AccountFaultCodes.InvalidCredentials);
        (await ChangeAsync(Password, "my other words", null)).Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.InvalidCredentials);

        Time.Advance(TimeSpan.FromHours(24));
        (await ChangeAsync(Password, "my other words", "key-1")).Fault.ShouldNotBeNull().Code
            .ShouldBe(AccountFaultCodes.InvalidCredentials);

        Task<AccountAnswer<Done>> ChangeAsync(string current, string next, string? key) =>
            Another().Accounts.ChangePasswordAsync(mine.Account.Id, mine.SessionId, current, next, key, Here, None);
    }
}

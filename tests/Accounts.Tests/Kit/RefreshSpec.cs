using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class RefreshSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    [Fact]
    public async Task A_refresh_token_buys_another_pair_of_the_same_session()
    {
        var first = await JoinAsync();
        Time.Advance(TimeSpan.FromHours(20));
        var second = await RefreshAsync(first.RefreshToken);

        second.SessionId.ShouldBe(first.SessionId);
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        second.AccessExpiresAt.ShouldBe(Time.GetUtcNow().AddHours(24));
        (await RefusalAsync(first.AccessToken)).ShouldBeNull();
        Time.Advance(TimeSpan.FromHours(4));
        (await RefusalAsync(first.AccessToken)).ShouldBe(AccountFaultCodes.TokenExpired);
        (await RefusalAsync(second.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_goes_on_for_as_long_as_it_is_refreshed()
    {
        var current = await JoinAsync();
        for (var day = 0; day < 60; day += 6)
        {
            Time.Advance(TimeSpan.FromDays(6));
            current = await RefreshAsync(current.RefreshToken);
        }

        Time.Advance(TimeSpan.FromDays(7));
        (await Book.Accounts.RefreshAsync(current.RefreshToken, null, Here, None)).Fault.ShouldNotBeNull()
            .Code.ShouldBe(AccountFaultCodes.InvalidRefreshToken);
    }

    [Fact]
    public async Task A_token_that_is_used_twice_ends_the_session()
    {
        var first = await JoinAsync();
        var second = await RefreshAsync(first.RefreshToken);
        (await RefusalAsync(second.AccessToken)).ShouldBeNull();

        (await RefreshCodeAsync(first.RefreshToken)).ShouldBe(AccountFaultCodes.InvalidRefreshToken);

        (await RefusalAsync(first.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await RefusalAsync(second.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await RefreshCodeAsync(second.RefreshToken)).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
    }

    [Fact]
    public async Task The_same_token_on_two_nodes_at_once_buys_one_pair_and_ends_the_session()
    {
        var first = await JoinAsync();
        AccountBook[] nodes = [Book, Another()];
        var answers = await Task.WhenAll(nodes.Select(node => node.Accounts.RefreshAsync(first.RefreshToken, null, Here, None)));

        answers.Count(answer => answer.IsDone).ShouldBe(1);
        PassASecond();
        (await RefusalAsync(answers.Single(answer => answer.IsDone).Value!.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task A_repeated_call_buys_tokens_again_and_those_it_lost_hold_no_longer()
    {
        var first = await JoinAsync();
        var lost = await RefreshAsync(first.RefreshToken, "key-1");
        var again = await RefreshAsync(first.RefreshToken, "key-1", Another());

        again.SessionId.ShouldBe(first.SessionId);
        again.RefreshToken.ShouldNotBe(lost.RefreshToken);
        (await RefreshCodeAsync(lost.RefreshToken)).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
        await RefreshAsync(again.RefreshToken);
    }

    [Fact]
    public async Task A_repetition_comes_too_late_once_the_tokens_it_repeats_were_used()
    {
        var first = await JoinAsync();
        var second = await RefreshAsync(first.RefreshToken, "key-1");
        var third = await RefreshAsync(second.RefreshToken, "key-2");

        (await RefreshCodeAsync(first.RefreshToken, "key-1")).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
        (await RefusalAsync(third.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task Another_key_is_another_call()
    {
        var first = await JoinAsync();
        await RefreshAsync(first.RefreshToken, "key-1");
        (await RefreshCodeAsync(first.RefreshToken, "key-2")).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
        (await RefusalAsync(first.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("a\0\uD800")]
    public async Task What_is_no_token_is_refused(string token)
    {
        var signIn = await JoinAsync();
        (await RefreshCodeAsync(token)).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
        await Book.Accounts.LogOutAsync(token, None);
        (await RefusalAsync(signIn.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_may_be_repeated()
    {
        var signIn = await JoinAsync();
        var other = await LogInAsync();
        await Book.Accounts.LogOutAsync(signIn.RefreshToken, None);
        await Book.Accounts.LogOutAsync(signIn.RefreshToken, None);

        (await RefusalAsync(signIn.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await RefreshCodeAsync(signIn.RefreshToken)).ShouldBe(AccountFaultCodes.InvalidRefreshToken);
        (await RefusalAsync(other.AccessToken)).ShouldBeNull();
    }

    private async Task<SignIn> RefreshAsync(string token, string? key = null, AccountBook? book = null) =>
        (await (book ?? Book).Accounts.RefreshAsync(token, key, Here, None)).Value.ShouldNotBeNull();

    private async Task<string?> RefreshCodeAsync(string token, string? key = null) =>
        (await Book.Accounts.RefreshAsync(token, key, Here, None)).Fault?.Code;
}

using AkkaParty.Accounts.Tests.Support;
using AkkaParty.Catalog.Tests;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class SessionSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_session_ended_on_one_node_holds_on_no_other_a_second_later()
    {
        var signIn = await JoinAsync();
        var another = Another();
        (await RefusalAsync(signIn.AccessToken, another)).ShouldBeNull();

        (await Book.Sessions.RevokeAsync(signIn.Account.Id, signIn.SessionId, None)).IsDone.ShouldBeTrue();
        (await RefusalAsync(signIn.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        PassASecond();
        (await RefusalAsync(signIn.AccessToken, another)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task Nobody_ends_the_sessions_of_others()
    {
        var ada = await JoinAsync("ada@example.org");
        var eve = await JoinAsync("eve@example.org");
        var answer = await Book.Sessions.RevokeAsync(eve.Account.Id, ada.SessionId, None);
        answer.Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.SessionNotFound);
        (await Book.Sessions.RevokeAllAsync(eve.Account.Id, null, None)).ShouldBe(1);
        (await RefusalAsync(ada.AccessToken)).ShouldBeNull();
        (await RefusalAsync(eve.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task All_sessions_but_one_are_ended()
    {
        var one = await JoinAsync();
        var two = await LogInAsync();
        var three = await LogInAsync();
        (await Book.Sessions.RevokeAllAsync(one.Account.Id, two.SessionId, None)).ShouldBe(2);
        (await Book.Sessions.ListAsync(one.Account.Id, None)).Select(session => session.Id).ShouldBe([two.SessionId]);
        (await RefusalAsync(three.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task An_open_connection_hears_at_once_on_the_node_that_ends_its_session()
    {
        var signIn = await JoinAsync();
        var told = new TaskCompletionSource();
        using var watch = Book.Sessions.Watch(signIn.SessionId, told.SetResult);
        await Book.Accounts.LogOutAsync(signIn.RefreshToken, None);
        await told.Task.Within("word that the session ended");
    }

    [Fact]
    public async Task An_open_connection_on_another_node_hears_with_the_next_question()
    {
        var signIn = await JoinAsync();
        var another = Another();
        var told = new TaskCompletionSource();
        var toldToo = new TaskCompletionSource();
        using var watch = another.Sessions.Watch(signIn.SessionId, told.SetResult);
        using var second = another.Sessions.Watch(signIn.SessionId, toldToo.SetResult);
        await Time.ArmedAsync(Poll);

        await Book.Accounts.DeleteAsync(signIn.Account.Id, Password, Here, None);
        told.Task.IsCompleted.ShouldBeFalse();
        Time.Advance(Poll);

        await told.Task.Within("word that the session ended");
        await toldToo.Task.Within("word to the second connection");
    }

    [Fact]
    public async Task A_connection_that_was_opened_while_its_session_was_ended_hears_as_well()
    {
        var signIn = await JoinAsync();
        await Book.Sessions.RevokeAsync(signIn.Account.Id, signIn.SessionId, None);
        Time.Advance(TimeSpan.FromSeconds(5));
        var told = new TaskCompletionSource();
        using var watch = Another().Sessions.Watch(signIn.SessionId, told.SetResult);
        await told.Task.Within("word that the session had ended");
    }

    [Fact]
    public async Task A_closed_connection_hears_nothing()
    {
        var signIn = await JoinAsync();
        var closed = 0;
        var told = new TaskCompletionSource();
        var watch = Book.Sessions.Watch(signIn.SessionId, () => closed++);
        using var open = Book.Sessions.Watch(signIn.SessionId, told.SetResult);
        watch.Dispose();
        watch.Dispose();
        await Book.Sessions.RevokeAsync(signIn.Account.Id, signIn.SessionId, None);
        await told.Task.Within("word to the open one");
        closed.ShouldBe(0);
    }

    [Fact]
    public async Task A_role_and_a_name_are_what_they_are_now_whatever_the_token_says()
    {
        var signIn = await JoinAsync();
        var another = Another();
        (await GrantAsync(another, signIn)).Role.ShouldBe(AccountRole.User);

        await Book.Accounts.ChangeRoleAsync(signIn.Account.Id, AccountRole.Admin, None);
        await Book.Accounts.ChangeProfileAsync(signIn.Account.Id, new ProfileChange("Ada King"), None);
        (await GrantAsync(Book, signIn)).Role.ShouldBe(AccountRole.Admin);
        PassASecond();
        var grant = await GrantAsync(another, signIn);
        grant.Role.ShouldBe(AccountRole.Admin);
        grant.Name.ShouldBe("Ada King");

        await Book.Accounts.ChangeRoleAsync(signIn.Account.Id, AccountRole.User, None);
        PassASecond();
        (await GrantAsync(another, signIn)).Role.ShouldBe(AccountRole.User);
    }

    [Fact]
    public async Task A_deleted_account_is_on_the_list_of_those_to_forget_until_it_is_forgotten()
    {
        var (ada, eve) = (await JoinAsync("ada@example.org"), await JoinAsync("eve@example.org"));
        var told = 0;
        Book.Departures.OnAdded(() => told++);
        await Book.Accounts.DeleteAsync(ada.Account.Id, "not this one", Here, None);
        (await Book.Departures.ListAsync(10, None)).ShouldBeEmpty();

        await Book.Accounts.DeleteAsync(ada.Account.Id, Password, Here, None);
        var first = Time.GetUtcNow();
        PassASecond();
        await Book.Accounts.DeleteAsync(eve.Account.Id, Password, Here, None);

        told.ShouldBe(2);
        (await Another().Departures.ListAsync(10, None)).ShouldBe(
            [new Departure(ada.Account.Id, first), new Departure(eve.Account.Id, Time.GetUtcNow())]);
        (await Book.Departures.ListAsync(1, None)).ShouldHaveSingleItem().AccountId.ShouldBe(ada.Account.Id);
        await Another().Departures.DoneAsync(ada.Account.Id, None);
        await Another().Departures.DoneAsync(ada.Account.Id, None);
        (await Book.Departures.ListAsync(10, None)).ShouldHaveSingleItem().AccountId.ShouldBe(eve.Account.Id);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_deleted_account()
    {
        var ada = await JoinAsync("ada@example.org");
        var eve = await JoinAsync("eve@example.org");
        await Book.Friends.AskAsync(ada.Account.Id, eve.Account.Id, None);
        await Book.Playlists.CreateAsync(ada.Account.Id, Guid.CreateVersion7(), new PlaylistChange("Friday"), None);
        await Book.Rates.TakeAsync(new RateLimit("create", 10, TimeSpan.FromHours(1)), ada.Account.Id.ToString("D"), None);

        var wrong = await Book.Accounts.DeleteAsync(ada.Account.Id, "not this one", Here, None);
        wrong.Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.InvalidCredentials);
        (await Book.Accounts.DeleteAsync(ada.Account.Id, Password, Here, None)).IsDone.ShouldBeTrue();

        (await RefusalAsync(ada.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
        (await Book.Accounts.RefreshAsync(ada.RefreshToken, null, Here, None)).IsDone.ShouldBeFalse();
        (await Book.Friends.ListAsync(eve.Account.Id, null, None)).ShouldBeEmpty();
        (await NumberAsync("SELECT count(*) FROM accounts")).ShouldBe(1);
        (await NumberAsync("SELECT count(*) FROM playlists")).ShouldBe(0);
        (await NumberAsync("SELECT count(*) FROM rate_windows")).ShouldBe(0);
        (await NumberAsync("SELECT count(*) FROM account_sessions WHERE address IS NOT NULL")).ShouldBe(1);
        (await Book.Accounts.DeleteAsync(ada.Account.Id, Password, Here, None)).Fault.ShouldNotBeNull()
            .Code.ShouldBe(AccountFaultCodes.AccountNotFound);
        await JoinAsync("ada@example.org");
        (await RefusalAsync(ada.AccessToken)).ShouldBe(AccountFaultCodes.TokenRevoked);
    }

    [Fact]
    public async Task An_export_has_everything_but_secrets()
    {
        var ada = await JoinAsync("ada@example.org");
        var eve = await RegisterAsync("eve@example.org");
        await Book.Friends.AskAsync(eve.Id, ada.Account.Id, None);
        var change = new PlaylistChange("Friday", "For all", [new PlaylistItem(Guid.Empty, "Metropolis", DurationMs: 9_180_000)]);
        var playlist = (await Book.Playlists.CreateAsync(ada.Account.Id, Guid.CreateVersion7(), change, None)).Value.ShouldNotBeNull();

        var export = (await Book.Accounts.ExportAsync(ada.Account.Id, None)).Value.ShouldNotBeNull();
        export.Account.ShouldBe(ada.Account);
        export.Sessions.Select(session => session.Id).ShouldBe([ada.SessionId]);
        export.Friends.ShouldBe([new Friend(new AccountBrief(eve.Id, "eve", null), FriendState.Incoming, Time.GetUtcNow())]);
        export.Playlists.ShouldHaveSingleItem().Items.ShouldBe(playlist.Items);
        (await Book.Accounts.ExportAsync(Guid.Empty, None)).Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.AccountNotFound);
    }

    [Fact]
    public async Task What_has_ended_is_deleted_once_it_means_nothing_more()
    {
        var signIn = await JoinAsync();
        await FailToLogInAsync("eve@example.org");
        await Book.Rates.TakeAsync(new RateLimit("create", 10, TimeSpan.FromHours(1)), "somebody", None);
        await Book.OpenAsync(None);
        await Time.ArmedAsync(TimeSpan.FromHours(1));
        await Book.Sessions.RevokeAsync(signIn.Account.Id, signIn.SessionId, None);

        await CleanAsync(TimeSpan.FromHours(1));
        (await NumberAsync("SELECT count(*) FROM account_sessions")).ShouldBe(1);
        await CleanAsync(TimeSpan.FromDays(8));
        foreach (var table in (string[])["account_sessions", "refresh_tokens", "rate_windows", "login_failures"])
        {
            (await NumberAsync($"SELECT count(*) FROM {table}")).ShouldBe(0, table);
        }
    }

    private async Task CleanAsync(TimeSpan later)
    {
        Time.Advance(later);
        await Book.Database.WriteAsync(
            "Cleaning", db => Storing.Cleaning.RunAsync(db, Time.GetUtcNow().ToUnixTimeMilliseconds()), None);
    }

    private static async Task<AccessGrant> GrantAsync(AccountBook book, SignIn signIn) =>
        (await book.Sessions.VerifyAsync(signIn.AccessToken, None)).Value.ShouldNotBeNull();
}

using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class FriendSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    private IFriends Friends => Book.Friends;

    [Fact]
    public async Task Who_is_asked_and_accepts_is_a_friend_of_both()
    {
        var (ada, bob) = await TwoAsync();
        var asked = (await Friends.AskAsync(ada.Id, bob.Id, None)).Value.ShouldNotBeNull();
        asked.ShouldBe(new Friend(new AccountBrief(bob.Id, "bob", null), FriendState.Outgoing, Time.GetUtcNow()));
        (await Friends.ListAsync(bob.Id, null, None)).ShouldBe(
            [new Friend(new AccountBrief(ada.Id, "ada", null), FriendState.Incoming, Time.GetUtcNow())]);
        (await Friends.AreFriendsAsync(ada.Id, bob.Id, None)).ShouldBeFalse();

        Time.Advance(TimeSpan.FromHours(1));
        var accepted = (await Another().Friends.AcceptAsync(bob.Id, ada.Id, None)).Value.ShouldNotBeNull();
        accepted.ShouldBe(new Friend(new AccountBrief(ada.Id, "ada", null), FriendState.Accepted, Time.GetUtcNow()));
        (await Friends.AcceptAsync(bob.Id, ada.Id, None)).Value.ShouldBe(accepted);
        (await Friends.AreFriendsAsync(ada.Id, bob.Id, None)).ShouldBeTrue();
        (await Friends.AreFriendsAsync(bob.Id, ada.Id, None)).ShouldBeTrue();
        (await CodeAsync(Friends.AskAsync(bob.Id, ada.Id, None))).ShouldBe(AccountFaultCodes.AlreadyFriends);
    }

    [Fact]
    public async Task Nobody_accepts_what_they_have_asked_themselves()
    {
        var (ada, bob) = await TwoAsync();
        await Friends.AskAsync(ada.Id, bob.Id, None);
        (await CodeAsync(Friends.AcceptAsync(ada.Id, bob.Id, None))).ShouldBe(AccountFaultCodes.FriendNotFound);
        (await Friends.AreFriendsAsync(ada.Id, bob.Id, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Asking_twice_changes_nothing_and_asking_each_other_makes_friends()
    {
        var (ada, bob) = await TwoAsync();
        var asked = (await Friends.AskAsync(ada.Id, bob.Id, None)).Value;
        Time.Advance(TimeSpan.FromHours(1));
        (await Friends.AskAsync(ada.Id, bob.Id, None)).Value.ShouldBe(asked);
        (await Friends.AskAsync(bob.Id, ada.Id, None)).Value.ShouldNotBeNull().State.ShouldBe(FriendState.Accepted);
    }

    [Fact]
    public async Task Two_who_ask_each_other_at_once_on_two_nodes_are_friends()
    {
        var (ada, bob) = await TwoAsync();
        var another = Another();
        await another.OpenAsync(None);
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(
                Friends.AskAsync(ada.Id, bob.Id, None), another.Friends.AskAsync(bob.Id, ada.Id, None));
            answers.Select(answer => answer.Value.ShouldNotBeNull().State).Order()
                .ShouldBe([FriendState.Accepted, FriendState.Outgoing]);
            (await Friends.AreFriendsAsync(ada.Id, bob.Id, None)).ShouldBeTrue();
            await Friends.RemoveAsync(bob.Id, ada.Id, None);
        }
    }

    [Fact]
    public async Task Friends_and_requests_end_when_either_side_says_so()
    {
        var (ada, bob) = await TwoAsync();
        foreach (var (asks, ends) in ((Account, Account)[])[(ada, ada), (ada, bob), (bob, ada)])
        {
            await Friends.AskAsync(asks.Id, asks == ada ? bob.Id : ada.Id, None);
            (await Friends.RemoveAsync(ends.Id, ends == ada ? bob.Id : ada.Id, None)).IsDone.ShouldBeTrue();
            (await Friends.ListAsync(ada.Id, null, None)).ShouldBeEmpty();
            (await CodeAsync(Friends.AcceptAsync(bob.Id, ada.Id, None))).ShouldBe(AccountFaultCodes.FriendNotFound);
        }

        (await Friends.RemoveAsync(ada.Id, bob.Id, None)).Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.FriendNotFound);
    }

    [Fact]
    public async Task Oneself_and_nobody_cannot_be_asked()
    {
        var (ada, _) = await TwoAsync();
        (await CodeAsync(Friends.AskAsync(ada.Id, ada.Id, None))).ShouldBe(AccountFaultCodes.InvalidFriend);
        (await CodeAsync(Friends.AskAsync(ada.Id, Guid.CreateVersion7(), None))).ShouldBe(AccountFaultCodes.AccountNotFound);
        (await CodeAsync(Friends.AcceptAsync(ada.Id, Guid.CreateVersion7(), None))).ShouldBe(AccountFaultCodes.FriendNotFound);
    }

    [Fact]
    public async Task A_list_is_in_the_order_of_names_and_may_be_of_one_kind()
    {
        var (ada, bob) = await TwoAsync();
        var eve = await RegisterAsync("eve@example.org", "Anna");
        var dan = await RegisterAsync("dan@example.org");
        await Friends.AskAsync(ada.Id, dan.Id, None);
        await Friends.AskAsync(bob.Id, ada.Id, None);
        await Friends.AskAsync(eve.Id, ada.Id, None);
        await Friends.AcceptAsync(ada.Id, eve.Id, None);

        (await NamesAsync(null)).ShouldBe(["Anna", "bob", "dan"]);
        (await NamesAsync(FriendState.Accepted)).ShouldBe(["Anna"]);
        (await NamesAsync(FriendState.Incoming)).ShouldBe(["bob"]);
        (await NamesAsync(FriendState.Outgoing)).ShouldBe(["dan"]);

        async Task<IEnumerable<string>> NamesAsync(FriendState? state) =>
            (await Friends.ListAsync(ada.Id, state, None)).Select(friend => friend.Account.Name);
    }

    [Fact]
    public async Task Requests_that_wait_for_an_answer_are_limited_in_both_directions()
    {
        var (ada, bob) = await TwoAsync();
        await FillAsync(ada.Id, byOthers: false);
        (await CodeAsync(Friends.AskAsync(ada.Id, bob.Id, None))).ShouldBe(AccountFaultCodes.TooManyFriends);
        (await CodeAsync(Friends.AskAsync(bob.Id, ada.Id, None))).ShouldBeNull();
        await FillAsync(bob.Id, byOthers: true);
        (await CodeAsync(Friends.AskAsync((await RegisterAsync("eve@example.org")).Id, bob.Id, None)))
            .ShouldBe(AccountFaultCodes.TooManyFriends);
    }

    private static async Task<string?> CodeAsync(Task<AccountAnswer<Friend>> answer) => (await answer).Fault?.Code;

    private async Task<(Account Ada, Account Bob)> TwoAsync() =>
        (await RegisterAsync("ada@example.org"), await RegisterAsync("bob@example.org"));

    private Task<bool> FillAsync(Guid id, bool byOthers) => Book.Database.WriteAsync(
        "Filling",
        async db =>
        {
            for (var i = 0; i < AccountLimits.FriendRequestsMax; i++)
            {
                var other = Guid.CreateVersion7();
                await Storing.FriendTable.InsertAsync(db, byOthers ? other : id, byOthers ? id : other, 0);
            }

            return true;
        },
        None);
}

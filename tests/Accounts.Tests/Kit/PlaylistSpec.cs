using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class PlaylistSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    private IPlaylists Playlists => Book.Playlists;

    [Fact]
    public async Task A_playlist_is_read_as_it_was_written()
    {
        var ada = await RegisterAsync();
        var id = Guid.CreateVersion7();
        PlaylistItem[] items =
        [
            new(Guid.CreateVersion7(), "Metropolis", "https://a.example/m", Guid.CreateVersion7(), 19, "https://a.example/p", 9_180_000),
            new(Guid.Empty, "Nosferatu – \"eine\" 🧛"),
        ];
        var change = new PlaylistChange(" Friday ", "For\nall", items);
        var made = (await Playlists.CreateAsync(ada.Id, id, change, None)).Value.ShouldNotBeNull();

        made.Name.ShouldBe("Friday");
        made.Description.ShouldBe("For\nall");
        made.Version.ShouldBe(1);
        made.CreatedAt.ShouldBe(Time.GetUtcNow());
        made.Items[0].ShouldBe(items[0]);
        made.Items[1].Id.ShouldNotBe(Guid.Empty);
        made.Items[1].Title.ShouldBe(items[1].Title);
        ShouldBeSame((await Another().Playlists.FindAsync(ada.Id, id, None)).ShouldNotBeNull(), made);
        (await Playlists.ListAsync(ada.Id, None)).ShouldBe(
            [new PlaylistSummary(id, "Friday", "For\nall", 2, 1, made.CreatedAt, made.UpdatedAt)]);
    }

    [Fact]
    public async Task A_repeated_creation_answers_the_same_playlist()
    {
        var ada = await RegisterAsync();
        var id = Guid.CreateVersion7();
        var made = (await Playlists.CreateAsync(ada.Id, id, new PlaylistChange("Friday"), None)).Value.ShouldNotBeNull();
        ShouldBeSame((await Playlists.CreateAsync(ada.Id, id, new PlaylistChange("Friday"), None)).Value.ShouldNotBeNull(), made);
        (await Playlists.ListAsync(ada.Id, None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_counts_and_leaves_what_it_does_not_name()
    {
        var ada = await RegisterAsync();
        var id = Guid.CreateVersion7();
        var made = (await Playlists.CreateAsync(
            ada.Id, id, new PlaylistChange("Friday", "All", [new PlaylistItem(Guid.Empty, "M")]), None)).Value.ShouldNotBeNull();
        Time.Advance(TimeSpan.FromMinutes(1));
        var changed = (await Playlists.ChangeAsync(ada.Id, id, new PlaylistChange("Saturday"), 1, None)).Value.ShouldNotBeNull();
        ShouldBeSame(changed, made with { Name = "Saturday", Version = 2, UpdatedAt = Time.GetUtcNow() });
        changed = (await Playlists.ChangeAsync(ada.Id, id, new PlaylistChange(Description: "", Items: []), null, None))
            .Value.ShouldNotBeNull();
        changed.Description.ShouldBeNull();
        changed.Items.ShouldBeEmpty();
        changed.Version.ShouldBe(3);

        (await CodeAsync(Playlists.ChangeAsync(ada.Id, id, new PlaylistChange("Sunday"), 2, None)))
            .ShouldBe(AccountFaultCodes.PlaylistChanged);
        (await Playlists.FindAsync(ada.Id, id, None)).ShouldNotBeNull().Name.ShouldBe("Saturday");
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_version_at_once_one_is_told()
    {
        var ada = await RegisterAsync();
        var id = Guid.CreateVersion7();
        await Playlists.CreateAsync(ada.Id, id, new PlaylistChange("Friday"), None);
        var another = Another();
        await another.OpenAsync(None);
        var answers = await Task.WhenAll(
            Playlists.ChangeAsync(ada.Id, id, new PlaylistChange("Saturday"), 1, None),
            another.Playlists.ChangeAsync(ada.Id, id, new PlaylistChange("Sunday"), 1, None));
        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Single(answer => !answer.IsDone).Fault!.Code.ShouldBe(AccountFaultCodes.PlaylistChanged);
    }

    [Fact]
    public async Task Nobody_sees_the_playlists_of_others()
    {
        var ada = await RegisterAsync("ada@example.org");
        var eve = await RegisterAsync("eve@example.org");
        var id = Guid.CreateVersion7();
        await Playlists.CreateAsync(ada.Id, id, new PlaylistChange("Friday"), None);

        (await Playlists.FindAsync(eve.Id, id, None)).ShouldBeNull();
        (await Playlists.ListAsync(eve.Id, None)).ShouldBeEmpty();
        (await CodeAsync(Playlists.ChangeAsync(eve.Id, id, new PlaylistChange("Mine"), null, None)))
            .ShouldBe(AccountFaultCodes.PlaylistNotFound);
        (await CodeAsync(Playlists.CreateAsync(eve.Id, id, new PlaylistChange("Mine"), None)))
            .ShouldBe(AccountFaultCodes.PlaylistNotFound);
        (await Playlists.DeleteAsync(eve.Id, id, None)).IsDone.ShouldBeFalse();
        (await Playlists.DeleteAsync(ada.Id, id, None)).IsDone.ShouldBeTrue();
        (await Playlists.FindAsync(ada.Id, id, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_hundred_playlists_are_enough()
    {
        var ada = await RegisterAsync();
        for (var i = 0; i < AccountLimits.PlaylistsMax; i++)
        {
            (await Playlists.CreateAsync(ada.Id, Guid.CreateVersion7(), new PlaylistChange($"{i}"), None)).IsDone.ShouldBeTrue();
        }

        (await CodeAsync(Playlists.CreateAsync(ada.Id, Guid.CreateVersion7(), new PlaylistChange("One more"), None)))
            .ShouldBe(AccountFaultCodes.TooManyPlaylists);
        (await CodeAsync(Playlists.CreateAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), new PlaylistChange("Nobody's"), None)))
            .ShouldBe(AccountFaultCodes.AccountNotFound);
    }

    [Fact]
    public async Task Five_hundred_long_items_fit()
    {
        var ada = await RegisterAsync();
        var url = "https://example.org/" + new string('a', AccountLimits.UrlLengthMax - 20);
        var item = new PlaylistItem(
            Guid.Empty, new string('ü', AccountLimits.TitleLengthMax), url, null, null, url, AccountLimits.DurationMsMax);
        PlaylistItem[] items =
            [.. Enumerable.Range(0, AccountLimits.PlaylistItemsMax).Select(_ => item with { Id = Guid.CreateVersion7() })];
        var made = (await Playlists.CreateAsync(ada.Id, Guid.CreateVersion7(), new PlaylistChange("Long", Items: items), None))
            .Value.ShouldNotBeNull();
        (await Playlists.FindAsync(ada.Id, made.Id, None)).ShouldNotBeNull().Items.ShouldBe(items);
    }

    private static async Task<string?> CodeAsync(Task<AccountAnswer<Playlist>> answer) => (await answer).Fault?.Code;

    private static void ShouldBeSame(Playlist actual, Playlist expected)
    {
        actual.Items.ShouldBe(expected.Items);
        (actual with { Items = expected.Items }).ShouldBe(expected);
    }
}

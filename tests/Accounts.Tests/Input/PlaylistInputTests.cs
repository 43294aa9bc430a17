namespace AkkaParty.Accounts.Tests.Input;

public sealed class PlaylistInputTests
{
    private static readonly PlaylistItem Good = new(Guid.Empty, "Metropolis");

    public static TheoryData<PlaylistItem, string> BadItems { get; } = new()
    {
        { Good with { Title = "" }, "items[1].title must have 1 to 300 characters and no control characters." },
        { Good with { Title = new string('a', 301) }, "items[1].title must have 1 to 300 characters and no control characters." },
        { Good with { Url = "file:///etc/passwd" }, "items[1].url must be an http or https address of at most 2,000 characters." },
        { Good with { PosterUrl = "x" }, "items[1].poster_url must be an http or https address of at most 2,000 characters." },
        { Good with { TmdbId = 0 }, "items[1].tmdb_id must be a whole number from 1." },
        { Good with { DurationMs = 0 }, "items[1].duration_ms must be from 1 to 86,400,000." },
        { Good with { DurationMs = 86_400_001 }, "items[1].duration_ms must be from 1 to 86,400,000." },
    };

    [Theory]
    [MemberData(nameof(BadItems))]
    public void A_bad_item_is_named_with_its_rule(PlaylistItem item, string message)
    {
        var fault = PlaylistInput.Check(new PlaylistChange("Friday", Items: [Good, item]), isNew: true).ShouldNotBeNull();
        fault.Code.ShouldBe(AccountFaultCodes.InvalidPlaylist);
        fault.Field.ShouldBe("items[1]");
        fault.Message.ShouldBe(message);
    }

    [Fact]
    public void A_new_playlist_has_a_name_and_a_change_need_not()
    {
        PlaylistInput.Check(new PlaylistChange(), isNew: true).ShouldNotBeNull().Field.ShouldBe("name");
        PlaylistInput.Check(new PlaylistChange(), isNew: false).ShouldBeNull();
        PlaylistInput.Check(new PlaylistChange(" "), isNew: false).ShouldNotBeNull().Field.ShouldBe("name");
        PlaylistInput.Check(new PlaylistChange(new string('a', 201)), isNew: true).ShouldNotBeNull().Field.ShouldBe("name");
        PlaylistInput.Check(new PlaylistChange("Friday", new string('a', 2_001)), isNew: true).ShouldNotBeNull()
            .Field.ShouldBe("description");
    }

    [Fact]
    public void Items_are_at_most_500_and_each_id_is_there_once()
    {
        PlaylistItem[] many = [.. Enumerable.Repeat(Good, 501)];
        PlaylistInput.Check(new PlaylistChange("Friday", Items: many), isNew: true).ShouldNotBeNull().Field.ShouldBe("items");
        PlaylistInput.Check(new PlaylistChange("Friday", Items: many[..500]), isNew: true).ShouldBeNull();
        var item = Good with { Id = Guid.CreateVersion7() };
        PlaylistInput.Check(new PlaylistChange("Friday", Items: [item, item]), isNew: true).ShouldNotBeNull().Field.ShouldBe("items");
    }
}

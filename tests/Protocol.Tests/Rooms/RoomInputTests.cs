using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Protocol.Tests.Rooms;

public sealed class RoomInputTests
{
    [Theory]
    [InlineData("Film club", true)]
    [InlineData("  Film club  ", true)]
    [InlineData("🎬", true)]
    [InlineData("", false)]
    [InlineData(" \t ", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData(null, false)]
    public void A_name_says_something_that_can_be_seen(string? name, bool isFine) =>
        (RoomInput.ValidateRoomName(name) is null).ShouldBe(isFine);

    [Fact]
    public void Half_a_character_is_none() => RoomInput.ValidateRoomName("Film \uD83C club").ShouldNotBeNull();

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_rooms_name_has_at_most_200_characters_however_long_their_bytes(int length, bool isFine)
    {
        (RoomInput.ValidateRoomName(new string('x', length)) is null).ShouldBe(isFine);
        (RoomInput.ValidateRoomName(string.Concat(Enumerable.Repeat("🎬", length))) is null).ShouldBe(isFine);
    }

    [Fact]
    public void A_seat_is_checked_member_by_member_and_the_error_names_the_field()
    {
        var seat = new RoomSeat("ann", "Ann");
        RoomInput.Validate(seat).ShouldBeNull();
        Error(seat with { UserId = new string('x', 51) }).ShouldBe(
            ("user_id_invalid", "m.user_id", "m.user_id must be 1 to 50 visible characters"));
        Error(seat with { Name = " " }).ShouldBe(("member_name_invalid", "m.name", "m.name must be 1 to 100 visible characters"));
        Error(seat with { Avatar = "01234567890" }).ShouldBe(("avatar_invalid", "m.avatar", "m.avatar must be 1 to 10 visible characters"));
        Error(seat with { Region = "USA" }).ShouldBe(("region_invalid", "m.region", "m.region must be two letters"));
        Error(seat with { Region = "Ü1" }).ShouldBe(("region_invalid", "m.region", "m.region must be two letters"));
        RoomInput.Clean(new RoomSeat(" ann ", " Ann ", " 🎬 ", "de")).ShouldBe(new RoomSeat("ann", "Ann", "🎬", "DE"));

        static (string, string, string) Error(RoomSeat seat) =>
            RoomInput.Validate(seat, "m.") is { } error ? (error.Code, error.Field, error.Message) : default;
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void A_voting_round_takes_10_to_600_seconds(int seconds, bool isFine)
    {
        (RoomInput.ValidateDuration(seconds) is null).ShouldBe(isFine);
        (RoomInput.Validate(new RoomSettings(seconds)) is null).ShouldBe(isFine);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_rating_is_one_to_five_stars(int halfStars, bool isFine) => (RoomInput.ValidateRating(halfStars) is null).ShouldBe(isFine);

    [Fact]
    public void Settings_reactions_notes_and_pages_keep_their_rules()
    {
        RoomInput.Validate(new RoomSettings(SelectionMode: (SelectionMode)9))!.Field.ShouldBe("selection_mode");
        ItemReactions.All.ShouldAllBe(reaction => RoomInput.ValidateReaction(reaction) == null);
        RoomInput.ValidateReaction("FIRE")!.Code.ShouldBe("item_reaction_invalid");
        RoomInput.ValidateReaction(null).ShouldNotBeNull();
        RoomInput.ValidateNotes("Two\nlines").ShouldBeNull();
        RoomInput.ValidateNotes(null).ShouldBeNull();
        RoomInput.ValidateNotes("\u202E").ShouldNotBeNull();
        RoomInput.ValidatePage(1, 1_000).ShouldBeNull();
        RoomInput.ValidatePage(0, 1_000)!.Message.ShouldBe("limit must be 1 to 1000");
        RoomInput.ValidatePage(1, 1_000, -1)!.Field.ShouldBe("skip");
    }

    [Fact]
    public void What_is_said_about_a_film_keeps_its_rules()
    {
        Fine(ItemDetails.None);
        Wrong("tmdb_id", new() { TmdbId = 0 });
        Wrong("poster_url", new() { PosterUrl = "ftp://example.org/p.jpg" });
        Wrong("poster_url", new() { PosterUrl = "/p.jpg" });
        Wrong("poster_url", new() { PosterUrl = "https://example.org/" + new string('x', 2_000) });
        Wrong("play_now_url", new() { PlayNowUrl = "javascript:alert(1)" });
        Wrong("year", new() { Year = 1799 });
        Wrong("year", new() { Year = 2101 });
        Fine(new() { Year = 1800 });
        Wrong("runtime_minutes", new() { RuntimeMinutes = 0 });
        Wrong("runtime_minutes", new() { RuntimeMinutes = 1_001 });
        Wrong("genres", new() { Genres = [""] });
        Wrong("genres", new() { Genres = [.. Enumerable.Repeat("x", 51)] });
        Wrong("streaming_on", new() { StreamingOn = [new string('x', 101)] });
        Wrong("overview", new() { Overview = new string('x', 4_001) });
        Fine(new() { Overview = "" });
        Wrong("vote_average", new() { VoteAverage = 10.1 });
        Wrong("vote_average", new() { VoteAverage = double.NaN });
        Wrong("provider_links.access_type", new() { ProviderLinks = [new("Arte", "DE", "steal", null, null)] });
        Wrong("provider_links.provider_name", new() { ProviderLinks = [new("", "DE", "free", null, null)] });
        Wrong("provider_links.region", new() { ProviderLinks = [new("Arte", "DEU", "free", null, null)] });
        Wrong("provider_links.link", new() { ProviderLinks = [new("Arte", "DE", "free", null, "no")] });
        Wrong("providers_by_region", new() { ProvidersByRegion = Regions(("DEU", ["Arte"])) });
        Wrong("providers_by_region", new() { ProvidersByRegion = Regions(("DE", [""])) });

        static void Fine(ItemDetails details) => ItemInput.Validate(details).ShouldBeNull();
        static void Wrong(string field, ItemDetails details)
        {
            var error = ItemInput.Validate(details).ShouldNotBeNull(field);
            (error.Code, error.Field).ShouldBe(("item_field_invalid", field));
            error.Message.ShouldContain(field);
        }
    }

    [Fact]
    public void What_is_said_about_a_film_is_stored_tidily()
    {
        var clean = ItemInput.Clean(new()
        {
            Genres = [" Drama ", "Drama"],
            Overview = "  ",
            ProvidersByRegion = Regions(("us", ["Kanopy"]), ("DE", [" Arte "])),
        });
        clean.Genres.ShouldBe(["Drama"]);
        clean.Overview.ShouldBeNull();
        clean.ProvidersByRegion!.Keys.ShouldBe(["DE", "US"]);
        clean.ProvidersByRegion["DE"].ShouldBe(["Arte"]);
        ItemInput.Clean(ItemDetails.None).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_id_leads_to_its_room_and_other_texts_are_none()
    {
        var room = RoomIds.Room(0xFEDCBA9876543210);
        room.ShouldBe("fedcba987654321000000000");
        var item = RoomIds.In(room, 0x1F);
        (item, RoomIds.NumberOf(item), RoomIds.RoomOf(item)).ShouldBe(("fedcba98765432100000001f", 0x1Fu, room));
        RoomIds.TryParse(item.ToUpperInvariant(), out var id, out var roomId).ShouldBeTrue();
        (id, roomId).ShouldBe((item, room));
        foreach (var text in new[] { null, "", "fedcba98765432100000001", "fedcba98765432100000001f0", "fedcba98765432100000001g" })
        {
            RoomIds.TryParse(text, out id, out roomId).ShouldBeFalse();
            (id, roomId).ShouldBe((null, null));
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Regions(params (string Region, IReadOnlyList<string> Names)[] rows) =>
        rows.ToDictionary(row => row.Region, row => row.Names, StringComparer.Ordinal);
}

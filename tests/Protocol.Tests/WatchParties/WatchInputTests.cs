using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

public sealed class WatchInputTests
{
    private static readonly MediaItem Item = new("019c1f00-0000-7000-8000-000000000001", "Nosferatu");

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(0, false)]
    public void A_title_has_1_to_200_characters_however_long_their_bytes(int length, bool isFine)
    {
        (WatchInput.ValidateTitle(new string('x', length)) is null).ShouldBe(isFine);
        (WatchInput.ValidateTitle(string.Concat(Enumerable.Repeat("🎬", length))) is null).ShouldBe(isFine);
    }

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\nb")]
    [InlineData(" \u200D ")]
    [InlineData(null)]
    public void A_title_is_one_line_that_can_be_seen(string? title) =>
        WatchInput.ValidateTitle(title, "name").ShouldBe(
            new InputError("watch_title_invalid", "name must be 1 to 200 visible characters", "name"));

    [Fact]
    public void Half_a_character_is_none() => WatchInput.ValidateTitle("Film \uD83C club").ShouldNotBeNull();

    [Fact]
    public void A_description_and_a_note_may_be_nothing_and_have_lines()
    {
        WatchInput.ValidateDescription(null).ShouldBeNull();
        WatchInput.ValidateDescription("One\nTwo").ShouldBeNull();
        WatchInput.ValidateDescription(new string('x', 1_001))!.Code.ShouldBe("watch_description_invalid");
        WatchInput.ValidateNote(new string('x', 500)).ShouldBeNull();
        WatchInput.ValidateNote(new string('x', 501))!.Code.ShouldBe("watch_text_invalid");
        (WatchInput.CleanNote("  "), WatchInput.CleanNote(" a "), WatchInput.CleanNote(null)).ShouldBe((null, "a", null));
    }

    [Theory]
    [InlineData("abc", false)]
    [InlineData("abcd", true)]
    [InlineData(null, false)]
    public void A_password_has_4_to_100_characters(string? password, bool isFine)
    {
        (WatchInput.ValidatePassword(password) is null).ShouldBe(isFine);
        WatchInput.ValidatePassword(new string('x', 100)).ShouldBeNull();
        WatchInput.ValidatePassword(new string('x', 101)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("🎉", true)]
    [InlineData("0123456789", true)]
    [InlineData("01234567890", false)]
    [InlineData("", false)]
    public void A_reaction_has_1_to_10_characters(string emoji, bool isFine) =>
        (WatchInput.ValidateEmoji(emoji) is null).ShouldBe(isFine);

    [Fact]
    public void A_media_item_is_checked_member_by_member_and_the_error_names_the_field()
    {
        WatchInput.Validate(Item).ShouldBeNull();
        Error(Item with { ItemId = "1" }).ShouldBe("items[2].item_id must be a UUID");
        Error(Item with { Title = " " }).ShouldBe("items[2].title must be 1 to 300 visible characters");
        Error(Item with { Url = "javascript:alert(1)" })
            .ShouldBe("items[2].url must be an http or https address of at most 2000 characters");
        Error(Item with { PosterUrl = "poster.png" })
            .ShouldBe("items[2].poster_url must be an http or https address of at most 2000 characters");
        Error(Item with { MediaId = "" }).ShouldBe("items[2].media_id must be 1 to 100 visible characters");
        Error(Item with { TmdbId = 0 }).ShouldBe("items[2].tmdb_id must be more than 0");
        WatchInput.Validate(Item with { DurationMs = 0 })!.Code.ShouldBe("duration_invalid");
        WatchInput.Validate(Item with { Url = "https://example.org/film.mp4", DurationMs = 86_400_000, TmdbId = 1 }).ShouldBeNull();

        static string Error(MediaItem item) => WatchInput.Validate(item, "items[2].")!.Message;
    }

    [Fact]
    public void Numbers_have_their_bounds()
    {
        WatchInput.ValidatePosition(-1)!.Code.ShouldBe("position_invalid");
        WatchInput.ValidatePosition(0).ShouldBeNull();
        WatchInput.ValidatePosition(86_400_001).ShouldNotBeNull();
        WatchInput.ValidateRate(double.NaN)!.Code.ShouldBe("rate_invalid");
        WatchInput.ValidateRate(0.25).ShouldBeNull();
        WatchInput.ValidateRate(4.01).ShouldNotBeNull();
        WatchInput.ValidateDuration(86_400_001)!.Code.ShouldBe("duration_invalid");
    }

    [Fact]
    public void A_person_has_a_name_and_a_short_address_of_a_picture()
    {
        WatchInput.Validate(new WatchPerson("a", "Ann")).ShouldBeNull();
        WatchInput.Validate(new WatchPerson("a", "")).ShouldNotBeNull();
        WatchInput.Validate(new WatchPerson("a", "Ann", AvatarUrl: new string('x', 501)))!.Field.ShouldBe("avatar_url");
    }

    [Fact]
    public void Tokens_and_requests_lead_to_their_party()
    {
        const string Party = "019c1f00-0000-7000-8000-0000000000ab";
        var prefix = WatchTokens.PrefixOf(Party);
        prefix.ShouldBe("019c1f000000700080000000000000ab");
        foreach (var length in new[] { WatchTokens.TokenLength, WatchTokens.RequestLength, WatchTokens.RequestWithSecretLength })
        {
            WatchTokens.TryFindParty(prefix + new string('0', length - prefix.Length), out var found).ShouldBeTrue();
            found.ShouldBe(Party);
        }

        WatchTokens.TryFindParty(prefix, out _).ShouldBeFalse();
        WatchTokens.TryFindParty(prefix + new string('x', 64), out _).ShouldBeFalse();
        WatchTokens.TryFindParty(null, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ABC234", true)]
    [InlineData("abc234", false)]
    [InlineData("ABC23I", false)]
    [InlineData("ABC230", false)]
    [InlineData("ABC23", false)]
    [InlineData(null, false)]
    public void An_invite_code_has_six_characters_that_are_not_mistaken_for_one_another(string? text, bool isCode) =>
        InviteCodes.IsCode(text).ShouldBe(isCode);
}

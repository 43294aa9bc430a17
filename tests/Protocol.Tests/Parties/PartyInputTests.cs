using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests.Parties;

public sealed class PartyInputTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("  Film night  ")]
    [InlineData("Kinoabend für Zoë & Łukasz – 映画 🎬")]
    [InlineData("👩‍👩‍👧")]
    public void Accepts_names_of_every_script(string name) => PartyInput.ValidateName(name).ShouldBeNull();

    [Fact]
    public void Counts_a_name_in_code_points_after_trimming()
    {
        PartyInput.ValidateName(" " + string.Concat(Enumerable.Repeat("🎬", 100)) + " ").ShouldBeNull();
        PartyInput.ValidateName(new string('x', 101)).ShouldBe(
            new InputError("name_too_long", "Party name must be at most 100 characters", "name"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u200D\uFE0F")]
    public void A_name_needs_something_to_see(string? name)
    {
        PartyInput.ValidateName(name).ShouldBe(new InputError("name_empty", "Party name cannot be empty", "name"));
        PartyInput.ValidateUsername(name).ShouldBe(new InputError("username_empty", "Username cannot be empty", "username"));
    }

    [Theory]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\uE000b")]
    public void Refuses_control_direction_and_invisible_characters(string name)
    {
        PartyInput.ValidateName(name)!.Code.ShouldBe("name_invalid");
        PartyInput.ValidateUsername(name, "host_name").ShouldBe(new InputError(
            "username_invalid", "Username must not contain control, direction or invisible characters", "host_name"));
    }

    [Fact]
    public void Refuses_half_a_surrogate_pair() => PartyInput.ValidateName("a\uD83Cb")!.Code.ShouldBe("name_invalid");

    [Fact]
    public void A_username_has_at_most_40_characters()
    {
        PartyInput.ValidateUsername(new string('x', 40)).ShouldBeNull();
        PartyInput.ValidateUsername(new string('x', 41))!.Code.ShouldBe("username_too_long");
    }

    [Theory]
    [InlineData("Mia", "Mi\u200Da")]
    [InlineData("Mia L", " Mia\u00A0L ")]
    [InlineData("❤", "❤\uFE0F")]
    public void Usernames_that_look_alike_have_one_key(string one, string other) =>
        TextRules.KeyOf(one).ShouldBe(TextRules.KeyOf(other));

    [Theory]
    [InlineData("1", true)]
    [InlineData("12345678901234567890", true)]
    [InlineData("123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData("-1", false)]
    [InlineData("١", false)]
    [InlineData(null, false)]
    public void A_film_id_is_1_to_20_digits(string? filmId, bool valid) =>
        (PartyInput.ValidateFilmId(filmId) is null).ShouldBe(valid);

    [Theory]
    [InlineData("yay", true)]
    [InlineData("nay", true)]
    [InlineData("Yay", false)]
    [InlineData(null, false)]
    public void A_vote_is_yay_or_nay(string? vote, bool valid) => (PartyInput.ValidateVote(vote) is null).ShouldBe(valid);

    [Theory]
    [InlineData("🎉", true)]
    [InlineData("👨‍👩‍👧‍👦", true)]
    [InlineData("1234567890123456", true)]
    [InlineData("12345678901234567", false)]
    [InlineData(" ", false)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    public void A_reaction_is_1_to_16_visible_characters(string reaction, bool valid) =>
        (PartyInput.ValidateReaction(reaction) is null).ShouldBe(valid);
}

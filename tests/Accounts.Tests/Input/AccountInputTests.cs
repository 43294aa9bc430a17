namespace AkkaParty.Accounts.Tests.Input;

public sealed class AccountInputTests
{
    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("a@b.de")]
    [InlineData("Ada.Lovelace+films@mail.example.co.uk")]
    [InlineData("o'hara_{x}@example.org")]
    [InlineData("käthe@münchen.example")]
    [InlineData("x@1.2.3")]
    public void An_e_mail_is_taken_as_it_is_written(string email)
    {
        AccountInput.Email(email).ShouldBe(email);
        AccountInput.Email($"  {email} ").ShouldBe(email);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example..org")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example.org.")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("a..da@example.org")]
    [InlineData("ada lovelace@example.org")]
    [InlineData("ada@exam ple.org")]
    [InlineData("ada@eve@example.org")]
    [InlineData("ada@example.org\r\nBcc: all@example.org")]
    [InlineData("ada\0@example.org")]
    [InlineData("ada<b>@example.org")]
    [InlineData("ada@exa_mple.org")]
    public void What_is_no_e_mail_is_refused(string? email) => AccountInput.Email(email).ShouldBeNull();

    [Fact]
    public void Half_a_character_is_refused()
    {
        // Not as data of a theory, which is stored as UTF-8.
        AccountInput.Email("a\uD800@example.org").ShouldBeNull();
        AccountInput.Name("a\uDC00b").ShouldBeNull();
        AccountInput.Name("a\uD83Eb").ShouldBeNull();
        AccountInput.Name("a\uD83E").ShouldBeNull();
        AccountInput.Name("a\uDD9B\uD83E").ShouldBeNull();
        AccountInput.Name("a\uD83E\uDD9B").ShouldNotBeNull();
    }

    [Fact]
    public void An_e_mail_has_at_most_254_characters_and_64_before_the_at()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 62), 3)) + ".org";
        var local = new string('a', 254 - domain.Length - 1);
        local.Length.ShouldBeLessThanOrEqualTo(64);
        AccountInput.Email($"{local}@{domain}").ShouldNotBeNull();
        AccountInput.Email($"a{local}@{domain}").ShouldBeNull();
        AccountInput.Email($"{new string('a', 64)}@example.org").ShouldNotBeNull();
        AccountInput.Email($"{new string('a', 65)}@example.org").ShouldBeNull();
        AccountInput.Email($"a@{new string('b', 64)}.org").ShouldBeNull();
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("  Ada Lovelace ", "Ada Lovelace")]
    [InlineData("愛🧛", "愛🧛")]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("a\tb", null)]
    [InlineData("a\u2028b", null)]
    public void A_name_is_trimmed_and_plain(string name, string? taken) => AccountInput.Name(name).ShouldBe(taken);

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        AccountInput.Name(new string('a', 100)).ShouldNotBeNull();
        AccountInput.Name(new string('a', 101)).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://example.org", true)]
    [InlineData("https://example.org/a.png?x=1#y", true)]
    [InlineData("ftp://example.org/a", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//example.org/a", false)]
    [InlineData("/a", false)]
    [InlineData("", false)]
    [InlineData("https://exa\nmple.org", false)]
    public void Only_web_addresses_are_addresses(string text, bool isOne) => AccountInput.IsWebAddress(text).ShouldBe(isOne);

    [Fact]
    public void What_a_client_calls_itself_is_cut_and_made_plain()
    {
        AccountInput.Client("A\r\nB\uD800").ShouldBe("A??B?");
        AccountInput.Client(new string('a', 300)).ShouldBe(new string('a', 200));
        AccountInput.Client(" ").ShouldBeNull();
    }
}

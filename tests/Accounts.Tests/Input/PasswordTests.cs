using AkkaParty.Accounts.Passwords;

namespace AkkaParty.Accounts.Tests.Input;

public sealed class PasswordTests
{
    [Fact]
    public void The_list_has_thousands_of_entries_each_of_which_could_be_typed()
    {
        using var reader = new StreamReader(typeof(AccountBook).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        var lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeGreaterThan(5_000);
        CommonPasswords.Count.ShouldBe(lines.Length);
        lines.ShouldAllBe(line => line.Length >= 8 && line.Length <= 128 && !line.Any(char.IsUpper) && line == line.Trim());
        lines.ShouldBe(lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PASSWORD")]
    [InlineData("Password1")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r")]
    [InlineData("iloveyou1")]
    [InlineData("trustno1trustno1")]
    [InlineData("~~~~~~~~~")]
    [InlineData("ada.lovelace")]
    [InlineData("Ada.Lovelace@example.org")]
    public void What_is_tried_first_is_refused(string password) =>
        PasswordRules.Check(password, "ada.lovelace@example.org").ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.CommonPassword);

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("with\ncontrol characters")]
    public void What_is_no_password_is_refused(string password) =>
        PasswordRules.Check(password, "ada@example.org").ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.InvalidPassword);

    [Fact]
    public void A_password_has_8_to_128_characters()
    {
        PasswordRules.Check("xk7#vq2!", "ada@example.org").ShouldBeNull();
        PasswordRules.Check(new string('x', 127) + "y", "ada@example.org").ShouldBeNull();
        PasswordRules.Check(new string('x', 128) + "y", "ada@example.org").ShouldNotBeNull();
        PasswordRules.Check("half a character \uD83E", "ada@example.org").ShouldNotBeNull();
        PasswordRules.Check("schöne grüße 🧛", "ada@example.org").ShouldBeNull();
    }
}

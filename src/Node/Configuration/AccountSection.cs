using System.ComponentModel;

namespace AkkaParty.Node.Configuration;

/// <summary>Accounts, their sessions and tokens.</summary>
internal sealed class AccountSection
{
    [Secret]
    [SecretText]
    [Description("Encrypts the keys that sign access tokens: 16 to 512 characters, the same on all nodes. Also JWT_SECRET.")]
    public string KeySecret { get; set; } = "";

    [NotEmpty]
    [Description("Who signs access tokens: their iss.")]
    public string Issuer { get; set; } = "akkaparty";

    [NotEmpty]
    [Description("Whom access tokens are for: their aud.")]
    public string Audience { get; set; } = "akkaparty";

    [Between(1, 10_080)]
    [Description("How long an access token holds, in minutes; its session can be ended before.")]
    public int AccessTokenMinutes { get; set; } = 1_440;

    [Between(1, 90)]
    [Description("How long a refresh token holds, in days. Each can be used once.")]
    public int RefreshTokenDays { get; set; } = 7;

    [Between(1, 365)]
    [Description("Another key signs access tokens after this many days.")]
    public int SigningKeyDays { get; set; } = 30;

    [Between(10_000, 10_000_000)]
    [Description("How often a password is hashed (PBKDF2, HMAC-SHA-512). Stored passwords follow when their owners log in.")]
    public int PasswordIterations { get; set; } = 210_000;

    [Between(1, 100)]
    [Description("From this many failed log-ins of one account, or from one address, each further one has to wait.")]
    public int FreeFailures { get; set; } = 5;

    [Between(1, 86_400)]
    [Description("That wait begins with one second and doubles with each failure, up to this many seconds.")]
    public int LockoutSecondsMax { get; set; } = 900;
}

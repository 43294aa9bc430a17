using System.Globalization;
using System.Text.Json;
using AkkaParty.Accounts.Storing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaParty.Accounts.Tokens;

/// <summary>What a well-signed token says.</summary>
/// <param name="AccountId">Claim <c>sub</c>.</param>
/// <param name="SessionId">Claim <c>sid</c>.</param>
/// <param name="ExpiresAt">Claim <c>exp</c>.</param>
internal sealed record AccessClaims(Guid AccountId, Guid SessionId, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs and checks access tokens: JSON Web Tokens, RS256 and nothing else. What a token asks to be checked with is never followed: its
/// header may name one of our keys and the one algorithm, or it is refused before any of its content is looked at.
/// </summary>
internal sealed class AccessTokens(SigningKeys keys, AccountOptions options, TimeProvider time)
{
    private const int HeaderLengthMax = 512;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Signs a token.</summary>
    /// <param name="key">The key that signs now.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="sessionId">The session it belongs to.</param>
    /// <returns>The token, and when it ends.</returns>
    public (string Token, DateTimeOffset ExpiresAt) Sign(SigningKey key, Account account, Guid sessionId)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expiresAt = now + options.AccessTokenLifetime;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = Ids.Text(account.Id),
                ["user_id"] = Ids.Text(account.Id),
                ["email"] = account.Email,
                ["name"] = account.Name,
                ["role"] = account.Role == AccountRole.Admin ? "admin" : "user",
                ["sid"] = Ids.Text(sessionId),
            },
            SigningCredentials = new SigningCredentials(key.Private, SecurityAlgorithms.RsaSha256),
        });
        return (token, expiresAt);
    }

    /// <summary>Checks a token's signature, issuer, audience and times; not whether its session holds.</summary>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public async ValueTask<AccountAnswer<AccessClaims>> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (KeyIdOf(token) is not { } keyId || await keys.FindAsync(keyId, cancellationToken) is not { } key)
        {
            return AccountFaults.InvalidToken;
        }

        var result = _handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = ["JWT"],
            IssuerSigningKey = key.Public,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,

            // By our own clock, below.
            ValidateLifetime = false,
        });
        if (!result.IsValid
            || !TryReadId(result, "sub", out var accountId)
            || !TryReadId(result, "sid", out var sessionId)
            || !TryReadSeconds(result, "exp", out var expires)
            || !TryReadSeconds(result, "iat", out _))
        {
            return AccountFaults.InvalidToken;
        }

        return expires > time.GetUtcNow()
            ? new AccessClaims(accountId, sessionId, expires)
            : AccountFaults.TokenExpired;
    }

    /// <summary>The key's id when a token looks like one of ours; null otherwise.</summary>
    private static string? KeyIdOf(string token)
    {
        if (token.Length > AccountLimits.TokenLengthMax || token.AsSpan().Count('.') != 2)
        {
            return null;
        }

        var head = token[..token.IndexOf('.', StringComparison.Ordinal)];
        if (head.Length is 0 or > HeaderLengthMax)
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(head));
            return header.RootElement.ValueKind == JsonValueKind.Object
                && header.RootElement.TryGetProperty("alg", out var algorithm)
                && algorithm.ValueKind == JsonValueKind.String
                && algorithm.ValueEquals(SecurityAlgorithms.RsaSha256)
                && header.RootElement.TryGetProperty("kid", out var keyId)
                && keyId.ValueKind == JsonValueKind.String
                    ? keyId.GetString()
                    : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryReadId(TokenValidationResult result, string claim, out Guid id)
    {
        id = default;
        return result.Claims.TryGetValue(claim, out var value) && value is string text && Guid.TryParseExact(text, "D", out id);
    }

    private static bool TryReadSeconds(TokenValidationResult result, string claim, out DateTimeOffset at)
    {
        at = default;
        if (!result.Claims.TryGetValue(claim, out var value)
            || !long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 0 or > 253_402_300_799)
        {
            return false;
        }

        at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}

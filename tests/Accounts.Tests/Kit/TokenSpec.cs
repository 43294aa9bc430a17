using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class TokenSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    [Fact]
    public async Task A_token_says_who_it_is_for_how_long_and_which_key_signed_it()
    {
        var signIn = await JoinAsync();
        var (header, payload, _) = Take(signIn.AccessToken);
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var id = signIn.Account.Id.ToString("D");
        var keyId = (await Book.Sessions.PublishedKeysAsync(None)).ShouldHaveSingleItem().KeyId;

        JsonNode.DeepEquals(header, new JsonObject { ["alg"] = "RS256", ["kid"] = keyId, ["typ"] = "JWT" }).ShouldBeTrue(header.ToString());
        JsonNode.DeepEquals(payload, new JsonObject
        {
            ["sub"] = id,
            ["user_id"] = id,
            ["email"] = "ada@example.org",
            ["name"] = "ada",
            ["role"] = "user",
            ["sid"] = signIn.SessionId.ToString("D"),
            ["iss"] = "akkaparty",
            ["aud"] = "akkaparty",
            ["iat"] = now,
            ["exp"] = now + 86_400,
        }).ShouldBeTrue(payload.ToString());
    }

    [Fact]
    public async Task A_published_key_is_all_that_is_needed_to_check_a_token()
    {
        var signIn = await JoinAsync();
        var key = (await Another().Sessions.PublishedKeysAsync(None)).ShouldHaveSingleItem();
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key.Modulus),
            Exponent = Base64Url.DecodeFromChars(key.Exponent),
        });
        var parts = signIn.AccessToken.Split('.');
        rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_ends_on_time()
    {
        var signIn = await JoinAsync();
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        (await RefusalAsync(signIn.AccessToken)).ShouldBeNull();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        (await RefusalAsync(signIn.AccessToken)).ShouldBe(AccountFaultCodes.TokenExpired);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS384")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("rs256")]
    [InlineData("")]
    public async Task Another_algorithm_is_refused_whatever_it_is_signed_with(string algorithm)
    {
        var signIn = await JoinAsync();
        var (header, payload, _) = Take(signIn.AccessToken);
        header["alg"] = algorithm;
        var key = (await Book.Sessions.PublishedKeysAsync(None)).Single();
        foreach (var secret in (byte[][])[
            [], Encoding.ASCII.GetBytes(key.Modulus), Base64Url.DecodeFromChars(key.Modulus), Encoding.ASCII.GetBytes(await PemAsync())])
        {
            (await RefusalAsync(Put(header, payload, text => HMACSHA256.HashData(secret, text))))
                .ShouldBe(AccountFaultCodes.InvalidToken);
        }

        (await RefusalAsync(Put(header, payload, _ => []))).ShouldBe(AccountFaultCodes.InvalidToken);
        (await RefusalAsync(Put(header, payload, _ => []).TrimEnd('.'))).ShouldBe(AccountFaultCodes.InvalidToken);
    }

    [Fact]
    public async Task Whoever_brings_their_own_key_is_refused()
    {
        var signIn = await JoinAsync();
        var (header, payload, _) = Take(signIn.AccessToken);
        using var rsa = RSA.Create(2048);
        var own = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = "mine",
            ["n"] = Base64Url.EncodeToString(own.Modulus),
            ["e"] = Base64Url.EncodeToString(own.Exponent),
        };
        byte[] Sign(byte[] text) => rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        (await RefusalAsync(Put(header, payload, Sign))).ShouldBe(AccountFaultCodes.InvalidToken, "under our key's id");
        foreach (var keyId in (JsonNode?[])["mine", "", null, 7, "../../dev/null", "' OR 1=1 --"])
        {
            header["kid"] = keyId?.DeepClone();
            header["jwk"] = jwk.DeepClone();
            header["jku"] = "https://evil.example/jwks.json";
            header["x5u"] = "https://evil.example/cert.pem";
            (await RefusalAsync(Put(header, payload, Sign))).ShouldBe(AccountFaultCodes.InvalidToken, $"under {keyId}");
        }

        header.Remove("kid");
        (await RefusalAsync(Put(header, payload, Sign))).ShouldBe(AccountFaultCodes.InvalidToken, "under no id");
    }

    [Fact]
    public async Task A_changed_claim_is_refused()
    {
        var signIn = await JoinAsync();
        foreach (var (claim, value) in ((string, JsonNode)[])[("role", "admin"), ("exp", 4_000_000_000), ("sub", Guid.Empty.ToString("D")),
            ("sid", Guid.Empty.ToString("D"))])
        {
            var (header, payload, signature) = Take(signIn.AccessToken);
            payload[claim] = value;
            (await RefusalAsync(Put(header, payload, _ => signature))).ShouldBe(AccountFaultCodes.InvalidToken, claim);
        }

        for (var i = 0; i < signIn.AccessToken.Length; i += 7)
        {
            var changed = signIn.AccessToken.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            if (i != signIn.AccessToken.Length - 1)
            {
                (await RefusalAsync(new string(changed))).ShouldBe(AccountFaultCodes.InvalidToken, $"character {i}");
            }
        }
    }

    [Fact]
    public async Task A_token_of_another_server_is_refused_even_with_the_same_key()
    {
        var signIn = await JoinAsync();
        (await RefusalAsync(signIn.AccessToken, Open(Options with { Issuer = "another" }))).ShouldBe(AccountFaultCodes.InvalidToken);
        (await RefusalAsync(signIn.AccessToken, Open(Options with { Audience = "another" }))).ShouldBe(AccountFaultCodes.InvalidToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.e30.e30")]
    [InlineData("bnVsbA.e30.e30")]
    [InlineData("!!!.???.***")]
    [InlineData("\0\uD800.x.y")]
    public async Task What_is_no_token_is_refused(string token)
    {
        await JoinAsync();
        (await RefusalAsync(token)).ShouldBe(AccountFaultCodes.InvalidToken);
    }

    [Fact]
    public async Task An_encrypted_or_endless_token_is_not_looked_at()
    {
        var signIn = await JoinAsync();
        var parts = signIn.AccessToken.Split('.');
        (await RefusalAsync($"{parts[0]}.{parts[1]}.{parts[1]}.{parts[1]}.{parts[2]}")).ShouldBe(AccountFaultCodes.InvalidToken);
        (await RefusalAsync($"{parts[0]}.{new string('A', 1_000_000)}.{parts[2]}")).ShouldBe(AccountFaultCodes.InvalidToken);
        (await RefusalAsync($"{new string('A', 2_000)}.{parts[1]}.{parts[2]}")).ShouldBe(AccountFaultCodes.InvalidToken);
    }

    private static (JsonObject Header, JsonObject Payload, byte[] Signature) Take(string token)
    {
        var parts = token.Split('.');
        parts.Length.ShouldBe(3);
        return (
            JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject(),
            JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject(),
            Base64Url.DecodeFromChars(parts[2]));
    }

    private static string Put(JsonObject header, JsonObject payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private async Task<string> PemAsync()
    {
        var key = (await Book.Sessions.PublishedKeysAsync(None)).Single();
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key.Modulus),
            Exponent = Base64Url.DecodeFromChars(key.Exponent),
        });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}

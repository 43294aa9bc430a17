using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Identity;

/// <summary>What an attacker may try with access tokens, and what it gets.</summary>
public sealed class AccessTokenTests
{
    private const string Profile = "/api/v1/profile";

    [Fact]
    public async Task An_access_token_is_RS256_names_its_key_and_is_bound_to_a_session()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");

        var (head, claims) = (Jwt.HeadOf(anna.Access), Jwt.ClaimsOf(anna.Access));

        head["alg"]!.GetValue<string>().ShouldBe("RS256");
        claims["sub"]!.GetValue<string>().ShouldBe(anna.Id);
        claims["user_id"]!.GetValue<string>().ShouldBe(anna.Id);
        claims["email"]!.GetValue<string>().ShouldBe("anna@example.org");
        claims["role"]!.GetValue<string>().ShouldBe("user");
        claims["sid"]!.GetValue<string>().ShouldBe(anna.SessionId);
        claims["iss"]!.GetValue<string>().ShouldBe("akkaparty");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(24 * 3600);
        var keys = await host.GetAsync("/.well-known/jwks.json");
        keys.Status.ShouldBe(200, keys.Text);
        keys.Headers["Cache-Control"].ShouldContain("public");
        var key = keys.Json.GetProperty("keys").EnumerateArray()
            .Single(key => key.GetProperty("kid").GetString() == head["kid"]!.GetValue<string>());
        (key.GetProperty("kty").GetString(), key.GetProperty("alg").GetString(), key.GetProperty("use").GetString())
            .ShouldBe(("RSA", "RS256", "sig"));
        Jwt.IsSignedBy(anna.Access, PublicKey(key)).ShouldBeTrue("others can check the token with the published key");
        key.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["kty", "use", "alg", "kid", "n", "e"], "nothing private is published");
    }

    [Fact]
    public async Task No_token_is_401_with_the_text_of_the_documents()
    {
        await using var host = await TestHost.StartWithAccountsAsync();

        var none = await host.GetAsync(Profile);
        none.ShouldBeProblem(401, "token_required");
        none["error"].ShouldBe("authorization header required");
        none.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        foreach (var header in (string[])["Basic YTpi", "Bearer", "Bearer ", "token"])
        {
            var malformed = await host.SendAsync(HttpMethod.Get, Profile, headers: ("Authorization", header));
            malformed.ShouldBeProblem(401, "authorization_malformed");
            malformed["error"].ShouldBe("invalid authorization header format");
        }

        foreach (var token in (string[])["x", "a.b.c", "..", new string('a', 70) + "." + new string('b', 4096) + ".c"])
        {
            var wrong = await host.GetAsync(Profile, token);
            wrong.ShouldBeProblem(401, "invalid_token");
            wrong["error"].ShouldBe("invalid token");
        }
    }

    [Fact]
    public async Task A_token_stands_in_the_header_and_not_in_the_address_of_a_REST_call()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");
        (await host.GetAsync($"{Profile}?token={anna.Access}")).ShouldBeProblem(401, "token_required");
        (await host.GetAsync(Profile, anna.Access)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_tampered_token_is_refused_whatever_was_changed()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (anna, bert) = (await host.EnterAsync("anna"), await host.EnterAsync("bert"));
        var parts = anna.Access.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);

        foreach (var (claim, value) in ((string, JsonNode)[])[
            ("role", "admin"), ("sub", bert.Id), ("user_id", bert.Id), ("sid", bert.SessionId), ("exp", 4_102_444_800), ("iss", "other")])
        {
            var claims = Jwt.ClaimsOf(anna.Access);
            claims[claim] = value;
            (await host.GetAsync(Profile, Jwt.Make(Jwt.HeadOf(anna.Access), claims, _ => signature)))
                .ShouldBeProblem(401, "invalid_token");
        }

        signature[^1] ^= 1;
        foreach (var other in (string[])[Base64Url.EncodeToString(signature), bert.Access.Split('.')[2], string.Empty])
        {
            (await host.GetAsync(Profile, $"{parts[0]}.{parts[1]}.{other}")).ShouldBeProblem(401, "invalid_token");
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData("ES256")]
    [InlineData("RS512")]
    public async Task Only_RS256_is_an_algorithm(string algorithm)
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");
        var head = Jwt.HeadOf(anna.Access);
        head["alg"] = algorithm;

        foreach (var signature in (byte[][])[[], Base64Url.DecodeFromChars(anna.Access.Split('.')[2])])
        {
            var forged = Jwt.Make(head, Jwt.ClaimsOf(anna.Access), _ => signature);
            (await host.GetAsync(Profile, forged)).ShouldBeProblem(401, "invalid_token");
        }
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");
        var published = (await host.GetAsync("/.well-known/jwks.json")).Json.GetProperty("keys")[0];
        var key = PublicKey(published);
        var head = Jwt.HeadOf(anna.Access);
        head["alg"] = "HS256";

        foreach (var secret in (byte[][])[
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(key.ExportRSAPublicKeyPem()),
            key.ExportSubjectPublicKeyInfo(),
            Base64Url.DecodeFromChars(published.GetProperty("n").GetString()),
            Encoding.ASCII.GetBytes(published.GetProperty("n").GetString()!)])
        {
            var forged = Jwt.Make(head, Jwt.ClaimsOf(anna.Access), data => HMACSHA256.HashData(secret, data));
            (await host.GetAsync(Profile, forged)).ShouldBeProblem(401, "invalid_token");
        }
    }

    [Fact]
    public async Task A_token_of_another_key_is_refused_under_the_same_id_another_and_none_and_when_it_brings_its_own()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");
        using var key = RSA.Create(2048);
        var own = key.ExportParameters(includePrivateParameters: false);
        foreach (var change in (Action<JsonObject>[])[
            _ => { },
            head => head["kid"] = "another",
            head => head.Remove("kid"),
            head => head["kid"] = "../../etc/passwd",
            head => head["jwk"] = new JsonObject
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(own.Modulus),
                ["e"] = Base64Url.EncodeToString(own.Exponent),
            },
            head => head["jku"] = "http://127.0.0.1:1/keys.json"])
        {
            var head = Jwt.HeadOf(anna.Access);
            change(head);
            var forged = Jwt.Make(head, Jwt.ClaimsOf(anna.Access), data => Jwt.Sign(key, data));
            (await host.GetAsync(Profile, forged)).ShouldBeProblem(401, "invalid_token");
        }
    }

    [Fact]
    public async Task A_token_ends_with_its_time_and_says_so()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");

        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        (await host.GetAsync(Profile, anna.Access)).Status.ShouldBe(200);
        host.Time.Advance(TimeSpan.FromMinutes(3));
        (await host.GetAsync(Profile, anna.Access)).ShouldBeProblem(401, "token_expired");
        var refreshed = AccountTable.Read(await host.PostAsync("/api/v1/auth/refresh", new { refresh_token = anna.Refresh }));
        (await host.GetAsync(Profile, refreshed.Access)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_ends_at_once_with_its_session()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var anna = await host.EnterAsync("anna");
        var other = await host.LogInAsync(anna.Email);
        (await host.GetAsync(Profile, anna.Access)).Status.ShouldBe(200);

        (await host.PostAsync("/api/v1/auth/logout", new { refresh_token = anna.Refresh })).Status.ShouldBe(200);

        (await host.GetAsync(Profile, anna.Access)).ShouldBeProblem(401, "token_revoked");
        (await host.GetAsync(Profile, other.Access)).Status.ShouldBe(200, "another session goes on");
    }

    [Fact]
    public async Task Nobody_makes_themselves_an_administrator()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var registered = await host.PostAsync(
            "/api/v1/users/register",
            new { email = "eve@example.org", password = AccountTable.Password, role = "admin", is_admin = true });
        registered.Status.ShouldBe(201, registered.Text);
        registered.Json.GetProperty("user").GetProperty("role").GetString().ShouldBe("user");

        var eve = await host.LogInAsync("eve@example.org");
        var patched = await host.PatchAsync(Profile, new { name = "Eve", role = "admin" }, eve.Access);
        patched["role"].ShouldBe("user");
        Jwt.ClaimsOf(eve.Access)["role"]!.GetValue<string>().ShouldBe("user");
    }

    [Fact]
    public async Task While_the_accounts_are_away_everybody_who_shows_a_token_gets_503_and_nobody_401()
    {
        await using var host = await TestHost.StartAsync();
        var (_, token) = host.Accounts.Seed("anna");
        host.Accounts.Failure = new Accounts.AccountsUnavailableException("away");

        var away = await host.GetAsync(Profile, token);

        away.ShouldBeProblem(503, "store_unavailable");
        away.Headers["Retry-After"].ShouldBe("1");
        host.Accounts.Failure = null;
        (await host.GetAsync(Profile, token)).Status.ShouldBe(200);
    }

    private static RSA PublicKey(JsonElement key) => RSA.Create(new RSAParameters
    {
        Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
        Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
    });
}

using System.Text;
using AkkaParty.Accounts.Storing;
using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class KeySpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [Fact]
    public async Task The_next_key_is_published_a_day_before_it_signs_and_the_last_one_until_its_last_token_has_ended()
    {
        var first = await JoinAsync();
        var oldKey = (await KeysAsync()).ShouldHaveSingleItem();
        Time.Advance(Month - TimeSpan.FromDays(1) - TimeSpan.FromHours(1));
        (await KeysAsync()).ShouldBe([oldKey]);

        Time.Advance(TimeSpan.FromHours(2));
        var both = await KeysAsync();
        both.Count.ShouldBe(2);
        both[1].ShouldBe(oldKey);
        var lastOfOld = await LogInAsync();
        KeyIdOf(lastOfOld).ShouldBe(oldKey);

        Time.Advance(TimeSpan.FromHours(23));
        var firstOfNew = await LogInAsync();
        KeyIdOf(firstOfNew).ShouldBe(both[0]);
        (await KeysAsync()).ShouldBe(both);
        (await RefusalAsync(lastOfOld.AccessToken, Another())).ShouldBeNull();
        KeyIdOf(first).ShouldBe(oldKey);

        Time.Advance(TimeSpan.FromHours(24));
        (await KeysAsync()).ShouldBe([both[0]]);
        (await RefusalAsync(lastOfOld.AccessToken)).ShouldBe(AccountFaultCodes.InvalidToken);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_sign_with_one_key()
    {
        AccountBook[] nodes = [Book, Another(), Another(), Another()];
        await RegisterAsync();
        var signIns = await Task.WhenAll(nodes.Select(node => LogInAsync(book: node)));
        signIns.Select(KeyIdOf).Distinct().Count().ShouldBe(1);
        foreach (var node in nodes)
        {
            foreach (var signIn in signIns)
            {
                (await RefusalAsync(signIn.AccessToken, node)).ShouldBeNull();
            }
        }
    }

    [Fact]
    public async Task A_key_outlives_its_node()
    {
        var signIn = await JoinAsync();
        await Book.DisposeAsync();
        var later = Another();
        (await RefusalAsync(signIn.AccessToken, later)).ShouldBeNull();
        KeyIdOf(await LogInAsync(book: later)).ShouldBe(KeyIdOf(signIn));
    }

    [Fact]
    public async Task Under_a_secret_the_private_key_is_unreadable_in_the_database()
    {
        var book = Open(Options with { KeySecret = "sixteen characters" });
        await RegisterAsync();
        var signIn = await LogInAsync(book: book);
        var row = (await RowsAsync<KeyRow>("SELECT * FROM signing_keys")).ShouldHaveSingleItem();

        row.IsSealed.ShouldBe(1);
        using var rsa = System.Security.Cryptography.RSA.Create();
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => rsa.ImportPkcs8PrivateKey(row.PrivateKey, out _));
        Encoding.Latin1.GetString(row.PrivateKey).ShouldNotContain("RSA");
        (await RefusalAsync(signIn.AccessToken, Open(Options with { KeySecret = "sixteen characters" }))).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_from_before_there_was_a_secret_is_encrypted_and_goes_on_signing()
    {
        var before = await JoinAsync();
        (await RowsAsync<KeyRow>("SELECT * FROM signing_keys")).ShouldHaveSingleItem().IsSealed.ShouldBe(0);

        var after = await LogInAsync(book: Open(Options with { KeySecret = "sixteen characters" }));
        KeyIdOf(after).ShouldBe(KeyIdOf(before));
        (await RowsAsync<KeyRow>("SELECT * FROM signing_keys")).ShouldHaveSingleItem().IsSealed.ShouldBe(1);
        var restarted = await LogInAsync(book: Open(Options with { KeySecret = "sixteen characters" }));
        KeyIdOf(restarted).ShouldBe(KeyIdOf(before));
        (await RefusalAsync(restarted.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Nodes_with_different_secrets_check_each_others_tokens_and_sign_with_keys_of_their_own()
    {
        await RegisterAsync();
        AccountBook[] nodes =
        [
            Book, Open(Options with { KeySecret = "sixteen characters" }), Open(Options with { KeySecret = "sixteen others...." }),
        ];
        var signIns = new List<SignIn>();
        for (var round = 0; round < 3; round++)
        {
            foreach (var node in nodes)
            {
                signIns.Add(await LogInAsync(book: node));
                PassASecond();
            }
        }

        foreach (var node in nodes)
        {
            foreach (var signIn in signIns)
            {
                (await RefusalAsync(signIn.AccessToken, node)).ShouldBeNull();
            }
        }

        // The first node's key was in the clear, so that the second encrypts it and signs with it too; the third cannot read it.
        signIns.Select(KeyIdOf).Distinct().Count().ShouldBe(2);
        (await KeysAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_node_without_the_secret_signs_with_a_key_of_its_own()
    {
        await RegisterAsync();
        var secretive = Open(Options with { KeySecret = "sixteen characters" });
        var first = await LogInAsync(book: secretive);
        PassASecond();
        var second = await LogInAsync();
        KeyIdOf(second).ShouldNotBe(KeyIdOf(first));
        (await RefusalAsync(first.AccessToken)).ShouldBeNull();
        (await RefusalAsync(second.AccessToken, secretive)).ShouldBeNull();
        (await KeysAsync()).Count.ShouldBe(2);
    }

    private static string KeyIdOf(SignIn signIn)
    {
        var header = System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(signIn.AccessToken.Split('.')[0]));
        using (header)
        {
            return header.RootElement.GetProperty("kid").GetString()!;
        }
    }

    private async Task<List<string>> KeysAsync() =>
        [.. (await Book.Sessions.PublishedKeysAsync(None)).Select(key => key.KeyId)];
}

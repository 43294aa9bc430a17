using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AkkaParty.Accounts.Tests.Support;

/// <summary>
/// Signing keys that all tests share, since making one takes longer than most tests: a test's first key is the same as that of another
/// test, but no two keys of one test are the same.
/// </summary>
internal sealed class SharedKeys
{
    private static readonly ConcurrentDictionary<int, Lazy<byte[]>> Made = new();

    private int _count;

    /// <summary>The test's next key, to be disposed of by whoever gets it.</summary>
    public RSA Next()
    {
        var number = Interlocked.Increment(ref _count);
        var secret = Made.GetOrAdd(number, static _ => new Lazy<byte[]>(Make)).Value;
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(secret, out var _);
        return key;
    }

    private static byte[] Make()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKey();
    }
}

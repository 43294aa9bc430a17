using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace AkkaParty.Chaos.Histories;

/// <summary>The hash by which two sights are known to be of the same bytes.</summary>
internal static class SightHash
{
    /// <summary>Of what was shown.</summary>
    public static string Of(JsonElement shown) =>
        Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(shown)).AsSpan(0, 8));
}

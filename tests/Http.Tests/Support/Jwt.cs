using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AkkaParty.Http.Tests.Support;

/// <summary>Takes access tokens apart and puts others together, as an attacker would.</summary>
internal static class Jwt
{
    public static JsonObject HeadOf(string token) => Part(token, 0);

    public static JsonObject ClaimsOf(string token) => Part(token, 1);

    /// <summary>A token with a signature of one's own making.</summary>
    public static string Make(JsonObject head, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(head)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signs as RS256 does.</summary>
    public static byte[] Sign(RSA key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Whether a token's RS256 signature is of a key.</summary>
    public static bool IsSignedBy(string token, RSA key)
    {
        var parts = token.Split('.');
        return key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
    }

    private static JsonObject Part(string token, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!.AsObject();

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

using System.Security.Cryptography;
using System.Text;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest;

/// <summary>
/// The <c>Idempotency-Key</c> header: with the same key, from the same caller, a call is carried out once. Everything a
/// retry must find again (the session of its command, ids it creates) derives from key and scope.
/// </summary>
internal sealed class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The key was used for another request.</summary>
    public static readonly ApiError Reused = new(
        422, "idempotency_key_reused", $"This {Header} was used for another request; choose a new one.", Header);

    private const int LengthMin = 16;
    private const int LengthMax = 255;
    private readonly string _scope;
    private readonly string _key;

    private IdempotencyKey(string scope, string key)
    {
        _scope = scope;
        _key = key;
    }

    /// <summary>The command id that makes the call safe to repeat.</summary>
    public CommandId CommandId => new(Derive("session"), 1);

    /// <summary>Reads the header.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scope">Within what the key must be unique: the caller's token hash, or the route.</param>
    /// <returns>The key, null when there is none, or the error.</returns>
    public static (IdempotencyKey? Key, ApiError? Error) Read(HttpRequest request, string scope)
    {
        var header = request.Headers[Header];
        if (header.Count == 0)
        {
            return (null, null);
        }

        var key = header.Count == 1 ? header[0] ?? string.Empty : string.Empty;
        return key.Length is >= LengthMin and <= LengthMax && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? (new IdempotencyKey(scope, key), null)
            : (null, ApiError.Invalid($"{Header} must be one value of {LengthMin} to {LengthMax} visible ASCII characters.", Header));
    }

    /// <summary>An id that the same key always gives.</summary>
    /// <param name="purpose">What the id is for.</param>
    /// <returns>A UUID of version 8 (custom).</returns>
    public Guid Derive(string purpose) => IdOf($"{purpose}\n{_scope}\n{_key}");

    /// <summary>An id that the same text always gives.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A UUID of version 8 (custom).</returns>
    public static Guid IdOf(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Why a keyed command did not do what was asked, the reuse of its key included.</summary>
    /// <param name="result">How the ask ended.</param>
    /// <param name="fingerprint">The call's fingerprint; null for a call without a key.</param>
    /// <returns>The error, or null when it was carried out.</returns>
    public static ApiError? Failure(AskResult result, string? fingerprint)
    {
        if (result.Outcome != AskOutcome.Replied)
        {
            return ApiError.From(result);
        }

        return fingerprint is not null && FingerprintOf(result.Reply) is { } first && first != fingerprint ? Reused : null;
    }

    private static string? FingerprintOf(object? reply) => reply switch
    {
        PartyReply party => party.Fingerprint,
        RoomReply room => room.Fingerprint,
        WatchReply watch => watch.Fingerprint,
        _ => null,
    };

    /// <summary>What a call asks for, so that the same key with another request is noticed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body; empty for none.</param>
    /// <returns>32 hex characters.</returns>
    public static string Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path.Value}{request.QueryString.Value}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}

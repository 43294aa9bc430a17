using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A participant's connection to a party: the dialect of ReelChoice, with its additions.</summary>
internal sealed partial class PartySession : SocketSession
{
    /// <summary>The audience of participants: they all see the same.</summary>
    public static readonly Audience Audience = new(PartyAddress.MemberAudience);

    private static readonly PartyJsonContext Json = ClientJson.Wire;

    private readonly FilmLookup _films;
    private readonly EntityRef _party;
    private readonly Caller _caller;
    private readonly Guid _commands;
    private readonly long? _since;
    private IDisposable? _subscription;
    private Task _work = Task.CompletedTask;
    private CloseCode? _endWith;
    private long _seq;
    private bool _busy;

    /// <summary>Makes the session of a recognised participant.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="films">The catalogue.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="client">The client's own name for itself, so that its frame numbers survive a reconnection; null for none.</param>
    /// <param name="since">The last sequence number the client has.</param>
    public PartySession(
        HttpContext context, Stream stream, SocketServices shared, FilmLookup films, PartyCaller caller, string? client, long? since)
        : base(context, stream, shared, caller.Member!.ExpiresAt - shared.Time.GetUtcNow())
    {
        _films = films;
        _party = caller.Party;
        _caller = caller.Caller;
        _since = since;
        _shown = since ?? 0;

        // Numbers are unique per named client of a participant, or per token when the client has no name.
        var scope = client is null ? $"token\n{_caller.TokenHash}" : $"client\n{_caller.UserId}\n{client}";
        _commands = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(scope)).AsSpan(0, 16));
    }

    /// <inheritdoc />
    public override string? Member => _caller.UserId;

    /// <inheritdoc />
    public override string Credential => _caller.TokenHash;

    /// <inheritdoc />
    public override void End(FeedEnd reason)
    {
        // Whoever leaves by a command still gets the answer to it before the connection closes.
        // A full fence between writing one and reading the other, here and in WorkAsync: one of the two always sees both.
        Interlocked.Exchange(ref _endWith, CodeOf(reason));
        EndFeedWait();
        if (!Volatile.Read(ref _busy))
        {
            Close(_endWith!, dropPending: false);
        }
    }

    /// <inheritdoc />
    protected override void Begin()
    {
        // A resume from a number the party has not reached is a mistake of the client: it gets the state as it is.
        _subscription = _party.Subscribe(Audience, _since, this);
    }

    /// <inheritdoc />
    protected override async ValueTask EndAsync()
    {
        _subscription?.Dispose();
        EndFeedWait();
        await _work;
    }

    /// <inheritdoc />
    protected override void OnRefused(MessageRefusal refusal, TimeSpan retryAfter)
    {
        switch (refusal)
        {
            case MessageRefusal.TooMany:
                var milliseconds = (int)Math.Ceiling(retryAfter.TotalMilliseconds);
                SendError(new("Too many messages", "rate_limited", true, RetryAfterMs: milliseconds));
                break;
            case MessageRefusal.TooBig:
                SendError(new($"A message may have at most {Shared.Options.MessageMaxBytes} bytes", "message_too_big", false));
                break;
            default:
                SendError(ApiError.Of(PartyErrorCodes.InvalidMessageFormat), null);
                break;
        }
    }

    /// <inheritdoc />
    protected override ValueTask OnMessageAsync(ReadOnlySpan<byte> message)
    {
        ClientFrame? frame;
        try
        {
            frame = JsonSerializer.Deserialize(message, Json.ClientFrame);
        }
        catch (JsonException exception)
        {
            SendError(ApiError.Of(PartyErrorCodes.InvalidMessageFormat, field: RequestBody.FieldOf(exception)), null);
            return ValueTask.CompletedTask;
        }

        if (frame?.Type is null)
        {
            SendError(ApiError.Of(PartyErrorCodes.InvalidMessageFormat, field: frame is null ? null : "type"), null);
        }
        else if (frame.Id < 1)
        {
            SendError(new("id must be a whole number from 1", PartyErrorCodes.InvalidMessageFormat, false, "id"));
        }
        else if (frame.Type == ClientFrameTypes.Ping)
        {
            Send(PongFrame.Of(Shared.Time.GetUtcNow().ToUnixTimeSeconds()), Json.PongFrame);
        }
        else
        {
            return StartAsync(frame);
        }

        return ValueTask.CompletedTask;
    }

    // One at a time and in order; while one is under way the reader goes on, so that pings are answered.
    private async ValueTask StartAsync(ClientFrame frame)
    {
        await _work;
        if (!Closing)
        {
            _work = WorkAsync(frame);
        }
    }

    private async Task WorkAsync(ClientFrame frame)
    {
        Volatile.Write(ref _busy, true);
        try
        {
            await RunAsync(frame);
        }
#pragma warning disable CA1031 // A bug in one frame's treatment is answered and logged; the connection and its order survive.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FrameFailed(Shared.Logger, exception, frame.Type);
            SendError(new("The server made a mistake; it has been logged.", "internal_error", false, null, frame.Id));
        }
        finally
        {
            Interlocked.Exchange(ref _busy, false);
            if (Volatile.Read(ref _endWith) is { } code)
            {
                Close(code, dropPending: false);
            }
        }
    }

    private void SendError(ApiError error, long? id) =>
        SendError(new(error.Message, error.Code, error.Retryable, error.Field, id, RetryAfterMs(error)));

    private void SendError(ErrorPayload payload)
    {
        HttpMetrics.CountError(payload.Code, "socket");
        Send(new ErrorFrame(payload), Json.ErrorFrame);
    }

    private static int? RetryAfterMs(ApiError error) => error.RetryAfter is { } after ? (int)after.TotalMilliseconds : null;

    private void Send<T>(T frame, JsonTypeInfo<T> shape) => SendText(JsonSerializer.SerializeToUtf8Bytes(frame, shape));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>
/// A member's WebSocket to an entity, whatever the dialect: follows its feed, and carries the client's frames out one at a time and in
/// order, each answered when it has a number.
/// </summary>
/// <typeparam name="TFrame">A frame of the client.</typeparam>
internal abstract partial class EntitySession<TFrame> : SocketSession
    where TFrame : class, IClientFrame
{
    private readonly Guid _commands;
    private readonly long? _since;
    private IDisposable? _subscription;
    private Task _work = Task.CompletedTask;
    private CloseCode? _endWith;
    private long _seq;
    private bool _busy;

    /// <summary>Makes the session of a recognised member.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="lifetime">How long the token lives on.</param>
    /// <param name="entity">Whom it follows.</param>
    /// <param name="scope">Within what the numbers of frames are unique.</param>
    /// <param name="since">The last sequence number the client has; null for none.</param>
    protected EntitySession(
        HttpContext context,
        Stream stream,
        ConnectionServices shared,
        TimeSpan lifetime,
        EntityRef entity,
        string scope,
        long? since)
        : base(context, stream, shared, lifetime)
    {
        Entity = entity;
        _since = since;
        _shown = since ?? 0;
        _commands = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(scope)).AsSpan(0, 16));
    }

    /// <summary>Whom it follows.</summary>
    protected EntityRef Entity { get; }

    /// <summary>Who looks.</summary>
    protected abstract Audience Audience { get; }

    /// <summary>Whether every change of the entity is shown to this audience; else a change may never come.</summary>
    protected virtual bool ShowsEveryChange => true;

    /// <summary>The last number the client was shown.</summary>
    protected long Seq => Volatile.Read(ref _seq);

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
        // A resume from a number the entity has not reached is a mistake of the client: it goes on from what there is.
        _subscription = Entity.Subscribe(Audience, _since, this);
    }

    /// <inheritdoc />
    protected override async ValueTask EndAsync()
    {
        _subscription?.Dispose();
        EndFeedWait();
        await _work;
        await _tickets;
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
                SendError(InvalidFormat(null), null);
                break;
        }
    }

    /// <inheritdoc />
    protected override ValueTask OnMessageAsync(ReadOnlySpan<byte> message)
    {
        TFrame? frame;
        try
        {
            frame = Read(message);
        }
        catch (JsonException exception)
        {
            SendError(InvalidFormat(RequestBody.FieldOf(exception)), NumberOf(message));
            return ValueTask.CompletedTask;
        }

        if (frame?.Type is null)
        {
            SendError(InvalidFormat(frame is null ? null : "type"), null);
        }
        else if (frame.Id < 1)
        {
            SendError(InvalidFormat("id") with { Message = "id must be a whole number from 1" }, null);
        }
        else if (!TryAnswerAtOnce(frame))
        {
            return StartAsync(frame);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Reads a frame.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>The frame; null for the word <c>null</c>.</returns>
    /// <exception cref="JsonException">It is none.</exception>
    protected abstract TFrame? Read(ReadOnlySpan<byte> message);

    /// <summary>The number of a frame that cannot be read.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>The number; null when there is none.</returns>
    protected virtual long? NumberOf(ReadOnlySpan<byte> message) => null;

    /// <summary>Answers what waits for nothing: signs of life.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>False for every other frame.</returns>
    protected abstract bool TryAnswerAtOnce(TFrame frame);

    /// <summary>Carries a frame out and answers it.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>Ends when the next one may begin.</returns>
    protected abstract ValueTask RunAsync(TFrame frame);

    /// <summary>A frame without a number was carried out and changed nothing, so nothing is shown of itself.</summary>
    /// <returns>Ends when the client has been told what it needs.</returns>
    protected virtual ValueTask OnNothingChangedAsync() => ValueTask.CompletedTask;

    /// <summary>The error of what is no frame.</summary>
    /// <param name="field">The field at fault.</param>
    /// <returns>The error.</returns>
    protected abstract ApiError InvalidFormat(string? field);

    /// <summary>Sends an error in the dialect's form.</summary>
    /// <param name="error">The error.</param>
    protected abstract void WriteError(FrameError error);

    /// <summary>Sends an acknowledgement in the dialect's form.</summary>
    /// <param name="id">The number of the frame.</param>
    /// <param name="seq">The number at which it was carried out.</param>
    protected abstract void WriteAck(long id, long seq);

    // One at a time and in order; while one is under way the reader goes on, so that signs of life are answered.
    private async ValueTask StartAsync(TFrame frame)
    {
        await _work;
        if (!Closing)
        {
            _work = WorkAsync(frame);
        }
    }

    private async Task WorkAsync(TFrame frame)
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
            SocketLog.FrameFailed(Shared.Logger, exception, frame.Type);
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
}

using System.Diagnostics.Metrics;
using AkkaParty.Http.Connections;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Sse;

/// <summary>Whom a stream follows, and from where on.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Audience">Who looks.</param>
/// <param name="Since">The last number the client has.</param>
/// <param name="Credential">What the stream was opened with; null for nothing that could be revoked.</param>
/// <param name="Lifetime">How long that lives on.</param>
/// <param name="First">What the client is told first.</param>
internal sealed record StreamSource(
    EntityRef Entity, Audience Audience, long Since, string? Credential, TimeSpan Lifetime, WireFrame First);

/// <summary>
/// One client that follows an entity over server-sent events. Nothing runs for it: whoever publishes writes, and the ticker keeps it alive.
/// </summary>
internal sealed class StreamSession : ClientSession
{
    private readonly CancellationToken _gone;
    private readonly StreamSource _source;
    private readonly StreamDialect _dialect;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _keepAliveAt;

    /// <summary>Makes the session of a request whose response has begun.</summary>
    /// <param name="context">The request.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="source">Whom it follows.</param>
    /// <param name="dialect">How the surface's streams speak of themselves.</param>
    public StreamSession(HttpContext context, ConnectionServices shared, StreamSource source, StreamDialect dialect)
        : base(context, context.Response.Body, shared, source.Lifetime)
    {
        _gone = context.RequestAborted;
        _source = source;
        _dialect = dialect;
        _keepAliveAt = Now + (long)dialect.KeepAliveEvery.TotalMilliseconds;
    }

    /// <summary>Nobody: whoever only follows a stream is not present.</summary>
    public override string? Member => null;

    /// <inheritdoc />
    public override string? Credential => _source.Credential;

    /// <inheritdoc />
    public override UpDownCounter<long> Gauge => HttpMetrics.Streams;

    /// <summary>Lives until the client is gone or the stream has ended.</summary>
    /// <returns>Ends with the stream.</returns>
    public async Task RunAsync()
    {
        Shared.Registry.Add(this);
        using var gone = _gone.UnsafeRegister(static session => ((StreamSession)session!)._over.TrySetResult(), this);
        IDisposable? subscription = null;
        try
        {
            Outbox.Send(_source.First);
            subscription = _source.Entity.Subscribe(_source.Audience, _source.Since, this);
            await _over.Task;
        }
        finally
        {
            subscription?.Dispose();
            await LetGoAsync();
            Shared.Registry.Remove(this);
        }
    }

    /// <inheritdoc />
    public override void Deliver(FeedBatch batch) => Outbox.Send(batch.Packed(EventFrames.Pack));

    /// <inheritdoc />
    protected override void SayGoodbye(CloseCode code, bool dropPending)
    {
        Outbox.SendClose(_dialect.Goodbye(code).Bytes, dropPending);
        _over.TrySetResult();
    }

    /// <inheritdoc />
    protected override void LookAfter(long now)
    {
        if (now >= _keepAliveAt)
        {
            _keepAliveAt = now + (long)_dialect.KeepAliveEvery.TotalMilliseconds;
            Outbox.Send(_dialect.KeepAlive.At(now));
        }
    }
}

/// <summary>How a surface's streams speak of themselves.</summary>
/// <param name="KeepAliveEvery">How often a client is told that the server is there.</param>
/// <param name="KeepAlive">What it is told then.</param>
/// <param name="Goodbye">What it is told when the server ends the stream.</param>
internal sealed record StreamDialect(TimeSpan KeepAliveEvery, TickFrame KeepAlive, Func<CloseCode, WireFrame> Goodbye);

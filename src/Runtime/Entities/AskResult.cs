namespace AkkaParty.Runtime.Entities;

/// <summary>The five ways an ask can end, and the one way it can succeed. Each has one treatment everywhere.</summary>
public enum AskOutcome
{
    /// <summary>The command was carried out, or the query answered; what it stored is durable.</summary>
    Replied,

    /// <summary>A rule said no (4xx). The entity lives; nothing was stored.</summary>
    Rejected,

    /// <summary>No home, hand-off, full mailbox or a passed deadline (503, retryable). Nothing was stored.</summary>
    Unavailable,

    /// <summary>The store did not say whether it stored (503, retryable). The command id makes a retry safe.</summary>
    Unknown,

    /// <summary>A bug (500). That entity stopped and recovers at its next message.</summary>
    Failed,
}

/// <summary>The answer to an ask.</summary>
public readonly struct AskResult
{
    private AskResult(AskOutcome outcome, object? reply, long seq, Rejection? rejection, TimeSpan? retryAfter)
    {
        Outcome = outcome;
        Reply = reply;
        Seq = seq;
        Rejection = rejection;
        RetryAfter = retryAfter;
    }

    /// <summary>How the ask ended.</summary>
    public AskOutcome Outcome { get; }

    /// <summary>The entity's reply when <see cref="Outcome"/> is <see cref="AskOutcome.Replied"/>.</summary>
    public object? Reply { get; }

    /// <summary>The entity's sequence number at which the answer holds; 0 when the entity has stored nothing.</summary>
    public long Seq { get; }

    /// <summary>Why not, for every outcome but <see cref="AskOutcome.Replied"/>.</summary>
    public Rejection? Rejection { get; }

    /// <summary>When it makes sense to try again, for the retryable outcomes.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same ask may succeed later without any change.</summary>
    public bool Retryable => Outcome is AskOutcome.Unavailable or AskOutcome.Unknown;

    /// <summary>A success.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="seq">The sequence number it holds at.</param>
    /// <returns>The result.</returns>
    public static AskResult Replied(object? reply, long seq) => new(AskOutcome.Replied, reply, seq, null, null);

    /// <summary>A rule said no.</summary>
    /// <param name="rejection">Why.</param>
    /// <param name="seq">The sequence number it was decided at.</param>
    /// <returns>The result.</returns>
    public static AskResult Rejected(Rejection rejection, long seq) => new(AskOutcome.Rejected, null, seq, rejection, null);

    /// <summary>Nothing was done; try again.</summary>
    /// <param name="code">
    /// Which kind of unavailability: <c>busy</c>, <c>no_home</c>, <c>timed_out</c>, <c>store_unavailable</c>, ...
    /// </param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="retryAfter">When to try again; one second when null.</param>
    /// <returns>The result.</returns>
    public static AskResult Unavailable(string code, string message, TimeSpan? retryAfter = null) =>
        new(AskOutcome.Unavailable, null, 0, new Rejection(code, message), retryAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>The store did not say whether the command's events were stored.</summary>
    /// <returns>The result.</returns>
    public static AskResult Unknown() =>
        new(
            AskOutcome.Unknown,
            null,
            0,
            new Rejection("outcome_unknown", "The store did not confirm the change; send it again with the same id."),
            TimeSpan.FromSeconds(1));

    /// <summary>An answer as another node gave it.</summary>
    internal static AskResult Of(AskOutcome outcome, object? reply, long seq, Rejection? rejection, TimeSpan? retryAfter) =>
        new(outcome, reply, seq, rejection, retryAfter);

    /// <summary>A bug stopped the entity.</summary>
    /// <returns>The result.</returns>
    public static AskResult Failed() =>
        new(
            AskOutcome.Failed,
            null,
            0,
            new Rejection("internal_error", "The server made a mistake; the change was not carried out."),
            null);
}

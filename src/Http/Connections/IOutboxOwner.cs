namespace AkkaParty.Http.Connections;

/// <summary>What an outbox needs of its session. The methods are called by whoever sends and must not block.</summary>
internal interface IOutboxOwner
{
    /// <summary>The coarse clock, in milliseconds from 1.</summary>
    long Now { get; }

    /// <summary>More waits than may, and none of it may be dropped.</summary>
    void OnSlowReader();

    /// <summary>The connection failed while writing.</summary>
    /// <param name="exception">How.</param>
    void OnBroken(Exception exception);
}

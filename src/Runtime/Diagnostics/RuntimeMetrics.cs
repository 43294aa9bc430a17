using System.Diagnostics.Metrics;

namespace AkkaParty.Runtime.Diagnostics;

/// <summary>
/// The runtime's numbers, on the meter <c>AkkaParty.Runtime</c>. Hot counters are plain fields that are added to once
/// a turn and read when somebody looks; only commits, which are rare and slow, feed histograms.
/// </summary>
internal sealed class RuntimeMetrics : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Runtime");
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _commitOperations;
    private readonly Histogram<double> _recoverySeconds;
    private long _messages;
    private long _events;
    private long _deliveries;
    private long _busy;
    private long _conflicts;
    private long _unknown;
    private long _failures;
    private long _remoteAsks;
    private long _moved;
    private long _malformed;
    private long _feedsBroken;
    private long _entities;
    private long _subscriptions;

    public RuntimeMetrics()
    {
        _commitSeconds = _meter.CreateHistogram<double>("akkaparty.journal.commit.duration", "s", "How long one group commit took.");
        _commitOperations = _meter.CreateHistogram<int>(
            "akkaparty.journal.commit.operations", "{operation}", "How many entities one group commit served.");
        _recoverySeconds = _meter.CreateHistogram<double>(
            "akkaparty.entity.recovery.duration", "s", "How long reading an entity back took.");
        Observe("akkaparty.entity.messages", "{message}", "Messages taken from mailboxes.", () => Volatile.Read(ref _messages));
        Observe("akkaparty.entity.events", "{event}", "Events stored.", () => Volatile.Read(ref _events));
        Observe("akkaparty.feed.deliveries", "{batch}", "Batches of frames handed to subscribers.", () => Volatile.Read(ref _deliveries));
        Observe("akkaparty.entity.busy", "{message}", "Messages refused by a full mailbox.", () => Volatile.Read(ref _busy));
        Observe("akkaparty.journal.conflicts", "{append}", "Appends that met another head.", () => Volatile.Read(ref _conflicts));
        Observe("akkaparty.journal.unknown", "{append}", "Appends whose outcome is not known.", () => Volatile.Read(ref _unknown));
        Observe(
            "akkaparty.entity.failures",
            "{failure}",
            "Entities stopped by a bug or a failed recovery.",
            () => Volatile.Read(ref _failures));
        Observe("akkaparty.remote.asks", "{message}", "Asks sent to other nodes.", () => Volatile.Read(ref _remoteAsks));
        Observe("akkaparty.remote.moved", "{message}", "Asks that came to a node that is not the home.", () => Volatile.Read(ref _moved));
        Observe(
            "akkaparty.remote.malformed",
            "{frame}",
            "Frames from other nodes that could not be read.",
            () => Volatile.Read(ref _malformed));
        Observe(
            "akkaparty.feed.broken",
            "{subscription}",
            "Subscriptions across nodes that may have missed something and were made again.",
            () => Volatile.Read(ref _feedsBroken));
        _meter.CreateObservableUpDownCounter(
            "akkaparty.entity.active", () => Volatile.Read(ref _entities), "{entity}", "Entities in memory.");
        _meter.CreateObservableUpDownCounter(
            "akkaparty.feed.subscriptions", () => Volatile.Read(ref _subscriptions), "{subscription}", "Open subscriptions.");
    }

    public long ActiveEntities => Volatile.Read(ref _entities);

    public void Committed(int operations, TimeSpan duration)
    {
        _commitSeconds.Record(duration.TotalSeconds);
        _commitOperations.Record(operations);
    }

    public void Recovered(TimeSpan duration) => _recoverySeconds.Record(duration.TotalSeconds);

    public void TurnEnded(int messages) => Interlocked.Add(ref _messages, messages);

    public void Stored(int events) => Interlocked.Add(ref _events, events);

    public void Delivered(int batches) => Interlocked.Add(ref _deliveries, batches);

    public void Busy() => Interlocked.Increment(ref _busy);

    public void Conflicted() => Interlocked.Increment(ref _conflicts);

    public void OutcomeUnknown() => Interlocked.Increment(ref _unknown);

    public void Failure() => Interlocked.Increment(ref _failures);

    public void AskedRemotely() => Interlocked.Increment(ref _remoteAsks);

    public void AskMoved() => Interlocked.Increment(ref _moved);

    public void FrameMalformed() => Interlocked.Increment(ref _malformed);

    public void FeedBroken() => Interlocked.Increment(ref _feedsBroken);

    public void EntityStarted() => Interlocked.Increment(ref _entities);

    public void EntityEnded() => Interlocked.Decrement(ref _entities);

    public void Subscribed(int change) => Interlocked.Add(ref _subscriptions, change);

    public void Dispose() => _meter.Dispose();

    private void Observe(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);
}

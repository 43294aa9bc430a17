namespace AkkaParty.Simulation.Faults;

/// <summary>What a run is made of: every fault that is injected, and every answer of the runtime to one. A run in which one of
/// them never occurred has not shown anything about it.</summary>
internal enum Seen
{
    NodeCrash,
    MachineCrash,
    NodeRestart,
    NodeDrain,
    NodePause,
    PauseBeyondLease,
    PartitionBothWays,
    PartitionOneWay,
    FrameDelayed,
    FrameDropped,
    FrameDoubled,
    FrameReordered,
    LinkFlap,
    LinkFull,
    StoreStall,
    StoreCrash,
    StoreCutOff,
    CommitRefused,
    CommitNotReached,
    CommitLostBefore,
    CommitAnswerLost,
    CommitLate,
    ReadBroken,
    ReadFailed,
    LeaseAnswerLost,
    LockSessionLost,
    ClockDrift,
    ClockJump,
    SlowThread,
    TurnInterrupted,
    QuietCrash,
    QuietHang,
    TimeHandedOn,

    Conflict,
    OutcomeUnknown,
    Replied,
    Rejected,
    Unavailable,
    UnknownAnswer,
    DuplicateAnswered,
    QueryAnswered,
    EntityRecovered,
    RecoveryFailed,
    SnapshotSaved,
    SnapshotUsed,
    EntityPassivated,
    DeadlineFired,
    SubscriberEnded,
    SubscriberExpelled,
    GapFilled,
    StateShown,
    RemoteAsk,
    RemoteSubscribe,
    Moved,
    ShardMoved,
    HandOffForced,
    LeaseLapsed,
    Evicted,
    DeclaredGone,
    DeclaredDead,

    WatchLateJoin,
    WatchHandedOver,
    WatchSeatGivenUp,
    WatchFilmEnded,
    WatchAllReady,
    WatchTimedOut,
    WatchBarrierPaused,
    WatchBarrierReplaced,
    WatchVotedOff,
    WatchSeekTooLate,
    WatchNotAllowed,
    WatchPutOut,
    WatchBanned,
    WatchKeptOut,
    WatchGuestLetIn,
    WatchTokenRevoked,
    WatchTicketUsed,
    WatchTicketRefused,
    WatchTooTalkative,
    WatchIsOver,
    WatchRestarted,
}

/// <summary>How often each thing was seen.</summary>
internal sealed class Coverage
{
    private readonly long[] _counts = new long[Enum.GetValues<Seen>().Length];

    public long this[Seen what] => _counts[(int)what];

    public void Add(Seen what) => _counts[(int)what]++;

    public void Add(Coverage other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>What was never seen.</summary>
    public IReadOnlyList<Seen> Missing() => [.. Enum.GetValues<Seen>().Where(what => _counts[(int)what] == 0)];
}

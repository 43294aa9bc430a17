namespace AkkaParty.Simulation.Faults;

/// <summary>The large things that go wrong.</summary>
internal enum FaultKind
{
    ProcessCrash,
    MachineCrash,
    Pause,
    LongPause,
    Drain,
    PartitionBothWays,
    PartitionOneWay,
    LinkFlap,
    StoreStall,
    StoreCrash,
    StoreCutOff,
    LockSessionLost,
    ClockJump,
}

internal static class FaultKinds
{
    /// <summary>Whether it means anything to a node that is alone with its store.</summary>
    public static bool IsForOneNode(this FaultKind kind) => kind is FaultKind.ProcessCrash or FaultKind.MachineCrash
        or FaultKind.Pause or FaultKind.Drain or FaultKind.StoreStall or FaultKind.StoreCrash or FaultKind.StoreCutOff;
}

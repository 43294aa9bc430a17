using AkkaParty.Runtime;

namespace AkkaParty.Simulation.Kernel;

/// <summary>Runs a process's turns on the simulation's thread.</summary>
internal sealed class SimDispatcher(SimProcess process) : IDispatcher
{
    public void Schedule(IThreadPoolWorkItem item) => process.Post(static item => ((IThreadPoolWorkItem)item!).Execute(), item);
}

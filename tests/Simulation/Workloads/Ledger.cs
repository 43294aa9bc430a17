using AkkaParty.Runtime.Entities;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Workloads;

/// <summary>What all clients together asked and were told.</summary>
internal sealed class Ledger(SimWorld world)
{
    private readonly Dictionary<EntityAddress, long> _heard = [];

    public List<CommandRecord> Commands { get; } = [];

    public int Open => Commands.Count(command => !command.IsSettled);

    /// <summary>The highest sequence number of an entity that any client has been told.</summary>
    public long Heard(EntityAddress address) => _heard.GetValueOrDefault(address);

    public void Settle(CommandRecord command, AskResult? result)
    {
        command.IsSettled = true;
        command.Result = result;
        if (result is { Seq: > 0 } answer && answer.Seq > Heard(command.Address))
        {
            _heard[command.Address] = answer.Seq;
        }

        world.Note(
            "told", command.Address.Id, result?.Seq ?? -1, (long)(result?.Outcome ?? (AskOutcome)(-1)), result?.Rejection?.Code ?? "");
    }
}

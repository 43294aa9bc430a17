using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.TestKit.Journal;

/// <summary>The journal as a list and nothing else.</summary>
internal sealed class JournalModel
{
    private readonly Dictionary<EntityAddress, AppendOperation> _wakeups = [];

    public List<(EntityAddress Address, JournalEntry Entry)> All { get; } = [];

    public IEnumerable<JournalEntry> Entries(EntityAddress address) => All.Where(r => r.Address == address).Select(r => r.Entry);

    public long Head(EntityAddress address) => Entries(address).Count();

    public AppendOutcome Commit(AppendOperation operation)
    {
        if (Head(operation.Address) != operation.ExpectedHead)
        {
            return AppendOutcome.Conflict;
        }

        All.AddRange(operation.Entries.Select(entry => (operation.Address, entry)));
        if (operation.Entries.Count > 0)
        {
            _wakeups[operation.Address] =
                new AppendOperation { Shard = operation.Shard, DueAt = operation.DueAt, KeepAlive = operation.KeepAlive };
        }

        return AppendOutcome.Appended;
    }

    public List<Wakeup> Wakeups(DateTimeOffset until) =>
    [
        .. _wakeups.Where(pair => pair.Value.KeepAlive || pair.Value.DueAt <= until)
            .Select(pair => new Wakeup(pair.Key, pair.Value.Shard, pair.Value.KeepAlive ? null : pair.Value.DueAt)),
    ];
}

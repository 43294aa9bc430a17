using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Tests.Support;

/// <summary>Lists what the test says; keeps what it was asked for.</summary>
internal sealed class FakeWatchParties : IWatchParties
{
    /// <summary>The parties of members.</summary>
    public List<WatchPartyOfMember> OfMembers { get; } = [];

    /// <summary>The public parties.</summary>
    public List<WatchPartyRow> Public { get; } = [];

    /// <summary>What every call throws; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often somebody waited for the read models.</summary>
    public int CatchUps { get; private set; }

    /// <summary>A party as the read model shows it.</summary>
    public static WatchPartyRow Row(string title, int participants = 1, DateTimeOffset? endedAt = null, string? hostId = null) => new(
        Guid.CreateVersion7().ToString("D"),
        hostId,
        "Ada",
        title,
        null,
        WatchVisibility.Public,
        false,
        "ABCDEF",
        100,
        participants,
        new DateTimeOffset(2026, 5, 1, 18, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 5, 1, 18, 30, 0, TimeSpan.Zero),
        endedAt,
        new MediaItem("0199a000-0000-7000-8000-000000000001", "Metropolis", DurationMs: 9_000_000));

    public ValueTask<IReadOnlyList<WatchPartyOfMember>> ListOfMemberAsync(string memberId, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<WatchPartyOfMember>>([.. OfMembers.Where(one => one.MemberId == memberId)]);

    public ValueTask<IReadOnlyList<WatchPartyRow>> ListPublicAsync(int limit, int offset, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<WatchPartyRow>>([.. Public.Skip(offset).Take(limit)]);

    public ValueTask<WatchPartyRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        Answer(Public.Concat(OfMembers.Select(one => one.Party)).FirstOrDefault(row => row.Id == id));

    public ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        CatchUps++;
        return ValueTask.CompletedTask;
    }

    private ValueTask<T> Answer<T>(T value) => Failure is null ? new(value) : ValueTask.FromException<T>(Failure);
}

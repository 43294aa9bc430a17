using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Tests.Support;

/// <summary>Lists what the test says; keeps what it was asked for.</summary>
internal sealed class FakeRoomsOfMembers : IRoomsOfMembers
{
    public List<string> Rooms { get; } = [];

    public List<(string UserId, string? Person)> Asked { get; } = [];

    public Exception? Failure { get; set; }

    public ValueTask<IReadOnlyList<string>> ListAsync(string userId, string? person, CancellationToken cancellationToken)
    {
        Asked.Add((userId, person));
        return Failure is null
            ? new ValueTask<IReadOnlyList<string>>(Rooms)
            : ValueTask.FromException<IReadOnlyList<string>>(Failure);
    }
}

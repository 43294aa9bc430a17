using System.Text.Json;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// Who is in which room. A member has a row by their user id and, once somebody has taken the seat, one by that person and the user
/// id; a hash of either is the row's sort number, so that the rooms of one are found without those of all others.
/// </summary>
public sealed class RoomsOfMembersProjection() : RoomProjection(
    typeof(RoomCreated),
    typeof(RoomDeleted),
    typeof(MemberJoined),
    typeof(SeatClaimed),
    typeof(MemberListed),
    typeof(MemberRemoved),
    typeof(SeatFreed))
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "rooms-of-members";

    /// <inheritdoc />
    public override string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of the rows.</remarks>
    public override int Version => 1;

    /// <summary>The sort number of the rows of a user id, or of one person's seats with it.</summary>
    /// <param name="userId">The user id.</param>
    /// <param name="person">The person; null for everybody's.</param>
    /// <returns>The number; by rare chance another's rows have it as well.</returns>
    internal static long SortOf(string userId, string? person) =>
        unchecked((long)StableHash.Of(person is null ? $"u|{userId}" : $"p|{person}|{userId}"));

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>The membership.</returns>
    internal static RoomOfMember FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, RoomRowsJsonContext.Rows.RoomOfMember)
        ?? throw new JournalDamagedException($"The row of the room's member {row.Key} is empty.");

    /// <inheritdoc />
    protected override ValueTask ApplyAsync(string id, RoomEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case RoomCreated e:
                for (var place = 0; place < e.Members.Count; place++)
                {
                    Enter(batch, id, e.Members[place].UserId, place == 0 ? e.Token.Person : null, e.At);
                }

                break;
            case MemberJoined e:
                Enter(batch, id, e.Seat.UserId, e.Token.Person, e.At);
                break;
            case MemberListed e:
                Enter(batch, id, e.Seat.UserId, null, e.At);
                break;
            case SeatClaimed e:
                Put(batch, id, e.Seat.UserId, e.Token.Person, e.At);
                break;
            case SeatFreed e:
                batch.Remove(KeyOf("p", id, e.Seat.UserId));
                break;
            case MemberRemoved e:
                Leave(batch, id, e.UserId);
                break;
            case RoomDeleted e:
                foreach (var userId in e.Members)
                {
                    Leave(batch, id, userId);
                }

                break;
        }

        return ValueTask.CompletedTask;
    }

    private static void Enter(ProjectionBatch batch, string roomId, string userId, string? person, DateTimeOffset at)
    {
        Put(batch, roomId, userId, null, at);
        if (person is not null)
        {
            Put(batch, roomId, userId, person, at);
        }
    }

    private static void Leave(ProjectionBatch batch, string roomId, string userId)
    {
        batch.Remove(KeyOf("u", roomId, userId));
        batch.Remove(KeyOf("p", roomId, userId));
    }

    private static void Put(ProjectionBatch batch, string roomId, string userId, string? person, DateTimeOffset at) =>
        batch.Put(new ProjectionRow(
            KeyOf(person is null ? "u" : "p", roomId, userId),
            SortOf(userId, person),
            JsonSerializer.SerializeToUtf8Bytes(new RoomOfMember(roomId, userId, person, at), RoomRowsJsonContext.Rows.RoomOfMember)));

    private static string KeyOf(string index, string roomId, string userId) => $"{index}|{roomId}|{userId}";
}

/// <summary>A row of <see cref="RoomsOfMembersProjection"/>.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">The member.</param>
/// <param name="Person">Who has the seat, in a row by person; null in a row by user id.</param>
/// <param name="At">When they were listed, or took the seat.</param>
internal sealed record RoomOfMember(string RoomId, string UserId, string? Person, DateTimeOffset At);

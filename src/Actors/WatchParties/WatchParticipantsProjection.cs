using System.Text.Json;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// The read model <c>watch_party_participants</c>: a row for each seat of each party, and for each account that was let in, until that
/// account is deleted. A hash of the member id is the row's sort number, so that the parties of one are found without those of all others.
/// </summary>
public sealed class WatchParticipantsProjection() : EntityProjection<WatchEvent>(
    WatchAddress.Kind,
    WatchCodec.Events,
    typeof(WatchPartyCreated),
    typeof(WatchPartyEnded),
    typeof(WatchPartyDeleted),
    typeof(ParticipantJoined),
    typeof(ParticipantLeft),
    typeof(ParticipantDisconnected),
    typeof(HostChanged),
    typeof(CoHostChanged),
    typeof(AccountForgotten),
    typeof(AccountInvited),
    typeof(AccessReviewed))
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "watch_party_participants";

    /// <inheritdoc />
    public override string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of the rows.</remarks>
    public override int Version => 1;

    /// <summary>The sort number of somebody's rows.</summary>
    /// <param name="memberId">Who.</param>
    /// <returns>The number; by rare chance another's rows have it as well.</returns>
    internal static long SortOf(string memberId) => unchecked((long)StableHash.Of(memberId));

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>The participant.</returns>
    internal static WatchParticipantRow FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, WatchRowsJsonContext.Rows.WatchParticipantRow)
        ?? throw new JournalDamagedException($"The row of the participant {row.Key} is empty.");

    /// <inheritdoc />
    protected override async ValueTask ApplyAsync(string id, WatchEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case WatchPartyCreated e:
                PutAll(batch, id, e);
                break;
            case WatchPartyDeleted e:
                foreach (var memberId in e.Members)
                {
                    batch.Remove(KeyOf(id, memberId));
                }

                break;
            case WatchPartyEnded e:
                foreach (var watched in e.Watched)
                {
                    await ChangeAsync(watched.MemberId, row => row with { WatchedMs = watched.WatchedMs });
                }

                break;
            case HostChanged e:
                if (e.FormerId is { } former)
                {
                    await ChangeAsync(former, row => row with { Role = WatchRole.CoHost });
                }

                await ChangeAsync(e.Host.MemberId, row => row with { Role = WatchRole.Host });
                break;
            case AccountForgotten e:
                batch.Remove(KeyOf(id, e.Who.MemberId));
                break;
            case AccountInvited e:
                await ChangeAsync(e.Person.MemberId, row => row);
                break;
            case AccessReviewed { Approved: true } e:
                await ChangeAsync(e.MemberId, row => row);
                break;
            default:
                await ChangeSeatAsync(@event);
                break;
        }

        ValueTask ChangeSeatAsync(WatchEvent seat) => seat switch
        {
            ParticipantJoined e => ChangeAsync(
                e.Person.MemberId, row => row with { Role = e.Role, JoinedAt = row.JoinedAt ?? e.At, LeftAt = null }),
            ParticipantLeft e => ChangeAsync(e.Who.MemberId, row => row with { LeftAt = e.At, WatchedMs = e.WatchedMs }),
            ParticipantDisconnected e => ChangeAsync(e.Who.MemberId, row => row with { WatchedMs = e.WatchedMs }),
            CoHostChanged e => ChangeAsync(e.Who.MemberId, row => row with { Role = e.Who.Role }),
            _ => ValueTask.CompletedTask,
        };

        async ValueTask ChangeAsync(string memberId, Func<WatchParticipantRow, WatchParticipantRow> change)
        {
            var found = await batch.FindAsync(KeyOf(id, memberId), cancellationToken);
            var before = found is { } row ? FromRow(row) : new WatchParticipantRow(id, memberId, WatchRole.Viewer, null, null, 0);
            Put(batch, change(before));
        }
    }

    private static void PutAll(ProjectionBatch batch, string id, WatchPartyCreated e)
    {
        Put(batch, new WatchParticipantRow(id, e.Host.MemberId, WatchRole.Host, e.At, null, 0));
        foreach (var seat in e.Seats)
        {
            Put(batch, new WatchParticipantRow(id, seat.Person.MemberId, WatchRole.Viewer, e.At, null, 0));
        }
    }

    private static string KeyOf(string partyId, string memberId) => $"{partyId}|{memberId}";

    private static void Put(ProjectionBatch batch, WatchParticipantRow row) => batch.Put(new ProjectionRow(
        KeyOf(row.PartyId, row.MemberId),
        SortOf(row.MemberId),
        JsonSerializer.SerializeToUtf8Bytes(row, WatchRowsJsonContext.Rows.WatchParticipantRow)));
}

/// <summary>A row of <see cref="WatchParticipantsProjection"/>.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Role">What they are, or were.</param>
/// <param name="JoinedAt">When they came first; null for somebody who was only let in.</param>
/// <param name="LeftAt">When they left; null while they have a seat.</param>
/// <param name="WatchedMs">How long they watched in connections that have ended, in milliseconds.</param>
internal sealed record WatchParticipantRow(
    string PartyId, string MemberId, WatchRole Role, DateTimeOffset? JoinedAt, DateTimeOffset? LeftAt, long WatchedMs);

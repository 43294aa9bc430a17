using System.Text.Json;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// The read model <c>watch_parties</c>: a row per party that was not deleted. Public ones that go on are sorted by the time of their
/// creation, so that they are listed without looking at the others.
/// </summary>
public sealed class WatchPartiesProjection() : EntityProjection<WatchEvent>(
    WatchAddress.Kind,
    WatchCodec.Events,
    typeof(WatchPartyCreated),
    typeof(WatchPartyUpdated),
    typeof(WatchPartyEnded),
    typeof(WatchPartyRestarted),
    typeof(WatchPartyDeleted),
    typeof(ParticipantJoined),
    typeof(ParticipantLeft),
    typeof(HostChanged),
    typeof(PlaybackMoved),
    typeof(MediaItemAdded))
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "watch_parties";

    /// <inheritdoc />
    public override string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of <see cref="WatchPartyRow"/> or of the order.</remarks>
    public override int Version => 2;

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>The party.</returns>
    internal static WatchPartyRow FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, WatchRowsJsonContext.Rows.WatchPartyRow)
        ?? throw new JournalDamagedException($"The row of the watch party {row.Key} is empty.");

    /// <inheritdoc />
    protected override async ValueTask ApplyAsync(
        string id, WatchEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case WatchPartyCreated e:
                Put(batch, Created(id, e));
                break;
            case WatchPartyDeleted:
                batch.Remove(id);
                break;
            default:
                if (await batch.FindAsync(id, cancellationToken) is { } row)
                {
                    var before = FromRow(row);
                    var after = Changed(before, @event);
                    if (after != before)
                    {
                        Put(batch, after);
                    }
                }

                break;
        }
    }

    private static WatchPartyRow Created(string id, WatchPartyCreated e) => new(
        id,
        e.Host.MemberId,
        e.Host.Name,
        e.Title,
        e.Description,
        e.Settings.Visibility,
        HasPassword: false,
        e.InviteCode,
        e.Settings.ParticipantsMax,
        1 + e.Seats.Count,
        e.At,
        e.Seats.Count > 0 ? e.At : null,
        EndedAt: null,
        e.Items.Count > 0 ? e.Items[0] : null);

    private static WatchPartyRow Changed(WatchPartyRow row, WatchEvent @event) => @event switch
    {
        WatchPartyUpdated e => row with
        {
            Title = e.Title,
            Description = e.Description,
            Visibility = e.Settings.Visibility,
            HasPassword = e.Password is not null,
            ParticipantsMax = e.Settings.ParticipantsMax,
        },
        WatchPartyEnded e => row with { EndedAt = e.At },
        WatchPartyRestarted e => row with { StartedAt = e.At, EndedAt = null },
        ParticipantJoined e => row with
        {
            ParticipantCount = e.Count,
            StartedAt = row.StartedAt ?? (e.Count > 1 ? e.At : null),
            HostId = e.Role == WatchRole.Host ? e.Person.MemberId : row.HostId,
            HostName = e.Role == WatchRole.Host ? e.Person.Name : row.HostName,
        },
        ParticipantLeft { Count: 0 } => row with { ParticipantCount = 0, HostId = null, HostName = null },
        ParticipantLeft e => row with { ParticipantCount = e.Count },
        PlaybackMoved { Playback.Playing: true } e => row with { StartedAt = row.StartedAt ?? e.Playback.At },
        HostChanged e => row with { HostId = e.Host.MemberId, HostName = e.Host.Name },
        MediaItemAdded e => row with { FirstItem = row.FirstItem ?? e.Item },
        _ => row,
    };

    private static void Put(ProjectionBatch batch, WatchPartyRow row)
    {
        var isListed = row is { Visibility: WatchVisibility.Public, EndedAt: null };
        batch.Put(new ProjectionRow(
            row.Id,
            isListed ? Math.Max(1, row.CreatedAt.ToUnixTimeMilliseconds()) : 0,
            JsonSerializer.SerializeToUtf8Bytes(row, WatchRowsJsonContext.Rows.WatchPartyRow)));
    }
}

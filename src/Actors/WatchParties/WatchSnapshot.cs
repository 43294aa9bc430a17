using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>A watch party's state as its snapshot holds it: plain lists, with nothing that can be made again from the rest.</summary>
internal sealed record WatchSnapshot(
    string Id,
    long Seq,
    string InviteCode,
    string Title,
    string? Description,
    WatchSettings Settings,
    WatchPassword? Password,
    int PasswordVersion,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    bool Deleted,
    string? PlaylistId,
    WatchOrigin? Origin,
    PlaybackSnapshot Play,
    string? HostId,
    DateTimeOffset? HostAwaySince,
    int LastNumber,
    IReadOnlyList<WatchMember> Members,
    IReadOnlyList<string> Admitted,
    IReadOnlyList<BanRow> Bans,
    IReadOnlyList<WatchRequest> AccessRequests,
    IReadOnlyList<WatchRequest> GuestRequests,
    int LastAccessRequest,
    int LastGuestRequest,
    IReadOnlyList<ChatMessage> Messages,
    int MessageCount,
    int ParticipantsTotal,
    int ConnectedPeak)
{
    internal static WatchSnapshot Of(WatchState state) => new(
        state.Id,
        state.Seq,
        state.InviteCode,
        state.Title,
        state.Description,
        state.Settings,
        state.Password,
        state.PasswordVersion,
        state.CreatedAt,
        state.StartedAt,
        state.EndedAt,
        state.Deleted,
        state.PlaylistId,
        state.Origin,
        PlaybackSnapshot.Of(state.Play),
        state.HostId,
        state.HostAwaySince,
        state.LastNumber,
        [.. state.Members.Values],
        state.Admitted,
        [.. state.Bans.Select(row => new BanRow(row.Key, row.Value))],
        [.. state.AccessRequests.ById.Values],
        [.. state.GuestRequests.ById.Values],
        state.AccessRequests.LastNumber,
        state.GuestRequests.LastNumber,
        state.Messages,
        state.MessageCount,
        state.ParticipantsTotal,
        state.ConnectedPeak);

    internal WatchState ToState()
    {
        var seated = Members.Where(member => member.IsSeated).ToList();
        var connected = seated.Where(member => member.Connected).ToList();
        return new WatchState
        {
            Id = Id,
            Seq = Seq,
            InviteCode = InviteCode,
            Title = Title,
            Description = Description,
            Settings = Settings,
            Password = Password,
            PasswordVersion = PasswordVersion,
            CreatedAt = CreatedAt,
            StartedAt = StartedAt,
            EndedAt = EndedAt,
            Deleted = Deleted,
            PlaylistId = PlaylistId,
            Origin = Origin,
            Play = Play.ToState(),
            HostId = HostId,
            HostAwaySince = HostAwaySince,
            Members = WatchState.NoMembers.AddRange(Members.Select(member => KeyValuePair.Create(member.Id, member))),
            Seated = Numbered(seated, member => member.Number),
            Gone = Numbered(Members.Where(member => !member.IsSeated), member => member.LeftNumber),
            LastNumber = LastNumber,
            Connected = WatchState.Nobody.Union(connected.Select(member => member.Id)),
            Reporters = WatchState.Nobody.Union(connected.Where(member => member.ReportsReady).Select(member => member.Id)),
            RoundTrips = CountRoundTrips(connected),
            Idle = EndedAt is not null
                ? IdleSeat.None
                : IdleSeat.None.Union(seated.Where(m => !m.Connected).Select(m => new IdleSeat(m.LastSeenAt, m.Id))),
            Names = seated.Aggregate(WatchState.NoNames, (names, member) => SeatEvolution.WithName(names, member.NameKey, 1)),
            TokenHolders = Texts(Members.SelectMany(m => m.Tokens.Select(token => KeyValuePair.Create(token.Hash, m.Id)))),
            TicketHolders = Texts(Members.SelectMany(m => m.Tickets.Select(ticket => KeyValuePair.Create(ticket.Hash, m.Id)))),
            OriginSeats = Texts(Members.Where(m => m.OriginMember is not null).Select(m => KeyValuePair.Create(m.OriginMember!, m.Id))),
            Admitted = WatchState.Nobody.Union(Admitted),
            Bans = WatchState.NoBans.AddRange(Bans.Select(row => KeyValuePair.Create(row.MemberId, row.Ban))),
            Marks = CollectMarks(),
            AccessRequests = RequestsOf(AccessRequests, LastAccessRequest),
            GuestRequests = RequestsOf(GuestRequests, LastGuestRequest),
            Messages = [.. Messages],
            MessageCount = MessageCount,
            ParticipantsTotal = ParticipantsTotal,
            ConnectedPeak = ConnectedPeak,
        };
    }

    private static ImmutableSortedDictionary<int, string> Numbered(IEnumerable<WatchMember> members, Func<WatchMember, int> number) =>
        ImmutableSortedDictionary.CreateRange(members.Select(member => KeyValuePair.Create(number(member), member.Id)));

    private static ImmutableSortedDictionary<string, string> Texts(IEnumerable<KeyValuePair<string, string>> rows) =>
        WatchState.NoTexts.AddRange(rows);

    private static ImmutableArray<int> CountRoundTrips(List<WatchMember> connected)
    {
        var counts = WatchState.NoRoundTrips.ToBuilder();
        foreach (var member in connected)
        {
            counts[(member.RoundTripMs / WatchMember.RoundTripStepMs) - 1]++;
        }

        return counts.ToImmutable();
    }

    private static WatchRequests RequestsOf(IReadOnlyList<WatchRequest> requests, int lastNumber) => new()
    {
        ById = WatchRequests.None.ById.AddRange(requests.Select(request => KeyValuePair.Create(request.Id, request))),
        Answered = ImmutableSortedDictionary.CreateRange(
            requests.Where(r => r.Status != AccessStatus.Pending).Select(r => KeyValuePair.Create(r.Number, r.Id))),
        LastNumber = lastNumber,
    };

    private ImmutableSortedDictionary<string, ImmutableArray<string>> CollectMarks()
    {
        var had = Members.SelectMany(member => member.PutOutWith.Select(mark => (Mark: mark, member.Id)))
            .Union(Bans.SelectMany(row => row.Ban.Marks.Select(mark => (Mark: mark, Id: row.MemberId))));
        return had.GroupBy(row => row.Mark, row => row.Id, StringComparer.Ordinal)
            .Aggregate(WatchState.NoMarks, (marks, group) => marks.Add(group.Key, [.. group]));
    }
}

/// <summary>A ban in a snapshot.</summary>
internal sealed record BanRow(string MemberId, WatchBan Ban);

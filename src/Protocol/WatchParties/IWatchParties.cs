namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// The read models <c>watch_parties</c> and <c>watch_party_participants</c>: what lists are made of, a moment behind the truth.
/// </summary>
public interface IWatchParties
{
    /// <summary>The parties somebody has a seat in, was invited to, or once had a seat in; newest first.</summary>
    /// <param name="memberId">The account.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>At most 1,000.</returns>
    ValueTask<IReadOnlyList<WatchPartyOfMember>> ListOfMemberAsync(string memberId, CancellationToken cancellationToken);

    /// <summary>Public parties that go on, newest first.</summary>
    /// <param name="limit">At most this many, 1 to 100.</param>
    /// <param name="offset">Without the first, 0 to 10,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The parties.</returns>
    ValueTask<IReadOnlyList<WatchPartyRow>> ListPublicAsync(int limit, int offset, CancellationToken cancellationToken);

    /// <summary>One party.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The party, or null.</returns>
    ValueTask<WatchPartyRow?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Waits until the read models show everything that was stored before the call, at most a second.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Ends when they do, or when the second is over.</returns>
    ValueTask CatchUpAsync(CancellationToken cancellationToken);
}

/// <summary>A row of <c>watch_parties</c>.</summary>
/// <param name="Id">The party.</param>
/// <param name="HostId">The host; null when nobody has a seat.</param>
/// <param name="HostName">Their name.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it; null for none.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="HasPassword">Whether a password is asked.</param>
/// <param name="InviteCode">The code.</param>
/// <param name="ParticipantsMax">At most this many participants.</param>
/// <param name="ParticipantCount">How many have a seat.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When it began, as <see cref="WatchPartyView.StartedAt"/> says; null before.</param>
/// <param name="EndedAt">When it ended; null while it goes on.</param>
/// <param name="FirstItem">What it began with, or plays; null for nothing.</param>
public sealed record WatchPartyRow(
    string Id,
    string? HostId,
    string? HostName,
    string Title,
    string? Description,
    WatchVisibility Visibility,
    bool HasPassword,
    string InviteCode,
    int ParticipantsMax,
    int ParticipantCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    MediaItem? FirstItem);

/// <summary>A row of <c>watch_party_participants</c>, with its party.</summary>
/// <param name="Party">The party.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Role">What they are, or were.</param>
/// <param name="JoinedAt">When they came first; null for somebody who was only invited.</param>
/// <param name="LeftAt">When they left; null while they have a seat.</param>
/// <param name="WatchedMs">For how long they watched in sessions that have ended, in milliseconds.</param>
public sealed record WatchPartyOfMember(
    WatchPartyRow Party, string MemberId, WatchRole Role, DateTimeOffset? JoinedAt, DateTimeOffset? LeftAt, long WatchedMs);

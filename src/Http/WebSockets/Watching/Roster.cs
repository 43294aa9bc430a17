using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>Somebody whom a roster sends lists to.</summary>
internal interface IRosterMember
{
    /// <summary>Who asks for the list.</summary>
    WatchActor Actor { get; }

    /// <summary>Sends the list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="shared">The frame that all members of the roster send; made by the first.</param>
    void Send(ParticipantList list, RosterFrame shared);
}

/// <summary>A list as a frame, made once.</summary>
internal sealed class RosterFrame
{
    /// <summary>The frame; empty until it is made.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>
/// Who is in a watch party, for those of this node's connections whose dialect shows the whole list: after comings and goings it is asked
/// for once for all of them, and not more often than four times a second.
/// </summary>
/// <param name="party">The party.</param>
/// <param name="time">The clock.</param>
internal sealed class Roster(EntityRef party, TimeProvider time)
{
    /// <summary>With more participants than this the list is not sent again after each change.</summary>
    public const int ListedMax = 200;

    private const int TriesMax = 3;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<IRosterMember> _members = [];
    private ITimer? _timer;
    private long _changedSeq;
    private bool _armed;

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _members.Count;
            }
        }
    }

    /// <summary>Adds a connection.</summary>
    /// <param name="member">The connection.</param>
    public void Add(IRosterMember member)
    {
        lock (_gate)
        {
            _members.Add(member);
        }
    }

    /// <summary>Removes a connection.</summary>
    /// <param name="member">The connection.</param>
    /// <returns>How many are left.</returns>
    public int Remove(IRosterMember member)
    {
        lock (_gate)
        {
            _members.Remove(member);
            if (_members.Count == 0)
            {
                _timer?.Dispose();
                _timer = null;
                _armed = false;
            }

            return _members.Count;
        }
    }

    /// <summary>Somebody came, went or changed; each connection says so of the same change.</summary>
    /// <param name="seq">The change's number.</param>
    public void NoteChange(long seq)
    {
        if (Volatile.Read(ref _changedSeq) >= seq)
        {
            return;
        }

        lock (_gate)
        {
            if (_changedSeq >= seq || _members.Count == 0)
            {
                return;
            }

            Volatile.Write(ref _changedSeq, seq);
            if (!_armed)
            {
                _armed = true;
                Arm();
            }
        }
    }

    private void Arm()
    {
        _timer ??= time.CreateTimer(
            static state => _ = ((Roster)state!).TellAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Every, Timeout.InfiniteTimeSpan);
    }

    private async Task TellAsync()
    {
        long seq;
        IRosterMember[] members;
        lock (_gate)
        {
            seq = _changedSeq;
            members = [.. _members];
        }

        var (list, retryable) = await AskAsync(members, seq);
        if (list is { Participants.Count: <= ListedMax })
        {
            var shared = new RosterFrame();
            foreach (var member in members)
            {
                member.Send(list, shared);
            }
        }

        lock (_gate)
        {
            // While the party is on its way to another node there is no list: whoever waits for it gets it a moment later.
            _armed = (_changedSeq > seq || retryable) && _members.Count > 0;
            if (_armed)
            {
                Arm();
            }
        }
    }

    // Whoever asks may just have been put out: then somebody else does.
    private async ValueTask<(ParticipantList? List, bool Retryable)> AskAsync(IRosterMember[] members, long seq)
    {
        for (var i = 0; i < Math.Min(TriesMax, members.Length); i++)
        {
            var result = await party.QueryAsync(new ListParticipants(members[i].Actor, time.GetUtcNow()), seq);
            if (result is { Outcome: AskOutcome.Replied, Reply: ParticipantList list })
            {
                return (list, false);
            }

            if (result.Outcome != AskOutcome.Rejected)
            {
                return (null, result.Retryable);
            }
        }

        return (null, false);
    }
}

/// <summary>The rosters of this node.</summary>
/// <param name="time">The clock.</param>
internal sealed class Rosters(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Roster> _rosters = new(StringComparer.Ordinal);

    /// <summary>Adds a connection to its party's roster.</summary>
    /// <param name="party">The party.</param>
    /// <param name="member">The connection.</param>
    /// <returns>The roster.</returns>
    public Roster Enter(EntityRef party, IRosterMember member)
    {
        lock (_gate)
        {
            if (!_rosters.TryGetValue(party.Id, out var roster))
            {
                _rosters.Add(party.Id, roster = new Roster(party, time));
            }

            roster.Add(member);
            return roster;
        }
    }

    /// <summary>Takes a connection out again.</summary>
    /// <param name="party">The party.</param>
    /// <param name="member">The connection.</param>
    public void Leave(EntityRef party, IRosterMember member)
    {
        lock (_gate)
        {
            if (_rosters.TryGetValue(party.Id, out var roster) && roster.Remove(member) == 0)
            {
                _rosters.Remove(party.Id);
            }
        }
    }
}

using AkkaParty.Actors.Tests.WatchParties;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Nodes;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Checkers;

/// <summary>
/// The laws of a watch party hold at every event; whoever hears the frames, all of them or from some point on, is where the party is; a
/// ticket opens one connection.
/// </summary>
internal sealed class WatchChecker(SimCluster cluster, EntityHistory<WatchState, WatchCommand, WatchEvent> history)
{
    private static readonly int[] LaterMs = [0, 200, 1_000, 2_500];
    private static readonly string[] Audiences = [WatchAddress.PartySocketAudience, WatchAddress.RoomSocketAudience];

    private DateTimeOffset _latest;

    public void Check(IEnumerable<CommandRecord> commands)
    {
        var asked = commands.ToList();
        var heard = Array.ConvertAll(Audiences, audience => (Audience: new Audience(audience), Playback: new HeardPlayback(audience)));
        var laws = new WatchLaws();
        for (var seq = 1; seq <= history.Head; seq++)
        {
            var (before, @event) = (history.StateAt(seq - 1), history.EventAt(seq));
            Count(@event);
            if (laws.Broken(before, @event) is { } broken)
            {
                Violate(seq, broken);
            }

            if (@event is PlaybackMoved moved && !WatchLaws.GoesOn(before, moved) && !IsWanted(moved, asked))
            {
                Violate(seq, $"{moved.Action} goes from {before.Play.Current} to {moved.Playback}");
            }

            if (!WatchLaws.HasItsHost(history.StateAt(seq)) && !PassesOn(seq))
            {
                Violate(seq, "it has not exactly one host");
            }

            _latest = @event.At > _latest ? @event.At : _latest;
            foreach (var (audience, playback) in heard)
            {
                if (history.EventFrame(seq, audience) is { } frame)
                {
                    playback.Hear(frame);
                    Compare(playback, seq, audience.Name);
                }
            }
        }

        CheckAnswers(asked);
    }

    /// <summary>Somebody who has heard everything there was to hear is where the party is.</summary>
    public void CheckWhereabouts(Follower follower, WatchPartyView? welcome)
    {
        var heard = new HeardPlayback(follower.Audience.Name);
        if (welcome is not null)
        {
            var durations = welcome.Items.ToDictionary(item => item.ItemId, item => item.DurationMs);
            heard.Begin(
                welcome.Before.Append(welcome.Playback),
                playback => playback.ItemId is { } item ? durations.GetValueOrDefault(item) : null);
        }

        follower.Frames.FindAll(frame => frame.Kind == FeedFrameKind.Event).ForEach(frame => heard.Hear(frame.Bytes));
        Compare(heard, history.Head, follower.Name);
    }

    private void Compare(HeardPlayback heard, long seq, string who)
    {
        var play = history.StateAt(seq).Play;
        foreach (var later in LaterMs)
        {
            var now = SimCluster.WholeMs(_latest.AddMilliseconds(later + 1));
            if (heard.At(now) is { } place && place != (play.At(now).ItemId, play.PositionAt(now)))
            {
                Violate(seq, $"{who} is at {place} at {now:O}, and the party at {play.At(now).ItemId} {play.PositionAt(now)}");
            }
        }
    }

    /// <summary>The role passes on in the same breath: before it only votes and barriers forget whoever has left.</summary>
    private bool PassesOn(long seq)
    {
        do
        {
            seq++;
        }
        while (seq < history.Head && history.EventAt(seq) is SkipVoteChanged or BarrierReached);
        return seq <= history.Head && history.EventAt(seq) is HostChanged;
    }

    private static bool IsWanted(PlaybackMoved moved, List<CommandRecord> asked) =>
        moved.Action is PlaybackAction.Seek or PlaybackAction.Skip or PlaybackAction.Ended
        || (moved.Action is PlaybackAction.Play or PlaybackAction.Pause && asked.Exists(command => command.Message switch
        {
            Play { PositionMs: { } wanted } => IsThere(moved, wanted),
            Pause { PositionMs: { } wanted } => IsThere(moved, wanted),
            _ => false,
        }));

    private static bool IsThere(PlaybackMoved moved, long wanted) =>
        moved.Playback.PositionMs == Math.Min(wanted, moved.Item?.DurationMs ?? wanted);

    private void CheckAnswers(List<CommandRecord> asked)
    {
        foreach (var seq in asked.Select(command => command.Result?.Seq ?? 0).Where(seq => seq > 0).Distinct())
        {
            try
            {
                WatchInvariants.CheckAll(history.StateAt(seq));
            }
            catch (InvariantViolatedException error)
            {
                Violate(seq, error.Message);
            }
        }

        var opened = asked.Where(command => command is { IsAcknowledged: true, Message: RedeemWatchTicket })
            .GroupBy(command => ((RedeemWatchTicket)command.Message).TicketHash);
        foreach (var ticket in opened.Where(ticket => ticket.DistinctBy(command => command.Id).Count() > 1))
        {
            Violate(history.Head, $"the ticket {ticket.Key} has opened several connections");
        }

        foreach (var command in asked)
        {
            Count(command);
        }
    }

    private void Count(WatchEvent @event)
    {
        Seen? seen = @event switch
        {
            HostChanged { Reason: HostChangeReason.Away } => Seen.WatchHandedOver,
            ParticipantLeft { Reason: LeaveReason.Stale } => Seen.WatchSeatGivenUp,
            ParticipantLeft { Reason: LeaveReason.Kicked } => Seen.WatchPutOut,
            ParticipantLeft { Reason: LeaveReason.Banned } or ParticipantBanned => Seen.WatchBanned,
            GuestTokenIssued { DroppedTokenHash: not null } => Seen.WatchTokenRevoked,
            GuestTokenIssued => Seen.WatchGuestLetIn,
            WatchTicketRedeemed => Seen.WatchTicketUsed,
            WatchPartyRestarted => Seen.WatchRestarted,
            PlaybackMoved { Action: PlaybackAction.Ended } => Seen.WatchFilmEnded,
            PlaybackMoved { Action: PlaybackAction.Skip, By: null } => Seen.WatchVotedOff,
            BarrierEnded { Reason: BarrierEnd.Ready } => Seen.WatchAllReady,
            BarrierEnded { Reason: BarrierEnd.TimedOut } => Seen.WatchTimedOut,
            BarrierEnded { Reason: BarrierEnd.Paused } => Seen.WatchBarrierPaused,
            BarrierEnded { Reason: BarrierEnd.Replaced } => Seen.WatchBarrierReplaced,
            _ => null,
        };
        Add(seen);
    }

    private void Count(CommandRecord command) => Add(command switch
    {
        { Result.Reply: MessageTooSoon } => Seen.WatchTooTalkative,
        { Result.Rejection.Code: WatchErrorCodes.WatchBanned or WatchErrorCodes.WatchKicked } => Seen.WatchKeptOut,
        { Result.Rejection.Code: WatchErrorCodes.SeekSuperseded } => Seen.WatchSeekTooLate,
        { Result.Rejection.Code: WatchErrorCodes.WatchTicketInvalid } => Seen.WatchTicketRefused,
        { Result.Rejection.Code: WatchErrorCodes.ControlNotAllowed } => Seen.WatchNotAllowed,
        { Result.Rejection.Code: WatchErrorCodes.WatchPartyEnded } => Seen.WatchIsOver,
        _ => null,
    });

    private void Add(Seen? seen)
    {
        if (seen is { } what)
        {
            cluster.Coverage.Add(what);
        }
    }

    private void Violate(long seq, string what) => cluster.World.Violate($"{history.Address} at {seq}: {what}");
}

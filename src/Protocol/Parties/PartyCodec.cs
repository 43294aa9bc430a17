namespace AkkaParty.Protocol.Parties;

/// <summary>
/// The names under which a party's messages are stored and sent. A name never changes its meaning: another shape gets the
/// next version, and the old one stays readable.
/// </summary>
public static class PartyCodec
{
    /// <summary>What the journal stores.</summary>
    public static JsonMessageTable<PartyEvent> Events { get; } = new JsonMessageTable<PartyEvent>()
        .With("party.created.v1", PartyJsonContext.Wire.PartyCreated)
        .With("party.participant-joined.v1", PartyJsonContext.Wire.ParticipantJoined)
        .With("party.participant-left.v1", PartyJsonContext.Wire.ParticipantLeft)
        .With("party.participant-removed.v1", PartyJsonContext.Wire.ParticipantRemoved)
        .With("party.host-changed.v1", PartyJsonContext.Wire.HostChanged)
        .With("party.participant-connected.v1", PartyJsonContext.Wire.ParticipantConnected)
        .With("party.participant-disconnected.v1", PartyJsonContext.Wire.ParticipantDisconnected)
        .With("party.participant-seen.v1", PartyJsonContext.Wire.ParticipantSeen)
        .With("party.participant-went-away.v1", PartyJsonContext.Wire.ParticipantWentAway)
        .With("party.token-issued.v1", PartyJsonContext.Wire.TokenIssued)
        .With("party.token-revoked.v1", PartyJsonContext.Wire.TokenRevoked)
        .With("party.nominations-started.v1", PartyJsonContext.Wire.NominationsStarted)
        .With("party.movie-nominated.v1", PartyJsonContext.Wire.MovieNominated)
        .With("party.nomination-voted.v1", PartyJsonContext.Wire.NominationVoted)
        .With("party.nomination-passed.v1", PartyJsonContext.Wire.NominationPassed)
        .With("party.nomination-failed.v1", PartyJsonContext.Wire.NominationFailed)
        .With("party.nomination-withdrawn.v1", PartyJsonContext.Wire.NominationWithdrawn)
        .With("party.pool-movie-withdrawn.v1", PartyJsonContext.Wire.PoolMovieWithdrawn)
        .With("party.nominations-finalized.v1", PartyJsonContext.Wire.NominationsFinalized)
        .With("party.ranking-deadline-set.v1", PartyJsonContext.Wire.RankingDeadlineSet)
        .With("party.ballot-submitted.v1", PartyJsonContext.Wire.BallotSubmitted)
        .With("party.finished.v1", PartyJsonContext.Wire.PartyFinished)
        .With("party.restarted.v1", PartyJsonContext.Wire.PartyRestarted)
        .With("party.watch-party-requested.v1", PartyJsonContext.Wire.WatchPartyRequested)
        .With("party.watch-party-opened.v1", PartyJsonContext.Wire.WatchPartyOpened)
        .With("party.watch-party-failed.v1", PartyJsonContext.Wire.WatchPartyFailed);

    /// <summary>Commands, queries and signals, for the way between nodes.</summary>
    public static JsonMessageTable<object> Messages { get; } = new JsonMessageTable<object>()
        .With("party.ask.create-party.v1", PartyJsonContext.Wire.CreateParty)
        .With("party.ask.join-party.v1", PartyJsonContext.Wire.JoinParty)
        .With("party.ask.leave-party.v1", PartyJsonContext.Wire.LeaveParty)
        .With("party.ask.remove-participant.v1", PartyJsonContext.Wire.RemoveParticipant)
        .With("party.ask.transfer-host.v1", PartyJsonContext.Wire.TransferHost)
        .With("party.ask.start-nomination.v1", PartyJsonContext.Wire.StartNomination)
        .With("party.ask.suggest-movie.v1", PartyJsonContext.Wire.SuggestMovie)
        .With("party.ask.vote-nomination.v1", PartyJsonContext.Wire.VoteNomination)
        .With("party.ask.close-nomination.v1", PartyJsonContext.Wire.CloseNomination)
        .With("party.ask.withdraw-nomination.v1", PartyJsonContext.Wire.WithdrawNomination)
        .With("party.ask.finalize-nominations.v1", PartyJsonContext.Wire.FinalizeNominations)
        .With("party.ask.submit-ranking.v1", PartyJsonContext.Wire.SubmitRanking)
        .With("party.ask.close-ranking.v1", PartyJsonContext.Wire.CloseRanking)
        .With("party.ask.set-ranking-deadline.v1", PartyJsonContext.Wire.SetRankingDeadline)
        .With("party.ask.restart-party.v1", PartyJsonContext.Wire.RestartParty)
        .With("party.ask.open-watch-party.v1", PartyJsonContext.Wire.OpenWatchParty)
        .With("party.ask.finish-opening.v1", PartyJsonContext.Wire.FinishOpening)
        .With("party.ask.issue-token.v1", PartyJsonContext.Wire.IssueToken)
        .With("party.ask.revoke-token.v1", PartyJsonContext.Wire.RevokeToken)
        .With("party.ask.set-presence.v1", PartyJsonContext.Wire.SetPresence)
        .With("party.ask.seen-participant.v1", PartyJsonContext.Wire.SeenParticipant)
        .With("party.ask.pass-deadline.v1", PartyJsonContext.Wire.PassDeadline)
        .With("party.ask.get-party.v1", PartyJsonContext.Wire.GetParty)
        .With("party.ask.authenticate-caller.v1", PartyJsonContext.Wire.AuthenticateCaller)
        .With("party.ask.get-own-ballot.v1", PartyJsonContext.Wire.GetOwnBallot)
        .With("party.ask.reaction.v1", PartyJsonContext.Wire.PartyReaction);

    /// <summary>Replies: sent between nodes, and stored with a command's events so that a repeated command gets the same one.</summary>
    public static JsonMessageTable<object> Replies { get; } = new JsonMessageTable<object>()
        .With("party.reply.done.v1", PartyJsonContext.Wire.PartyDone)
        .With("party.reply.opened.v1", PartyJsonContext.Wire.PartyOpened)
        .With("party.reply.entered.v1", PartyJsonContext.Wire.PartyEntered)
        .With("party.reply.advanced.v1", PartyJsonContext.Wire.PartyAdvanced)
        .With("party.reply.member.v1", PartyJsonContext.Wire.PartyMember)
        .With("party.reply.own-ballot.v1", PartyJsonContext.Wire.OwnBallot)
        .With("party.reply.view.v1", PartyJsonContext.Wire.PartyView);
}

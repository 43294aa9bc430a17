namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// The names under which a room's messages are stored and sent. A name never changes its meaning: another shape gets the next version,
/// and the old one stays readable.
/// </summary>
public static class RoomCodec
{
    /// <summary>What the journal stores.</summary>
    public static JsonMessageTable<RoomEvent> Events { get; } = new JsonMessageTable<RoomEvent>()
        .With("room.created.v1", RoomJsonContext.Journal.RoomCreated)
        .With("room.updated.v1", RoomJsonContext.Journal.RoomUpdated)
        .With("room.deleted.v1", RoomJsonContext.Journal.RoomDeleted)
        .With("room.member-joined.v1", RoomJsonContext.Journal.MemberJoined)
        .With("room.seat-claimed.v1", RoomJsonContext.Journal.SeatClaimed)
        .With("room.member-listed.v1", RoomJsonContext.Journal.MemberListed)
        .With("room.member-updated.v1", RoomJsonContext.Journal.MemberUpdated)
        .With("room.member-removed.v1", RoomJsonContext.Journal.MemberRemoved)
        .With("room.seat-freed.v1", RoomJsonContext.Journal.SeatFreed)
        .With("room.admin-granted.v1", RoomJsonContext.Journal.AdminGranted)
        .With("room.token-issued.v1", RoomJsonContext.Journal.RoomTokenIssued)
        .With("room.token-revoked.v1", RoomJsonContext.Journal.RoomTokenRevoked)
        .With("room.member-connected.v1", RoomJsonContext.Journal.MemberConnected)
        .With("room.member-disconnected.v1", RoomJsonContext.Journal.MemberDisconnected)
        .With("room.item-added.v1", RoomJsonContext.Journal.ItemAdded)
        .With("room.item-updated.v1", RoomJsonContext.Journal.ItemUpdated)
        .With("room.item-removed.v1", RoomJsonContext.Journal.ItemRemoved)
        .With("room.watch-party-requested.v1", RoomJsonContext.Journal.RoomWatchPartyRequested)
        .With("room.watch-party-opened.v1", RoomJsonContext.Journal.RoomWatchPartyOpened)
        .With("room.watch-party-failed.v1", RoomJsonContext.Journal.RoomWatchPartyFailed)
        .With("room.item-watched.v1", RoomJsonContext.Journal.ItemWatched)
        .With("room.entry-added.v1", RoomJsonContext.Journal.EntryAdded)
        .With("room.entry-rated.v1", RoomJsonContext.Journal.EntryRated)
        .With("room.enrichment-requested.v1", RoomJsonContext.Journal.EnrichmentRequested)
        .With("room.item-enriched.v1", RoomJsonContext.Journal.ItemEnriched)
        .With("room.vote-cast.v1", RoomJsonContext.Journal.VoteCast)
        .With("room.vote-removed.v1", RoomJsonContext.Journal.VoteRemoved)
        .With("room.item-reacted.v1", RoomJsonContext.Journal.ItemReacted)
        .With("room.selection-made.v1", RoomJsonContext.Journal.SelectionMade)
        .With("room.voting-round-started.v1", RoomJsonContext.Journal.VotingRoundStarted)
        .With("room.voting-done.v1", RoomJsonContext.Journal.VotingDone)
        .With("room.voting-round-ended.v1", RoomJsonContext.Journal.VotingRoundEnded);

    /// <summary>Commands and queries, for the way between nodes.</summary>
    public static JsonMessageTable<object> Messages { get; } = new JsonMessageTable<object>()
        .With("room.ask.create-room.v1", RoomJsonContext.Journal.CreateRoom)
        .With("room.ask.join-room.v1", RoomJsonContext.Journal.JoinRoom)
        .With("room.ask.add-member.v1", RoomJsonContext.Journal.AddMember)
        .With("room.ask.update-member.v1", RoomJsonContext.Journal.UpdateMember)
        .With("room.ask.remove-member.v1", RoomJsonContext.Journal.RemoveMember)
        .With("room.ask.leave-room.v1", RoomJsonContext.Journal.LeaveRoom)
        .With("room.ask.grant-admin.v1", RoomJsonContext.Journal.GrantAdmin)
        .With("room.ask.free-seat.v1", RoomJsonContext.Journal.FreeSeat)
        .With("room.ask.update-room.v1", RoomJsonContext.Journal.UpdateRoom)
        .With("room.ask.delete-room.v1", RoomJsonContext.Journal.DeleteRoom)
        .With("room.ask.issue-room-token.v1", RoomJsonContext.Journal.IssueRoomToken)
        .With("room.ask.revoke-room-token.v1", RoomJsonContext.Journal.RevokeRoomToken)
        .With("room.ask.set-room-presence.v1", RoomJsonContext.Journal.SetRoomPresence)
        .With("room.ask.pass-room-deadline.v1", RoomJsonContext.Journal.PassRoomDeadline)
        .With("room.ask.add-item.v1", RoomJsonContext.Journal.AddItem)
        .With("room.ask.update-item.v1", RoomJsonContext.Journal.UpdateItem)
        .With("room.ask.remove-item.v1", RoomJsonContext.Journal.RemoveItem)
        .With("room.ask.request-enrichment.v1", RoomJsonContext.Journal.RequestEnrichment)
        .With("room.ask.finish-enrichment.v1", RoomJsonContext.Journal.FinishEnrichment)
        .With("room.ask.select-item.v1", RoomJsonContext.Journal.SelectItem)
        .With("room.ask.pick-item.v1", RoomJsonContext.Journal.PickItem)
        .With("room.ask.finish-opening.v1", RoomJsonContext.Journal.FinishRoomOpening)
        .With("room.ask.mark-watched.v1", RoomJsonContext.Journal.MarkWatched)
        .With("room.ask.rate-entry.v1", RoomJsonContext.Journal.RateEntry)
        .With("room.ask.cast-vote.v1", RoomJsonContext.Journal.CastVote)
        .With("room.ask.remove-vote.v1", RoomJsonContext.Journal.RemoveVote)
        .With("room.ask.react-to-item.v1", RoomJsonContext.Journal.ReactToItem)
        .With("room.ask.start-voting-round.v1", RoomJsonContext.Journal.StartVotingRound)
        .With("room.ask.close-voting-round.v1", RoomJsonContext.Journal.CloseVotingRound)
        .With("room.ask.finish-voting.v1", RoomJsonContext.Journal.FinishVoting)
        .With("room.ask.get-room.v1", RoomJsonContext.Journal.GetRoom)
        .With("room.ask.authenticate-room-caller.v1", RoomJsonContext.Journal.AuthenticateRoomCaller)
        .With("room.ask.get-presence.v1", RoomJsonContext.Journal.GetPresence)
        .With("room.ask.list-items.v1", RoomJsonContext.Journal.ListItems)
        .With("room.ask.get-item.v1", RoomJsonContext.Journal.GetItem)
        .With("room.ask.list-votes.v1", RoomJsonContext.Journal.ListVotes)
        .With("room.ask.list-votes-of.v1", RoomJsonContext.Journal.ListVotesOf)
        .With("room.ask.list-reactions.v1", RoomJsonContext.Journal.ListReactions)
        .With("room.ask.list-history.v1", RoomJsonContext.Journal.ListHistory)
        .With("room.ask.get-room-stats.v1", RoomJsonContext.Journal.GetRoomStats)
        .With("room.ask.list-selections.v1", RoomJsonContext.Journal.ListSelections)
        .With("room.ask.get-voting-rounds.v1", RoomJsonContext.Journal.GetVotingRounds);

    /// <summary>Replies: sent between nodes, and stored with a command's events so that a repeated command gets the same one.</summary>
    public static JsonMessageTable<object> Replies { get; } = new JsonMessageTable<object>()
        .With("room.reply.done.v1", RoomJsonContext.Journal.RoomDone)
        .With("room.reply.changed.v1", RoomJsonContext.Journal.RoomChanged)
        .With("room.reply.entered.v1", RoomJsonContext.Journal.RoomEntered)
        .With("room.reply.item-changed.v1", RoomJsonContext.Journal.ItemChanged)
        .With("room.reply.vote-changed.v1", RoomJsonContext.Journal.VoteChanged)
        .With("room.reply.reaction-changed.v1", RoomJsonContext.Journal.ReactionChanged)
        .With("room.reply.entry-changed.v1", RoomJsonContext.Journal.EntryChanged)
        .With("room.reply.item-selected.v1", RoomJsonContext.Journal.ItemSelected)
        .With("room.reply.voting-changed.v1", RoomJsonContext.Journal.VotingChanged)
        .With("room.reply.view.v1", RoomJsonContext.Journal.RoomView)
        .With("room.reply.member.v1", RoomJsonContext.Journal.RoomMember)
        .With("room.reply.present-members.v1", RoomJsonContext.Journal.PresentMembers)
        .With("room.reply.item-view.v1", RoomJsonContext.Journal.ItemView)
        .With("room.reply.item-list.v1", RoomJsonContext.Journal.ItemList)
        .With("room.reply.vote-list.v1", RoomJsonContext.Journal.VoteList)
        .With("room.reply.reaction-list.v1", RoomJsonContext.Journal.ReactionList)
        .With("room.reply.history-list.v1", RoomJsonContext.Journal.HistoryList)
        .With("room.reply.stats.v1", RoomJsonContext.Journal.RoomStats)
        .With("room.reply.selection-list.v1", RoomJsonContext.Journal.SelectionList)
        .With("room.reply.voting-rounds.v1", RoomJsonContext.Journal.VotingRounds);

    /// <summary>What the journal stores of a room's code.</summary>
    public static JsonMessageTable<RoomCodeEvent> CodeEvents { get; } = new JsonMessageTable<RoomCodeEvent>()
        .With("room-code.claimed.v1", RoomJsonContext.Journal.RoomCodeClaimed);

    /// <summary>Commands and queries of a room's code.</summary>
    public static JsonMessageTable<object> CodeMessages { get; } = new JsonMessageTable<object>()
        .With("room-code.ask.claim.v1", RoomJsonContext.Journal.ClaimRoomCode)
        .With("room-code.ask.find.v1", RoomJsonContext.Journal.FindRoomByCode);

    /// <summary>Replies of a room's code.</summary>
    public static JsonMessageTable<object> CodeReplies { get; } = new JsonMessageTable<object>()
        .With("room-code.reply.owner.v1", RoomJsonContext.Journal.RoomCodeOwner);
}

using System.Diagnostics;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Rooms;

/// <summary>What a room answers to questions.</summary>
internal static class RoomAnswers
{
    /// <summary>Answers a query.</summary>
    /// <param name="state">The room.</param>
    /// <param name="query">The query.</param>
    /// <returns>The answer, or why there is none.</returns>
    internal static Decision<RoomEvent> Answer(RoomState state, object query)
    {
        if (!state.Exists)
        {
            return Reject(RoomErrorCodes.RoomNotFound);
        }

        return query switch
        {
            GetRoom => Say(RoomViews.Of(state)),
            AuthenticateRoomCaller q => Or(RoomAccess.FindHolder(state, q.TokenHash, q.At), RoomErrorCodes.InvalidToken),
            RoomMemberQuery q when !RoomAccess.TryRecognise(state, q.Actor, q.At, out _) => Reject(RoomErrorCodes.InvalidToken),
            RoomMemberQuery q => AnswerMember(state, q),
            _ => throw new UnreachableException($"A room does not answer {query.GetType().Name}."),
        };
    }

    private static Decision<RoomEvent> AnswerMember(RoomState state, RoomMemberQuery query) => query switch
    {
        GetPresence => Say(new PresentMembers(state.Present, state.Seq)),
        ListItems q => Listed(RoomInput.ValidatePage(q.Limit, RoomLimits.ItemsMax, q.Skip), () => Items(state, q)),
        GetItem q => Or(state.FindItem(q.ItemId)?.Facts.ToView(), RoomErrorCodes.ItemNotFound),
        ListVotes q => Or(state.FindItem(q.ItemId) is { } item ? VotesOn(item) : null, RoomErrorCodes.ItemNotFound),
        ListVotesOf q => Say(VotesOf(state, q.UserId)),
        ListReactions => Say(Reactions(state)),
        ListHistory q => Listed(RoomInput.ValidatePage(q.Limit, RoomLimits.HistoryMax, q.Skip), () => History(state, q)),
        GetRoomStats => Say(Stats(state)),
        ListSelections q => Listed(RoomInput.ValidatePage(q.Limit, RoomLimits.SelectionsMax), () => Selections(state, q)),
        GetVotingRounds => Say(RoomViews.Rounds(state)),
        _ => throw new UnreachableException($"A room does not answer {query.GetType().Name}."),
    };

    private static ItemList Items(RoomState state, ListItems q)
    {
        var items = q.Status switch
        {
            null => state.Active.Concat(state.Watched),
            ItemStatus.Watched => state.Watched,
            ItemStatus.Removed => state.Removed,
            _ => state.Active.Where(row => row.Value.Facts.Status == q.Status),
        };
        var regions = EnrichmentDecider.Regions(state);
        return new ItemList(
            [
                .. items
                    .OrderByDescending(row => row.Value.Facts.Score)
                    .ThenBy(row => row.Key)
                    .Select(row => row.Value.Facts)
                    .Where(facts => q.Provider is not { } provider || IsShownBy(facts.Details, provider))
                    .Where(facts => !q.AvailableNow || IsShownIn(facts.Details, regions))
                    .Skip(q.Skip)
                    .Take(q.Limit)
                    .Select(facts => facts.ToView()),
            ],
            state.Seq);
    }

    private static bool IsShownBy(ItemDetails details, string provider) =>
        (details.StreamingOn ?? []).Contains(provider, StringComparer.OrdinalIgnoreCase)
        || (details.ProviderLinks ?? []).Any(link => string.Equals(link.ProviderName, provider, StringComparison.OrdinalIgnoreCase))
        || (details.ProvidersByRegion ?? ItemDetails.NoProviders).Any(
            row => row.Value.Contains(provider, StringComparer.OrdinalIgnoreCase));

    private static bool IsShownIn(ItemDetails details, IReadOnlyList<string> regions) =>
        details.PlayNowUrl is not null
        || (details.ProviderLinks ?? []).Any(link => regions.Contains(link.Region, StringComparer.OrdinalIgnoreCase))
        || (details.ProvidersByRegion ?? ItemDetails.NoProviders).Any(
            row => row.Value.Count > 0 && regions.Contains(row.Key, StringComparer.OrdinalIgnoreCase));

    private static VoteList VotesOn(RoomItem item) => new(
        [
            .. item.Votes
                .OrderBy(row => row.Value.FirstSeq)
                .Select(row => RoomViews.Vote(item.Facts.Id, row.Key, row.Value.IsUp, row.Value.VotedAt)),
        ]);

    private static VoteList VotesOf(RoomState state, string userId)
    {
        var votes = new List<VoteView>();
        foreach (var (_, item) in state.Active.Concat(state.Watched))
        {
            if (item.Votes.TryGetValue(userId, out var vote))
            {
                votes.Add(RoomViews.Vote(item.Facts.Id, userId, vote.IsUp, vote.VotedAt));
            }
        }

        return new VoteList(votes);
    }

    private static ReactionList Reactions(RoomState state) => new(
        [
            .. from row in state.Active.Concat(state.Watched)
               from reactions in row.Value.Reactions
               from reaction in RoomReactions.Of(reactions.Value)
               select new ReactionView(row.Value.Facts.Id, reactions.Key, reaction, Active: true),
        ]);

    private static HistoryList History(RoomState state, ListHistory q) =>
        new([.. state.History.Reverse().Skip(q.Skip).Take(q.Limit).Select(row => row.Value.View)]);

    private static RoomStats Stats(RoomState state) => new(
        state.WatchedCount,
        state.Figures.Sum(row => row.Value.RatingCount),
        state.Figures.Sum(row => row.Value.RatingHalfStars),
        [
            .. state.Figures.Select(row => new RoomUserStats(
                row.Key, row.Value.ItemsAdded, row.Value.ItemsPicked, row.Value.RatingCount, row.Value.RatingHalfStars)),
        ]);

    private static SelectionList Selections(RoomState state, ListSelections q) =>
        new([.. state.Selections.Reverse().Take(q.Limit).Select(made => RoomViews.Of(state, made))]);

    private static Decision<RoomEvent> Listed(InputError? error, Func<object> list) =>
        error is null ? Say(list()) : Decision<RoomEvent>.Reject(error.Code, error.Message, error.Field);

    private static Decision<RoomEvent> Or(object? answer, string code) => answer is null ? Reject(code) : Say(answer);

    private static Decision<RoomEvent> Say(object answer) => Decision<RoomEvent>.Answer(answer);

    private static Decision<RoomEvent> Reject(string code) => Decision<RoomEvent>.Reject(code, RoomErrors.TextOf(code));
}

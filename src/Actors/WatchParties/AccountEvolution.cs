using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What becomes of somebody whose account was deleted.</summary>
internal static class AccountEvolution
{
    /// <summary>Whether anything is known of an account besides that it was deleted.</summary>
    /// <param name="state">The state.</param>
    /// <param name="memberId">The account.</param>
    /// <returns>True when there is something to forget.</returns>
    internal static bool Knows(WatchState state, string memberId) =>
        state.Find(memberId) is { Person.Name: not WatchPerson.DeletedName }
        || state.Admitted.Contains(memberId)
        || state.AccessRequests.Find(memberId) is not null
        || (state.Bans.TryGetValue(memberId, out var ban) && ban.Name != WatchPerson.DeletedName)
        || state.Messages.Exists(message => message.MemberId == memberId && message.Name != WatchPerson.DeletedName);

    /// <summary>Forgets the name, the picture and what let them in. A ban stays: it also follows other names of the same browser.</summary>
    internal static WatchState Forgotten(WatchState state, AccountForgotten e)
    {
        var id = e.Who.MemberId;
        var members = state.Find(id) is { } member
            ? state.Members.SetItem(id, member with { Person = new WatchPerson(id, e.Who.Name), Mark = null })
            : state.Members;
        return state with
        {
            Members = members,
            Admitted = state.Admitted.Remove(id),
            AccessRequests = state.AccessRequests.Without(id),
            Bans = state.Bans.TryGetValue(id, out var ban) ? state.Bans.SetItem(id, ban with { Name = e.Who.Name }) : state.Bans,
            Messages = state.Messages.ConvertAll(message => message.MemberId == id ? message with { Name = e.Who.Name } : message),
        };
    }
}

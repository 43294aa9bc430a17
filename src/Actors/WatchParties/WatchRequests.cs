using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Requests to be let in, of one kind.</summary>
internal sealed record WatchRequests
{
    /// <summary>No requests.</summary>
    internal static WatchRequests None { get; } = new();

    /// <summary>The requests by id.</summary>
    public ImmutableSortedDictionary<string, WatchRequest> ById { get; init; } =
        ImmutableSortedDictionary.Create<string, WatchRequest>(StringComparer.Ordinal);

    /// <summary>The ids of the answered ones, by their number: the oldest first.</summary>
    public ImmutableSortedDictionary<int, string> Answered { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The number of the last request.</summary>
    public int LastNumber { get; init; }

    /// <summary>How many nobody has answered.</summary>
    public int OpenCount => ById.Count - Answered.Count;

    /// <summary>The answered one that is forgotten for the next request; null while none has to be.</summary>
    public string? NextForgotten => Answered.Count < WatchLimits.AnsweredRequestsMax ? null : Answered.First().Value;

    /// <summary>Finds a request.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The request, or null.</returns>
    public WatchRequest? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>Takes a new request in, in the place of an older one with its id.</summary>
    /// <param name="request">The request; its number is set here.</param>
    /// <returns>The requests with it.</returns>
    public WatchRequests With(WatchRequest request)
    {
        var others = Without(request.Id);
        var numbered = request with { Number = LastNumber + 1 };
        return others with
        {
            ById = others.ById.Add(request.Id, numbered),
            Answered = request.Status == AccessStatus.Pending ? others.Answered : others.Answered.Add(numbered.Number, request.Id),
            LastNumber = numbered.Number,
        };
    }

    /// <summary>Notes an answer.</summary>
    /// <param name="answered">The request with its answer.</param>
    /// <returns>The requests with it.</returns>
    public WatchRequests WithAnswer(WatchRequest answered) => this with
    {
        ById = ById.SetItem(answered.Id, answered),
        Answered = Answered.SetItem(answered.Number, answered.Id),
    };

    /// <summary>Forgets a request.</summary>
    /// <param name="id">Its id; null, or one that is not there, for none.</param>
    /// <returns>The requests without it.</returns>
    public WatchRequests Without(string? id) => id is not null && ById.TryGetValue(id, out var request)
        ? this with { ById = ById.Remove(id), Answered = Answered.Remove(request.Number) }
        : this;
}

/// <summary>A request to be let in.</summary>
/// <param name="Id">The public id of a guest's request; an account's member id.</param>
/// <param name="Person">Who asks.</param>
/// <param name="Message">What they say; null for nothing.</param>
/// <param name="Status">How it stands.</param>
/// <param name="RequestedAt">When they asked.</param>
internal sealed record WatchRequest(
    string Id, WatchPerson Person, string? Message, AccessStatus Status, DateTimeOffset RequestedAt)
{
    /// <summary>Its number among the requests of its kind.</summary>
    public int Number { get; init; }

    /// <summary>When it was answered; null before.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Who answered it; null before, and when it was granted by itself.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>What the host said; null for nothing.</summary>
    public string? Answer { get; init; }

    /// <summary>The hash of what only the guest knows; null for an account's.</summary>
    public string? SecretHash { get; init; }

    /// <summary>The hash of the browser session or older guest token they showed; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>It as others see it.</summary>
    /// <returns>The view.</returns>
    public AccessRequestView ToView() =>
        new(Id, Person.MemberId, Person.Name, Message, Status, RequestedAt, ReviewedAt, ReviewedBy, Answer);
}

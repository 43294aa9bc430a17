using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>An item as an event leaves it: all there is of it but who voted and who reacted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedAt">When it was added.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Typed">What somebody said about it.</param>
/// <param name="Found">What the last look-up found. It shows where nobody has said anything, so a later look-up replaces it whole.</param>
/// <param name="Upvotes">Its up votes.</param>
/// <param name="Downvotes">Its down votes.</param>
/// <param name="Enrichment">Where the look-up of its data stands.</param>
/// <param name="EnrichmentError">Why the look-up failed; null when it did not.</param>
/// <param name="EnrichmentRequest">Which look-up was the last to be asked for; each item counts them from 1.</param>
public sealed record ItemFacts(
    string Id,
    string Title,
    string AddedBy,
    DateTimeOffset AddedAt,
    ItemStatus Status,
    ItemDetails Typed,
    ItemDetails Found,
    int Upvotes,
    int Downvotes,
    EnrichmentStatus Enrichment,
    string? EnrichmentError,
    long EnrichmentRequest)
{
    /// <summary>Up votes less down votes.</summary>
    [JsonIgnore]
    public int Score => Upvotes - Downvotes;

    /// <summary>Its TMDB id; null when it is not known.</summary>
    [JsonIgnore]
    public long? TmdbId => Typed.TmdbId ?? Found.TmdbId;

    /// <summary>What was typed, and where that says nothing, what was found.</summary>
    [JsonIgnore]
    public ItemDetails Details => Typed.Over(Found);

    /// <summary>The item as clients see it.</summary>
    /// <returns>The view.</returns>
    public ItemView ToView()
    {
        var details = Details;
        return new ItemView
        {
            Id = Id,
            RoomId = RoomIds.RoomOf(Id),
            Title = Title,
            TmdbId = details.TmdbId,
            PosterUrl = details.PosterUrl,
            Year = details.Year,
            RuntimeMinutes = details.RuntimeMinutes,
            Genres = details.Genres ?? [],
            StreamingOn = details.StreamingOn ?? [],
            AddedBy = AddedBy,
            AddedAt = AddedAt,
            Status = Status,
            VoteScore = Score,
            Upvotes = Upvotes,
            Downvotes = Downvotes,
            Overview = details.Overview,
            VoteAverage = details.VoteAverage,
            PlayNowUrl = details.PlayNowUrl,
            ProviderLinks = details.ProviderLinks ?? [],
            ProvidersByRegion = details.ProvidersByRegion ?? ItemDetails.NoProviders,
            Enrichment = Enrichment,
            EnrichmentError = EnrichmentError,
        };
    }
}

/// <summary>A place in a selection's draw.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="VoteScore">Its score at that time.</param>
/// <param name="Weight">Its weight; 1 in modes without a draw.</param>
public sealed record DrawnCandidate(string ItemId, int VoteScore, long Weight);

using System.Globalization;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>What a body says is to be watched.</summary>
/// <param name="films">The catalogue.</param>
internal sealed class MediaInputs(FilmLookup films)
{
    private const int TitleMax = 300;
    private const int UrlMax = 2_000;
    private const int IdMax = 100;

    /// <summary>Reads an item; what is wrong with it is noted.</summary>
    /// <param name="fields">Where it stands.</param>
    /// <returns>The item without an id; its title is empty when the catalogue shall say.</returns>
    public static MediaItem Read(InputFields fields)
    {
        var tmdb = fields.Integer("tmdb_id", 1, int.MaxValue);
        var title = fields.Text("title", TitleMax, isRequired: tmdb is null);
        return new MediaItem(
            string.Empty,
            title ?? string.Empty,
            fields.Address("url", UrlMax),
            MediaId(fields, "media_id"),
            (int?)tmdb,
            fields.Address("poster_url", UrlMax),
            DurationMs(fields));
    }

    /// <summary>Reads the items of a new party.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The items without ids; none when the list was left out.</returns>
    public static IReadOnlyList<MediaItem> ReadList(WatchInputs inputs) =>
        inputs.Body.Objects("items", WatchLimits.ItemsMax) is { } items ? [.. items.Select(Read)] : [];

    /// <summary>
    /// The film a room is opened for: a media item, or as <c>movie_id</c> the id of an uploaded film or its number in the catalogue.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="title">What an uploaded film is called here.</param>
    /// <returns>The item without an id; null when none is named or it is wrong.</returns>
    public static MediaItem? ReadMovie(WatchInputs inputs, string title)
    {
        // What is wrong with the one is said although the other is what counts.
        var movie = Movie(inputs.Body, title);
        return inputs.Body.Object("media") is { } media ? Read(media) : movie;
    }

    /// <summary>How long an item plays.</summary>
    /// <param name="fields">Where it stands.</param>
    /// <returns>Milliseconds from <c>duration_ms</c> or <c>duration</c> (seconds); null when nobody says.</returns>
    public static long? DurationMs(InputFields fields) =>
        fields.Integer("duration_ms", 1, WatchInputLimits.PositionMsMax)
        ?? (fields.Number("duration", 0, WatchInputLimits.PositionMsMax / 1000) is { } seconds and > 0
            ? Math.Max(1, (long)Math.Round(seconds * 1000))
            : null);

    /// <summary>Gives an item its id and, where it has none, the title that the catalogue knows.</summary>
    /// <param name="item">The item.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item, or the error.</returns>
    public async ValueTask<(MediaItem? Item, ApiError? Error)> CompleteAsync(MediaItem item, Guid id, CancellationToken cancellationToken)
    {
        item = item with { ItemId = id.ToString("D") };
        if (item.Title.Length > 0 || item.TmdbId is not { } number)
        {
            return (item, null);
        }

        var (film, error) = await films.FindAsync(number.ToString(CultureInfo.InvariantCulture), "tmdb_id", cancellationToken);
        return film is null
            ? (null, error)
            : (item with
            {
                Title = film.Film.Title.Length > TitleMax ? film.Film.Title[..TitleMax] : film.Film.Title,
                PosterUrl = item.PosterUrl ?? (film.Film.PosterPath.Length == 0 ? null : film.Film.PosterPath),
                DurationMs = item.DurationMs ?? film.RuntimeMinutes * 60_000L,
            }, null);
    }

    private static MediaItem? Movie(InputFields body, string title)
    {
        const string Name = "movie_id";
        if (body.IsNumber(Name))
        {
            return body.Integer(Name, 1, int.MaxValue) is { } number
                ? new MediaItem(string.Empty, string.Empty, TmdbId: (int)number)
                : null;
        }

        return MediaId(body, Name, "must be the UUID of an uploaded film or a film's number in the catalogue") is { } id
            ? new MediaItem(string.Empty, title, MediaId: id)
            : null;
    }

    private static string? MediaId(InputFields fields, string name, string rule = "must be a UUID")
    {
        if (fields.Text(name, IdMax) is not { } text)
        {
            return null;
        }

        return Guid.TryParseExact(text, "D", out var id)
            ? id.ToString("D")
            : fields.Fault<string>("uuid_parsing", name, $"{name} {rule}");
    }
}

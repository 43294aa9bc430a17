using System.Text.Json;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>Reads the films that come with the program.</summary>
internal static class BuiltInFilms
{
    private const string ResourceName = "AkkaParty.Catalog.BuiltIn.films.json";

    /// <summary>Reads them all, in the order of the file.</summary>
    public static IReadOnlyList<BuiltInFilm> Load()
    {
        using var stream = typeof(BuiltInFilms).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The program has been built without its film list ({ResourceName}).");
        return JsonSerializer.Deserialize(stream, BuiltInJson.Default.IReadOnlyListBuiltInFilm)
            ?? throw new InvalidDataException($"The film list ({ResourceName}) is empty.");
    }
}

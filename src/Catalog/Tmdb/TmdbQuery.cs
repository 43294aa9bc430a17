namespace AkkaParty.Catalog.Tmdb;

/// <summary>What is sent to TMDB's searches.</summary>
internal static class TmdbQuery
{
    /// <summary>The form that all queries share which TMDB answers alike: lower case, and single spaces between words.</summary>
    public static string Normal(string query)
        => string.Join(' ', query.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether anything could match.</summary>
    public static bool HasWords(string normal) => normal.Any(char.IsLetterOrDigit) || normal.Any(char.IsSurrogate);
}

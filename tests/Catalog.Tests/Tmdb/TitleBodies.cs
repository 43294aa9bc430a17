using System.Text.Json.Nodes;

namespace AkkaParty.Catalog.Tests.Tmdb;

/// <summary>Bodies of films and series that bring their offers along, put together as TMDB does when asked to append them.</summary>
internal static class TitleBodies
{
    public static string FightClub => WithOffers(JsonNode.Parse(StubTmdb.Fixture("movie_details"))!, "movie_watch_providers");

    public static string BreakingBad => WithOffers(
        JsonNode.Parse("""
            {
              "id": 1396, "name": "Breaking Bad", "original_name": "Breaking Bad", "first_air_date": "2008-01-20",
              "episode_run_time": [45, 47],
              "genres": [{"id": 18, "name": "Drama"}, {"id": 80, "name": "Crime"}], "poster_path": "/ggFHVNu6YYI5L9pCfOacjizRGt.jpg",
              "overview": "A chemistry teacher turns to crime.", "vote_average": 8.879, "vote_count": 11536
            }
            """)!,
        "watch_provider_result");

    public static string Nothing => """{"page":1,"results":[],"total_pages":1,"total_results":0}""";

    private static string WithOffers(JsonNode body, string fixture)
    {
        var offers = JsonNode.Parse(StubTmdb.Fixture(fixture))!.AsObject();
        offers.Remove("id");
        body["watch/providers"] = offers;
        return body.ToJsonString();
    }
}

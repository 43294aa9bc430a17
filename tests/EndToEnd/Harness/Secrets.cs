using System.Text.Json;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>Looks for what nobody may ever be told: other people's tokens and ballots.</summary>
internal static class Secrets
{
    /// <summary>Checks everything everybody was ever told.</summary>
    /// <param name="people">The participants.</param>
    /// <param name="strangers">Texts that are secret to all of them, such as earlier tokens.</param>
    public static void ShouldBeKept(IReadOnlyList<PartyClient> people, params string[] strangers)
    {
        foreach (var person in people)
        {
            string[] tokens = [.. people.Where(p => p != person).Select(p => p.Token), .. strangers];
            foreach (var text in person.Heard)
            {
                foreach (var token in tokens)
                {
                    text.ShouldNotContain(token, Case.Insensitive, $"{person.Name} was told a token of somebody else");
                }

                if (text.Length > 0)
                {
                    Look(JsonDocument.Parse(text).RootElement, text, isBallotAnswer: IsBallotAnswer(text));
                }
            }
        }
    }

    // The answer about one's own ballot has exactly these two members; nothing else may show ranks.
    private static bool IsBallotAnswer(string text) =>
        JsonDocument.Parse(text).RootElement is { ValueKind: JsonValueKind.Object } root
        && root.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(["ranks", "seq"]);

    private static void Look(JsonElement element, string text, bool isBallotAnswer)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Look(item, text, isBallotAnswer);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals("submissions") && property.Value.ValueKind == JsonValueKind.Object)
            {
                property.Value.EnumerateObject().ShouldAllBe(s => s.Value.GetArrayLength() == 0, $"a ballot is shown in {text}");
            }

            if (!isBallotAnswer)
            {
                property.Name.ShouldNotBeOneOf("ranks", "ranking", "ballot", "ballots", "token_hash");
            }

            // Lists of film ids occur in one place only: the films that were tied in a round.
            if (property.Value.ValueKind == JsonValueKind.Array && !isBallotAnswer && !property.NameEquals("tied"))
            {
                property.Value.EnumerateArray()
                    .ShouldNotContain(item => item.ValueKind == JsonValueKind.String, $"{property.Name} in {text}");
            }

            Look(property.Value, text, isBallotAnswer);
        }
    }
}

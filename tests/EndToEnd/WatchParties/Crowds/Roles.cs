using System.Net;
using AkkaParty.EndToEnd.Accounts;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>The host, who makes people co-hosts and viewers again over REST all the while.</summary>
internal sealed class Roles(AccountClient host, string partyId, IReadOnlyList<string> people)
{
    private readonly HashSet<string> _coHosts = new(StringComparer.Ordinal);

    /// <summary>How often a role was changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Who is a co-host, as it was acknowledged.</summary>
    public IReadOnlySet<string> CoHosts => _coHosts;

    /// <summary>Changes roles, one after the other.</summary>
    /// <param name="count">How many.</param>
    public async Task WorkAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var userId = people[i % people.Count];
            var path = $"/api/v1/watch-parties/{partyId}/co-hosts";
            var answer = _coHosts.Add(userId)
                ? await host.DoAsync("POST", path, new { user_id = userId })
                : await host.DoAsync("DELETE", $"{path}/{userId}");
            answer.Expect(HttpStatusCode.OK);
            if (answer.Call.StartsWith("DELETE", StringComparison.Ordinal))
            {
                _coHosts.Remove(userId);
            }

            Changes++;
        }
    }
}

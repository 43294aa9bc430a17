using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest.Accounts;
using AkkaParty.Protocol.Accounts;

namespace AkkaParty.Http.Tests.Rest.Accounts;

/// <summary>What docs/protocol.md shows of accounts is what the server writes, and what accounts refuse has a row in the table.</summary>
public sealed partial class AccountDocsTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Bodies = new(StringComparer.Ordinal)
    {
        ["register"] = AccountHttpJson.Wire.RegisteredBody,
        ["login"] = AccountHttpJson.Wire.LoggedInBody,
        ["sessions"] = AccountHttpJson.Wire.SessionsBody,
        ["friends"] = AccountHttpJson.Wire.FriendsBody,
        ["playlist"] = AccountHttpJson.Wire.PlaylistBody,
    };

    [Fact]
    public void Every_example_of_accounts_is_what_the_server_writes()
    {
        var seen = new List<string>();
        foreach (Match example in Example().Matches(File.ReadAllText(PagePath())))
        {
            var (label, json) = (example.Groups["label"].Value, example.Groups["json"].Value);
            var node = JsonNode.Parse(json)!;
            var written = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(node, Bodies[label]), Bodies[label])!;
            written.ToJsonString().ShouldBe(node.ToJsonString(), label);
            seen.Add(label);
        }

        seen.ShouldBe(Bodies.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Everything_that_accounts_refuse_has_a_row_with_a_status()
    {
        var codes = typeof(AccountFaultCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        codes.ShouldNotBeEmpty();
        codes.ShouldBeSubsetOf(AccountErrors.All.Select(error => error.Code));
        var wait = TimeSpan.FromSeconds(8);
        AccountError.From(new AccountFault(AccountFaultCodes.TooManyAttempts, "Wait.", null, wait))
            .ShouldBe(new ApiError(429, "too_many_attempts", "too many failed attempts, try again later", null, wait, "Wait."));
    }

    private static string PagePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "protocol.md");
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AkkaParty.sln.");
    }

    [GeneratedRegex(
        "^```json account (?<label>[a-z]+)\n(?<json>.*?)^```",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}

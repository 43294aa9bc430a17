using System.CommandLine;
using AkkaParty.Node.Admin;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>The options that every operators' verb takes: whom to ask, and how to show the answer.</summary>
internal sealed class OperatorOptions
{
    private readonly Option<string?> _admin = new("--admin")
    {
        Description = "The operators' endpoint of a node. Default: http:// and AkkaParty:Admin:Listen",
        HelpName = "URL",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The operators' token. Default: AkkaParty:Admin:Token, or the file admin.token in the data directory",
        HelpName = "T",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data directory that holds admin.token. Default: ./data",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Answer in JSON" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_admin, _token, _data, _json])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether the answer is for a machine.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Finds whom to ask and what to show there.</summary>
    /// <exception cref="AdminCallException">There is nobody, or no token.</exception>
    public async Task<AdminClient> ConnectAsync(ParseResult parsed, Invocation invocation)
    {
        var admin = parsed.GetValue(_admin);
        var token = parsed.GetValue(_token);
        if (admin is null || token is null)
        {
            if (parsed.GetValue(_data) is { } data)
            {
                invocation.Settings.Add(("AkkaParty:DataDirectory", data, "command line --data"));
            }

            if (await invocation.LoadAsync() is not { } settings)
            {
                throw new AdminCallException(AkkaPartyCommand.Misuse, "The configuration has problems; --admin and --token do without it.");
            }

            admin ??= AddressIn(settings.Options);
            token ??= AdminToken.Find(settings.Options) ?? throw new AdminCallException(
                AkkaPartyCommand.Misuse,
                $"There is no token: {AdminToken.PathIn(settings.Options.DataDirectory)} cannot be read. "
                + "Say --token, or --data with the node's data directory.");
        }

        return Uri.TryCreate(admin.Contains("://", StringComparison.Ordinal) ? admin : "http://" + admin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
                ? new AdminClient(uri, token)
                : throw new AdminCallException(
                    AkkaPartyCommand.Misuse, $"--admin {admin}: must be an address such as http://127.0.0.1:9110.");
    }

    private static string AddressIn(NodeOptions options) => HostAndPort.TryParse(options.Admin.Listen, out var address)
        ? $"http://{(address.IsWildcard ? address with { Host = "127.0.0.1" } : address)}"
        : throw new AdminCallException(
            AkkaPartyCommand.Misuse, "The operators' endpoint is switched off here; say --admin with another node's.");
}

using System.CommandLine;
using System.Globalization;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli;

/// <summary>The program without a verb: serve.</summary>
internal static class ServeVerb
{
    /// <summary>The options that choose where to listen and store, shared with the verbs that check the same.</summary>
    public static RootCommand Create(Invocation invocation, Func<NodeSettings, TextWriter, TextWriter, Task<int>> serve)
    {
        var options = new ServeOptions();
        var root = new RootCommand("AkkaParty: friends decide together what to watch. Without a command the server starts.");
        options.AddTo(root);
        root.SetAction(async (parsed, _) =>
        {
            options.Apply(parsed, invocation.Settings);
            return await invocation.LoadAsync() is { } settings
                ? await serve(settings, invocation.Output, invocation.Error)
                : AkkaPartyCommand.Misuse;
        });
        return root;
    }
}

/// <summary>Short names of the settings people change most.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: http://127.0.0.1:8080",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _port = new("--port") { Description = "Port to listen on at http://127.0.0.1" };
    private readonly Option<bool> _lan = new("--lan")
    {
        Description = "Listen on all network interfaces; print the address to share and its QR code",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder in which everything is stored. Default: ./data",
        HelpName = "DIR",
    };

    // Test hosts of ASP.NET Core start every program with these.
    private readonly Option<string?>[] _ofTestHosts =
    [
        new("--environment") { Hidden = true },
        new("--contentRoot") { Hidden = true },
        new("--applicationName") { Hidden = true },
    ];

    /// <summary>Adds the options to a command and its verbs.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_urls, _port, _lan, _data, .. _ofTestHosts])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Turns what was said into settings.</summary>
    public void Apply(ParseResult parsed, List<(string Key, string Value, string Origin)> settings)
    {
        // A port on the command line wins over addresses from lower sources, so it becomes an address itself.
        if (parsed.GetValue(_urls) is { Length: > 0 } urls)
        {
            settings.Add(("AkkaParty:Urls", string.Join(',', urls).Replace(';', ','), "command line --urls"));
        }
        else if (parsed.GetValue(_port) is { } port)
        {
            settings.Add(("AkkaParty:Port", port.ToString(CultureInfo.InvariantCulture), "command line --port"));
            settings.Add(("AkkaParty:Urls", "", "command line --port"));
        }

        if (parsed.GetValue(_lan))
        {
            settings.Add(("AkkaParty:Lan", "true", "command line --lan"));
        }

        if (parsed.GetValue(_data) is { } data)
        {
            settings.Add(("AkkaParty:DataDirectory", data, "command line --data"));
        }
    }
}

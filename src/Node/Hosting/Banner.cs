using System.Net;
using System.Text;
using AkkaParty.Node.Configuration;
using QRCoder;

namespace AkkaParty.Node.Hosting;

/// <summary>What the server says when it is ready.</summary>
internal static class Banner
{
    private const string WhiteOnBlack = "\e[97;40m";
    private const string Reset = "\e[0m";

    /// <summary>The lines to print.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="bound">The addresses that are bound.</param>
    /// <param name="lanAddresses">This machine's addresses, the most sensible first; used on a LAN only.</param>
    /// <param name="isTerminal">Whether the text is shown by a terminal, light or dark: the QR code then sets its colours.</param>
    public static string Text(
        NodeOptions options, IReadOnlyCollection<string> bound, IReadOnlyList<IPAddress> lanAddresses, bool isTerminal)
    {
        var hasTmdb = options.Tmdb.ApiKey.Length > 0 || options.Tmdb.AccessToken.Length > 0;
        var local = bound.Select(ListenAddresses.ForThisMachine).ToList();
        var text = new StringBuilder();
        text.Append("AkkaParty is ready: ").AppendJoin(", ", local).Append('\n');
        text.Append("Data is stored in ").Append(options.StoreShown()).Append('\n');
        text.Append(hasTmdb
            ? "Films come from TMDB.\n"
            : "Films come from the built-in catalogue of public-domain films (set TMDB_API_KEY to use TMDB).\n");
        text.Append("Documentation: ").Append(local[0]).Append("/docs\n");
        if (options.Lan)
        {
            AppendLan(text, bound, lanAddresses, isTerminal);
        }

        return text.ToString();
    }

    private static void AppendLan(
        StringBuilder text, IReadOnlyCollection<string> bound, IReadOnlyList<IPAddress> lanAddresses, bool isTerminal)
    {
        var shared = lanAddresses
            .SelectMany(address => bound.Select(url => ListenAddresses.ForTheNetwork(url, address.ToString())))
            .OfType<string>()
            .Distinct()
            .ToList();
        if (shared.Count == 0)
        {
            text.Append("No network address was found to share: is this machine connected to a network?\n");
            return;
        }

        text.Append("\nShare with friends on the same network: ").Append(shared[0]).Append('\n');
        if (shared.Count > 1)
        {
            text.Append("If that does not work for them: ").AppendJoin(", ", shared.Skip(1)).Append('\n');
        }

        text.Append('\n').Append(QrCode(shared[0], isTerminal)).Append('\n');
    }

    /// <summary>A QR code in half-block characters, with its quiet zone.</summary>
    internal static string QrCode(string content, bool isTerminal)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var text = new StringBuilder();
        for (var row = 0; row < modules.Count; row += 2)
        {
            text.Append(isTerminal ? WhiteOnBlack : "");
            for (var column = 0; column < modules.Count; column++)
            {
                // Filled blocks are the light modules: most terminals are dark, and scanners want dark on light.
                var isUpperLight = !modules[row][column];
                var isLowerLight = row + 1 >= modules.Count || !modules[row + 1][column];
                text.Append((isUpperLight, isLowerLight) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }

            text.Append(isTerminal ? Reset : "").Append('\n');
        }

        return text.ToString();
    }
}

using System.Net;
using System.Text;
using AkkaParty.Node.Configuration;
using QRCoder;

namespace AkkaParty.Node.Hosting;

/// <summary>What the server says when it is ready.</summary>
internal static class Banner
{
    /// <summary>The lines to print.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="bound">The addresses that are bound.</param>
    /// <param name="lanAddresses">This machine's addresses, the most sensible first; used on a LAN only.</param>
    /// <param name="hasTmdb">Whether films come from TMDB.</param>
    public static string Text(NodeOptions options, IReadOnlyCollection<string> bound, IReadOnlyList<IPAddress> lanAddresses, bool hasTmdb)
    {
        var local = bound.Select(ListenAddresses.ForThisMachine).ToList();
        var text = new StringBuilder();
        text.Append("AkkaParty is ready: ").AppendJoin(", ", local).Append('\n');
        text.Append("Data is stored in ").Append(Path.GetFullPath(options.DataDirectory)).Append('\n');
        text.Append(hasTmdb
            ? "Films come from TMDB.\n"
            : "Films come from the built-in catalogue of public-domain films (set TMDB_API_KEY to use TMDB).\n");
        text.Append("Documentation: ").Append(local[0]).Append("/docs\n");
        if (options.Lan)
        {
            AppendLan(text, bound, lanAddresses);
        }

        return text.ToString();
    }

    private static void AppendLan(StringBuilder text, IReadOnlyCollection<string> bound, IReadOnlyList<IPAddress> lanAddresses)
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

        text.Append('\n').Append(QrCode(shared[0])).Append('\n');
    }

    /// <summary>A QR code in half-block characters, with its quiet zone, dark on light wherever the terminal draws light on dark.</summary>
    internal static string QrCode(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var text = new StringBuilder();
        for (var row = 0; row < modules.Count; row += 2)
        {
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

            text.Append('\n');
        }

        return text.ToString();
    }
}

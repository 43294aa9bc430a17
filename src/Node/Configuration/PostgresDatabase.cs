using System.Data.Common;
using System.Globalization;

namespace AkkaParty.Node.Configuration;

/// <summary>Where a PostgreSQL database is: understood as an address or as a list of keys, handed on as the latter.</summary>
/// <param name="ConnectionString">Keys and values, as the driver takes them.</param>
/// <param name="Shown">Host and database, for people; nothing of it is secret.</param>
internal sealed record PostgresDatabase(string ConnectionString, string Shown)
{
    private static readonly string[] HostKeys = ["Host", "Server"];
    private static readonly string[] DatabaseKeys = ["Database", "DB"];

    /// <summary>Reads either form.</summary>
    public static bool TryParse(string text, out PostgresDatabase parsed)
    {
        parsed = null!;
        try
        {
            var keys = text.Contains("://", StringComparison.Ordinal)
                ? FromAddress(new Uri(text))
                : new DbConnectionStringBuilder { ConnectionString = text };
            if (keys is null || First(keys, HostKeys) is not { } host)
            {
                return false;
            }

            parsed = new PostgresDatabase(keys.ConnectionString, $"{host}/{First(keys, DatabaseKeys)}");
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static DbConnectionStringBuilder? FromAddress(Uri address)
    {
        if (address.Scheme is not ("postgres" or "postgresql") || address.Host.Length == 0 || address.AbsolutePath.Length < 2)
        {
            return null;
        }

        var keys = new DbConnectionStringBuilder
        {
            ["Host"] = address.IdnHost,
            ["Port"] = (address.Port > 0 ? address.Port : 5432).ToString(CultureInfo.InvariantCulture),
            ["Database"] = Uri.UnescapeDataString(address.AbsolutePath[1..]),
        };
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            keys["Username"] = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            keys["Password"] = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            keys[Key(parts[0])] = parts[0] == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return keys;
    }

    /// <summary>The names that libpq gives to what the driver calls otherwise.</summary>
    private static string Key(string name) => name switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        _ => Uri.UnescapeDataString(name),
    };

    private static string? First(DbConnectionStringBuilder keys, string[] names) => names
        .Select(name => keys.TryGetValue(name, out var value) ? value as string : null)
        .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}

using System.Globalization;
using System.Reflection;

namespace AkkaParty.Accounts.Storing;

/// <summary>The numbered scripts that make the schema, one series for each kind of database.</summary>
internal static class Scripts
{
    /// <summary>The number this program knows the schema by: the last script's, the same in both series.</summary>
    public const int Version = 2;

    /// <summary>One script.</summary>
    /// <param name="series"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="number">From 1 to <see cref="Version"/>.</param>
    /// <returns>Its text.</returns>
    public static string Read(string series, int number)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = series + number.ToString("'/'000'_'", CultureInfo.InvariantCulture);
        var name = assembly.GetManifestResourceNames().Single(n => n.StartsWith(prefix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>What is wrong with a database of a later program.</summary>
    /// <param name="where">The database, for people.</param>
    /// <param name="version">Its schema's number.</param>
    /// <returns>The exception.</returns>
    public static AccountsStartException Newer(string where, long version) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The accounts in {where} were written by a newer AkkaParty (schema {version}, this one knows {Version}); "
        + $"start that version or a newer one."));
}
